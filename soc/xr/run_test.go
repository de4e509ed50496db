package xr_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc/xr"
)

// always launches every frame, at its time.
func always(int, int) (launch, jitter float64) { return 0, 0.5 }

// workload spells out streams of a run; a failure is a mistake of the test.
func workload(t testing.TB, p xr.Profile, runMS float64, streams ...xr.Stream) *xr.Workload {
	t.Helper()
	w, err := xr.NewWorkload(xr.Scenario{Name: "test", Streams: streams}, p, xr.Timing{RunMS: runMS}, always)
	require.NoError(t, err)
	return w
}

// run schedules with costs of 1 mJ, given latencies: a list an accelerator, in the order of the streams.
func run(t testing.TB, w *xr.Workload, o xr.Options, latenciesMS ...[]float64) xr.Result {
	t.Helper()
	p := xr.Platform{Accelerators: len(latenciesMS)}
	for _, list := range latenciesMS {
		for _, l := range list {
			p.Costs = append(p.Costs, xr.Cost{LatencyMS: l, EnergyMJ: 1})
		}
	}
	result, err := xr.Run(w, p, o, new(xr.Scratch))
	require.NoError(t, err)
	return result
}

// show is a run in a line a frame: "a0 finished on 1, 0 to 3".
func show(w *xr.Workload, r xr.Result) (lines []string) {
	for i, rec := range r.Records {
		f := w.Frames[i]
		line := fmt.Sprintf("%s%d %s", w.Scenario.Streams[f.Stream].Model, f.Number, rec.Outcome)
		if rec.Outcome == xr.Finished {
			line += fmt.Sprintf(" on %d, %g to %g", rec.Accelerator, rec.StartMS, rec.EndMS)
		}
		if rec.Outcome.Dropped() {
			line += fmt.Sprintf(" at %g", rec.EndMS)
		}
		lines = append(lines, line)
	}
	return lines
}

