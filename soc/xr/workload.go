package xr

import (
	"fmt"
	"math"
)

// Frame is one inference that is asked for.
type Frame struct {
	Stream, Number        int
	ArrivalMS, DeadlineMS float64
	Launched              bool // false: its trigger did not fire; it is never asked for and counts nowhere
}

// Workload is a scenario spelled out: every frame of a run. It does not change and may be shared.
type Workload struct {
	Scenario Scenario
	Profile  Profile
	RunMS    float64
	Frames   []Frame // stream after stream, each in the order of its numbers

	streams  []stream
	periodMS float64 // the shortest
}

// stream is what the scheduler reads of a Stream.
type stream struct {
	after      int // -1 = none
	first, end int // its frames
	periodMS   float64
	accuracy   float64
}

// Draw gives two numbers in [0, 1) for a frame: it is launched when the first is below the launch probability of its stream; the second places its arrival within
// the jitter. The same frame must always get the same numbers.
type Draw func(stream, number int) (launch, jitter float64)

// Timing is when a run's frames arrive.
type Timing struct {
	RunMS    float64 // 0 means 700, XRBench's
	JitterMS float64 // span of the arrivals around their times; the XRBench profile has none
}

// Limits of a workload.
const (
	MaxRunMS  = 1e6
	MaxFrames = 1 << 20
)

// NewWorkload spells out a scenario. draw may be nil when no stream has a launch probability below 1 and there is no jitter.
func NewWorkload(sc Scenario, p Profile, timing Timing, draw Draw) (*Workload, error) {
	if err := sc.Check(); err != nil {
		return nil, err
	}
	if timing.RunMS == 0 {
		timing.RunMS = DefaultRunMS
	}
	if err := timing.check(sc, p, draw != nil); err != nil {
		return nil, err
	}
	w := &Workload{Scenario: sc, Profile: p, RunMS: timing.RunMS, periodMS: math.Inf(1)}
	for i, s := range sc.Streams {
		period := 1000 / float64(s.FPS)
		count := math.Ceil(timing.RunMS / period)
		if p == XRBench {
			period = math.Floor(period)
			count = math.Floor(timing.RunMS / period)
		}
		if len(w.Frames)+int(count) > MaxFrames {
			return nil, fmt.Errorf("xr: scenario %q: more than %d frames in %g ms", sc.Name, MaxFrames, timing.RunMS)
		}
		w.periodMS = min(w.periodMS, period)
		of := stream{after: sc.index(s.After), first: len(w.Frames), periodMS: period, accuracy: 1}
		if s.After == "" {
			of.after = -1
		}
		if s.AccuracyFrac > 0 {
			of.accuracy = s.AccuracyFrac
		}
		for number := range int(count) {
			w.Frames = append(w.Frames, frame(s, i, number, period, timing.JitterMS, draw))
		}
		of.end = len(w.Frames)
		w.streams = append(w.streams, of)
	}
	if p == Repaired {
		w.propagate()
	}
	return w, nil
}

// propagate takes back the frames that follow one that is not launched: nothing triggers them. A chain is as long as there are streams.
func (w *Workload) propagate() {
	for range w.streams {
		for _, s := range w.streams {
			if s.after < 0 {
				continue
			}
			for i := range s.end - s.first {
				f := &w.Frames[s.first+i]
				f.Launched = f.Launched && w.Frames[w.streams[s.after].first+i].Launched
			}
		}
	}
}

// frame is one frame of a stream. Its deadline is where the next one is due, by multiplication: sums would drift.
func frame(s Stream, stream, number int, periodMS, jitterMS float64, draw Draw) Frame {
	f := Frame{Stream: stream, Number: number, ArrivalMS: float64(number) * periodMS, DeadlineMS: float64(number+1) * periodMS, Launched: true}
	if draw == nil {
		return f
	}
	launch, jitter := draw(stream, number)
	f.Launched = s.LaunchFrac == 0 || launch < s.LaunchFrac
	if s.After == "" { // a follower has no sensor
		f.ArrivalMS = max(0, f.ArrivalMS+(jitter-0.5)*jitterMS)
	}
	return f
}

// check reports a timing that a scenario cannot have.
func (t Timing) check(sc Scenario, p Profile, drawn bool) error {
	if !(t.RunMS > 0 && t.RunMS <= MaxRunMS) {
		return fmt.Errorf("xr: scenario %q: run of %g ms out of range (0, %g]", sc.Name, t.RunMS, float64(MaxRunMS))
	}
	if p > XRBench {
		return fmt.Errorf("xr: scenario %q: unknown profile %s", sc.Name, p)
	}
	if p == XRBench && t.JitterMS != 0 {
		return fmt.Errorf("xr: scenario %q: jitter of %g ms: the xrbench profile has none", sc.Name, t.JitterMS)
	}
	for _, s := range sc.Streams {
		if period := 1000 / float64(s.FPS); !(t.JitterMS >= 0 && t.JitterMS < period) {
			return fmt.Errorf("xr: scenario %q: jitter of %g ms out of range [0, %g), the period of %q", sc.Name, t.JitterMS, period, s.Model)
		}
		if !drawn && (t.JitterMS > 0 || s.LaunchFrac > 0 && s.LaunchFrac < 1) {
			return fmt.Errorf("xr: scenario %q: jitter and launch probabilities need draws", sc.Name)
		}
	}
	return nil
}