// TestSchedules runs 20 ms by hand: frames of 100 a second are due every 10 ms, of 200 every 5 ms.
func TestSchedules(t *testing.T) {
	a100, b200 := xr.Stream{Model: "a", FPS: 100}, xr.Stream{Model: "b", FPS: 200}
	for _, c := range []struct {
		name    string
		streams []xr.Stream
		options xr.Options
		costs   [][]float64
		want    []string
	}{
		{"earliest deadline first", []xr.Stream{a100, b200}, xr.Options{}, [][]float64{{4, 3}}, []string{
			"a0 finished on 0, 3 to 7", "a1 finished on 0, 13 to 17",
			"b0 finished on 0, 0 to 3", "b1 finished on 0, 7 to 10", "b2 finished on 0, 10 to 13", "b3 finished on 0, 17 to 20"}},
		{"as listed", []xr.Stream{a100, b200}, xr.Options{Order: xr.AsListed}, [][]float64{{4, 3}}, []string{
			"a0 finished on 0, 0 to 4", "a1 finished on 0, 10 to 14",
			"b0 finished on 0, 4 to 7", "b1 finished on 0, 7 to 10", "b2 finished on 0, 14 to 17", "b3 finished on 0, 17 to 20"}},
		{"shortest period first", []xr.Stream{a100, b200}, xr.Options{Order: xr.ShortestPeriod}, [][]float64{{4, 5}}, []string{
			"a0 crowded at 10", "a1 crowded at 20",
			"b0 finished on 0, 0 to 5", "b1 finished on 0, 5 to 10", "b2 finished on 0, 10 to 15", "b3 finished on 0, 15 to 20"}},
		{"the idle accelerator of least latency", []xr.Stream{b200}, xr.Options{}, [][]float64{{9}, {7}}, []string{
			"b0 finished on 1, 0 to 7", "b1 finished on 0, 5 to 14", "b2 finished on 1, 10 to 17", "b3 finished on 0, 15 to 24"}},
		{"waiting for the faster one", []xr.Stream{b200}, xr.Options{Placement: xr.EarliestFinish}, [][]float64{{60}, {6}}, []string{
			"b0 finished on 1, 0 to 6", "b1 finished on 1, 6 to 12", "b2 finished on 1, 12 to 18", "b3 finished on 1, 18 to 24"}},
		{"only in time", []xr.Stream{b200}, xr.Options{Admission: xr.InTime}, [][]float64{{4}, {6}}, []string{
			"b0 finished on 0, 0 to 4", "b1 finished on 0, 5 to 9", "b2 finished on 0, 10 to 14", "b3 finished on 0, 15 to 19"}},
		{"never in time", []xr.Stream{b200}, xr.Options{Admission: xr.InTime}, [][]float64{{6}}, []string{
			"b0 crowded at 5", "b1 crowded at 10", "b2 crowded at 15", "b3 crowded at 20"}},
		{"runs nowhere", []xr.Stream{a100, b200}, xr.Options{}, [][]float64{{0, 5}}, []string{
			"a0 crowded at 10", "a1 crowded at 20",
			"b0 finished on 0, 0 to 5", "b1 finished on 0, 5 to 10", "b2 finished on 0, 10 to 15", "b3 finished on 0, 15 to 20"}},
		{"a follower", []xr.Stream{{Model: "f", FPS: 100, After: "a"}, a100}, xr.Options{}, [][]float64{{3, 4}}, []string{
			"f0 finished on 0, 4 to 7", "f1 finished on 0, 14 to 17", "a0 finished on 0, 0 to 4", "a1 finished on 0, 10 to 14"}},
		{"a follower starves, and goes on", []xr.Stream{{Model: "f", FPS: 100, After: "a"}, a100}, xr.Options{}, [][]float64{{3, 12}}, []string{
			"f0 starved at 10", "f1 starved at 20", "a0 finished on 0, 0 to 12", "a1 finished on 0, 12 to 24"}},
		{"orphans of orphans", []xr.Stream{{Model: "g", FPS: 100, After: "f"}, {Model: "f", FPS: 100, After: "a"}, a100},
			xr.Options{Admission: xr.InTime}, [][]float64{{1, 1, 11}}, []string{
				"g0 orphaned at 10", "g1 orphaned at 20", "f0 orphaned at 10", "f1 orphaned at 20", "a0 crowded at 10", "a1 crowded at 20"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := workload(t, xr.Repaired, 20, c.streams...)
			require.Equal(t, c.want, show(w, run(t, w, c.options, c.costs...)))
		})
	}
}

// TestPlacementByEnergy has a slow accelerator of 1 mJ, a fast one of 3 mJ and one between of 2 mJ: 8, 2 and 3 ms; products 8, 6 and 6.
func TestPlacementByEnergy(t *testing.T) {
	w := workload(t, xr.Repaired, 10, xr.Stream{Model: "a", FPS: 100})
	p := xr.Platform{Accelerators: 3, Costs: []xr.Cost{{8, 1}, {2, 3}, {3, 2}}}
	for placement, want := range map[xr.Placement]int{xr.LeastLatency: 1, xr.EarliestFinish: 1, xr.LeastEnergy: 0, xr.LeastEDP: 1} {
		result, err := xr.Run(w, p, xr.Options{Placement: placement}, new(xr.Scratch))
		require.NoError(t, err)
		require.Equal(t, want, result.Records[0].Accelerator, placement.String())
		require.InDelta(t, p.Costs[want].EnergyMJ, result.EnergyMJ, 0)
		require.InDelta(t, p.Costs[want].LatencyMS, result.BusyMS[want], 0)
	}
}

// TestXRBenchQuirks is one stream of 60 frames a second in that profile, and the same in the default one.
func TestXRBenchQuirks(t *testing.T) {
	eye := xr.Stream{Model: "es", FPS: 60}
	w := workload(t, xr.XRBench, 64, eye)
	require.Len(t, w.Frames, 4, "the period is 16 ms, not 16.67")
	require.Equal(t, []string{"es0 finished on 0, 0 to 3", "es1 finished on 0, 16 to 19", "es2 finished on 0, 32 to 35", "es3 unfinished"},
		show(w, run(t, w, xr.Options{}, []float64{3})), "the run ends when the last frame has entered")
	w = workload(t, xr.Repaired, 64, eye)
	require.Len(t, w.Frames, 4)
	require.InDelta(t, 3*1000.0/60, w.Frames[3].ArrivalMS, 1e-12)
	result := run(t, w, xr.Options{}, []float64{3})
	require.Equal(t, 4, result.Finished)
	require.InDelta(t, 53, result.EndMS, 1e-9)

	// A frame that waits at its deadline may still start there: at 20 frame 1 does, whose deadline is 20.
	fast := xr.Stream{Model: "a", FPS: 100}
	w = workload(t, xr.XRBench, 60, fast)
	require.Equal(t, []string{"a0 finished on 0, 0 to 20", "a1 finished on 0, 20 to 40", "a2 crowded at 40", "a3 unfinished", "a4 unfinished", "a5 unfinished"},
		show(w, run(t, w, xr.Options{}, []float64{20})), "the last frame enters at 50: 3 runs then, 4 and 5 wait")

	// A follower that loses one frame never catches up: it counts completions, not frames.
	w = workload(t, xr.XRBench, 70, fast, xr.Stream{Model: "f", FPS: 100, After: "a"})
	late := show(w, run(t, w, xr.Options{}, []float64{12, 0}, []float64{0, 1}))
	require.Equal(t, "a0 finished on 0, 0 to 12", late[0])
	require.Equal(t, "f0 starved at 12", late[7])
}

func TestScores(t *testing.T) {
	require.InDelta(t, 0.5, xr.RealTime(0, 15), 0)
	require.InDelta(t, 1/(1+2.718281828459045), xr.RealTime(0.1, 10), 1e-15)
	require.InDelta(t, 0, xr.RealTime(1e6, 15), 0, "exp overflows to infinity")
	require.InDelta(t, 1, xr.RealTime(-1e6, 15), 0)
	require.InDelta(t, 0.75, xr.Energy(375, 1500), 0)
	require.InDelta(t, 1, xr.Accuracy(0.9, 0.8, false), 0)
	require.InDelta(t, 0.875, xr.Accuracy(0.7, 0.8, false), 1e-15)
	require.InDelta(t, 0.8, xr.Accuracy(5, 4, true), 1e-15)

	// Four frames of 8 ms every 10 ms, of 150 mJ: each scores 0.9 (10 ms are 2 before the deadline: RT is 1 to 13 digits) times the accuracy.
	w := workload(t, xr.Repaired, 40, xr.Stream{Model: "a", FPS: 100, AccuracyFrac: 0.5})
	p := xr.Platform{Accelerators: 1, Costs: []xr.Cost{{8, 150}}}
	result, err := xr.Run(w, p, xr.Options{}, new(xr.Scratch))
	require.NoError(t, err)
	require.InDelta(t, 0.45, result.ScoreFrac, 1e-12)
	m := result.Models[0]
	require.Equal(t, xr.ModelResult{Frames: 4, Finished: 4, RealTimeFrac: m.RealTimeFrac, EnergyFrac: 0.9, QoEFrac: 1, ScoreFrac: m.ScoreFrac,
		MeanLatencyMS: 8, WorstLatencyMS: 8, EnergyMJ: 600}, m)

	// 15 ms each: frames 0 and 2 run and end 5 ms late, 1 starts at 15 and ends at 30, 10 late; 3 starts at 30, ends at 45. All miss: the score is 0.
	p.Costs[0].LatencyMS = 15
	result, err = xr.Run(w, p, xr.Options{}, new(xr.Scratch))
	require.NoError(t, err)
	require.InDelta(t, 0, result.ScoreFrac, 1e-12)
	require.Equal(t, 3, result.Models[0].Late)
	require.Equal(t, 1, result.Dropped, "frame 2 was due at 30, when 1 ended")

	// An energy beyond the ceiling scores nothing in the default profile and less than that in the other.
	p.Costs[0] = xr.Cost{LatencyMS: 5, EnergyMJ: 3000}
	result, err = xr.Run(w, p, xr.Options{}, new(xr.Scratch))
	require.NoError(t, err)
	require.InDelta(t, 0, result.Models[0].EnergyFrac, 0)
	result, err = xr.Run(workload(t, xr.XRBench, 40, xr.Stream{Model: "a", FPS: 100}), p, xr.Options{}, new(xr.Scratch))
	require.NoError(t, err)
	require.InDelta(t, -1, result.Models[0].EnergyFrac, 0)
}

// TestDropsCountOnce: of two frames one finishes in time and one finds nobody idle. XRBench's program counts the drop twice.
func TestDropsCountOnce(t *testing.T) {
	busy := []xr.Stream{{Model: "a", FPS: 100}, {Model: "b", FPS: 50}}
	w := workload(t, xr.Repaired, 20, busy...)
	result := run(t, w, xr.Options{}, []float64{1, 30}) // b0 runs from 1 to 31
	require.Equal(t, []string{"a0 finished on 0, 0 to 1", "a1 crowded at 20", "b0 finished on 0, 1 to 31"}, show(w, result))
	require.InDelta(t, 0.5, result.Models[0].QoEFrac, 0)
	require.InDelta(t, 0.5*(1-1.0/1500), result.Models[0].ScoreFrac, 1e-12)

	busy = []xr.Stream{{Model: "a", FPS: 100}, {Model: "b", FPS: 25}}
	w = workload(t, xr.XRBench, 40, busy...)
	result = run(t, w, xr.Options{}, []float64{1, 19.5}) // b0 runs from 1 to 20.5
	require.Equal(t, []string{"a0 finished on 0, 0 to 1", "a1 crowded at 20.5", "a2 finished on 0, 20.5 to 21.5", "a3 unfinished", "b0 finished on 0, 1 to 20.5"}, show(w, result))
	require.InDelta(t, 2.0/3*2/3*(1-1.0/1500), result.Models[0].ScoreFrac, 1e-12)
}

func TestLaunchesAndJitter(t *testing.T) {
	sc := xr.Scenario{Name: "voice", Streams: []xr.Stream{
		{Model: "kd", FPS: 100, LaunchFrac: 0.5}, {Model: "asr", FPS: 100, After: "kd", LaunchFrac: 0.25}, {Model: "tts", FPS: 100, After: "asr"},
	}}
	draws := func(stream, number int) (float64, float64) { return float64(number) / 10, float64(number) / 10 } // 0, 0.1, 0.2, …
	w, err := xr.NewWorkload(sc, xr.Repaired, xr.Timing{RunMS: 100, JitterMS: 2}, draws)
	require.NoError(t, err)
	launched := map[string]int{}
	for _, f := range w.Frames {
		if f.Launched {
			launched[sc.Streams[f.Stream].Model]++
		}
	}
	require.Equal(t, map[string]int{"kd": 5, "asr": 3, "tts": 3}, launched, "draws below 0.5; below 0.25 and kd's; asr's")
	require.InDelta(t, 0, w.Frames[0].ArrivalMS, 0, "0 − 1 ms is before the run")
	require.InDelta(t, 9.2, w.Frames[1].ArrivalMS, 1e-12, "10 + (0.1 − 0.5)·2")
	require.InDelta(t, 20, w.Frames[1].DeadlineMS, 0)

	result := run(t, w, xr.Options{}, []float64{1, 1, 1})
	require.Equal(t, 11, result.Finished)
	require.Equal(t, xr.Skipped, result.Records[9].Outcome)
	require.Equal(t, 3, result.Models[2].Frames)

	never := func(int, int) (float64, float64) { return 0.99, 0.5 }
	w, err = xr.NewWorkload(sc, xr.Repaired, xr.Timing{RunMS: 100}, never)
	require.NoError(t, err)
	require.InDelta(t, 0, run(t, w, xr.Options{}, []float64{1, 1, 1}).ScoreFrac, 0, "nothing ran: no stream counts")
	sc.Streams[0].LaunchFrac = 0
	w, err = xr.NewWorkload(sc, xr.Repaired, xr.Timing{RunMS: 100}, never)
	require.NoError(t, err)
	require.InDelta(t, 1-1.0/1500, run(t, w, xr.Options{}, []float64{1, 1, 1}).ScoreFrac, 1e-12, "streams without frames are left out of the mean")
}
