package xr_test

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/soc/xr"
)

func TestScenariosAreXRBenchs(t *testing.T) {
	frames := map[string]int{} // in 700 ms at exact rates: ⌈0.7·rate⌉ a stream
	for _, s := range xr.Scenarios() {
		require.NoError(t, s.Check())
		require.NotEmpty(t, s.Doc)
		w, err := xr.NewWorkload(s, xr.Repaired, xr.Timing{}, always)
		require.NoError(t, err)
		frames[s.Name] = len(w.Frames)
	}
	require.Equal(t, map[string]int{
		"social-a": 21 + 42 + 42 + 21, "social-b": 21 + 42 + 42, "outdoor-a": 3 + 3 + 21 + 7, "outdoor-b": 3 + 3 + 21,
		"ar-assistant": 3 + 21 + 3 + 7 + 11 + 7, "ar-gaming": 21 + 32 + 11, "vr-gaming": 42 + 42 + 32,
	}, frames)
	_, err := xr.Lookup("dream")
	require.EqualError(t, err, `xr: unknown scenario "dream": known are social-a, social-b, outdoor-a, outdoor-b, ar-assistant, ar-gaming, vr-gaming`)
}

func TestMistakesOfScenarios(t *testing.T) {
	ok := xr.Stream{Model: "a", FPS: 10}
	for _, c := range []struct {
		name, want string
		streams    []xr.Stream
	}{
		{"empty", `xr: scenario "x": 0 streams out of range [1, 64]`, nil},
		{"too many", `xr: scenario "x": 65 streams out of range [1, 64]`, make([]xr.Stream, 65)},
		{"no name", `xr: scenario "x": stream 0, "": want a name, and each model once`, []xr.Stream{{FPS: 10}}},
		{"twice", `xr: scenario "x": stream 1, "a": want a name, and each model once`, []xr.Stream{ok, ok}},
		{"rate", `xr: scenario "x": stream 0, "a": rate 0 out of range [1, 1000] frames/s`, []xr.Stream{{Model: "a"}}},
		{"probability", `xr: scenario "x": stream 0, "a": launch probability 1.5 out of range [0, 1]`, []xr.Stream{{Model: "a", FPS: 1, LaunchFrac: 1.5}}},
		{"accuracy", `xr: scenario "x": stream 0, "a": accuracy NaN out of range [0, 1]`, []xr.Stream{{Model: "a", FPS: 1, AccuracyFrac: math.NaN()}}},
		{"unknown", `xr: scenario "x": stream 1, "b": follows "c", which the scenario does not have`, []xr.Stream{ok, {Model: "b", FPS: 10, After: "c"}}},
		{"other rate", `xr: scenario "x": stream 1, "b": follows "a" of 10 frames/s at 20: want the same rate`, []xr.Stream{ok, {Model: "b", FPS: 20, After: "a"}}},
		{"circle", "xr: scenario \"x\": stream 0, \"a\": follows itself, through \"b\"\nxr: scenario \"x\": stream 1, \"b\": follows itself, through \"a\"",
			[]xr.Stream{{Model: "a", FPS: 10, After: "b"}, {Model: "b", FPS: 10, After: "a"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := xr.NewWorkload(xr.Scenario{Name: "x", Streams: c.streams}, xr.Repaired, xr.Timing{}, nil)
			require.EqualError(t, err, c.want)
		})
	}
}

func TestMistakesOfRuns(t *testing.T) {
	sc := xr.Scenario{Name: "x", Streams: []xr.Stream{{Model: "a", FPS: 100}}}
	for _, c := range []struct {
		name, want string
		profile    xr.Profile
		timing     xr.Timing
	}{
		{"run", `xr: scenario "x": run of -1 ms out of range (0, 1e+06]`, xr.Repaired, xr.Timing{RunMS: -1}},
		{"no number", `xr: scenario "x": run of NaN ms out of range (0, 1e+06]`, xr.Repaired, xr.Timing{RunMS: math.NaN()}},
		{"profile", `xr: scenario "x": unknown profile Profile(2)`, 2, xr.Timing{}},
		{"jitter", `xr: scenario "x": jitter of 10 ms out of range [0, 10), the period of "a"`, xr.Repaired, xr.Timing{JitterMS: 10}},
		{"jitter of xrbench", `xr: scenario "x": jitter of 1 ms: the xrbench profile has none`, xr.XRBench, xr.Timing{JitterMS: 1}},
		{"draws", `xr: scenario "x": jitter and launch probabilities need draws`, xr.Repaired, xr.Timing{JitterMS: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := xr.NewWorkload(sc, c.profile, c.timing, nil)
			require.EqualError(t, err, c.want)
		})
	}
	_, err := xr.NewWorkload(xr.Scenario{Name: "x", Streams: []xr.Stream{{Model: "a", FPS: 1000}, {Model: "b", FPS: 1000}}}, xr.Repaired, xr.Timing{RunMS: 1e6}, nil)
	require.EqualError(t, err, `xr: scenario "x": more than 1048576 frames in 1e+06 ms`)

	w := workload(t, xr.Repaired, 20, sc.Streams...)
	one := xr.Platform{Accelerators: 1, Costs: []xr.Cost{{LatencyMS: 1, EnergyMJ: 1}}}
	for _, c := range []struct {
		name, want string
		platform   xr.Platform
		options    xr.Options
	}{
		{"none", "xr: 0 accelerators out of range [1, 64]", xr.Platform{}, xr.Options{}},
		{"costs", "xr: 0 costs: want 2, 1 streams on 2 accelerators", xr.Platform{Accelerators: 2}, xr.Options{}},
		{"latency", `xr: "a" on accelerator 0: latency -1 ms, energy 0 mJ: want at least 0, at most 1e+06 ms and 1e12 mJ`,
			xr.Platform{Accelerators: 1, Costs: []xr.Cost{{LatencyMS: -1}}}, xr.Options{}},
		{"energy", `xr: "a" on accelerator 0: latency 1 ms, energy NaN mJ: want at least 0, at most 1e+06 ms and 1e12 mJ`,
			xr.Platform{Accelerators: 1, Costs: []xr.Cost{{LatencyMS: 1, EnergyMJ: math.NaN()}}}, xr.Options{}},
		{"order", "xr: unknown option among Order(9), latency, any", one, xr.Options{Order: 9}},
		{"steepness", "xr: steepness -1 out of range [0, 1e6] per ms", one, xr.Options{SteepnessPerMS: -1}},
		{"ceiling", "xr: energy ceiling +Inf out of range [0, 1e12] mJ", one, xr.Options{EnergyCeilingMJ: math.Inf(1)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := xr.Run(w, c.platform, c.options, new(xr.Scratch))
			require.EqualError(t, err, c.want)
		})
	}
}

func TestNamesRoundTrip(t *testing.T) {
	for value := range uint8(5) {
		for _, c := range []struct {
			kind  string
			text  string
			parse func(text []byte) (fmt.Stringer, error)
		}{
			{"Profile", xr.Profile(value).String(), func(b []byte) (fmt.Stringer, error) { var v xr.Profile; err := v.UnmarshalText(b); return v, err }},
			{"Order", xr.Order(value).String(), func(b []byte) (fmt.Stringer, error) { var v xr.Order; err := v.UnmarshalText(b); return v, err }},
			{"Placement", xr.Placement(value).String(), func(b []byte) (fmt.Stringer, error) { var v xr.Placement; err := v.UnmarshalText(b); return v, err }},
			{"Admission", xr.Admission(value).String(), func(b []byte) (fmt.Stringer, error) { var v xr.Admission; err := v.UnmarshalText(b); return v, err }},
		} {
			v, err := c.parse([]byte(c.text))
			if c.text == fmt.Sprintf("%s(%d)", c.kind, value) {
				require.ErrorContains(t, err, "known are")
				continue
			}
			require.NoError(t, err)
			require.Equal(t, c.text, v.String())
		}
	}
}

// TestSchedulesAreSound draws scenarios, platforms and options, and checks what must hold of every schedule of both profiles.
func TestSchedulesAreSound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sc := xr.Scenario{Name: "drawn"}
		for i := range rapid.IntRange(1, 5).Draw(t, "streams") {
			s := xr.Stream{Model: fmt.Sprint("m", i), FPS: rapid.SampledFrom([]int{3, 10, 30, 45, 60}).Draw(t, "fps"), LaunchFrac: rapid.SampledFrom([]float64{0, 0.5}).Draw(t, "launch")}
			if after := rapid.IntRange(-1, i-1).Draw(t, "after"); after >= 0 {
				s.After, s.FPS = sc.Streams[after].Model, sc.Streams[after].FPS
			}
			sc.Streams = append(sc.Streams, s)
		}
		profile := xr.Profile(rapid.IntRange(0, 1).Draw(t, "profile"))
		w, err := xr.NewWorkload(sc, profile, xr.Timing{RunMS: 300}, func(stream, number int) (float64, float64) {
			return float64((stream*7+number*3)%10) / 10, 0.5
		})
		require.NoError(t, err)
		p := xr.Platform{Accelerators: rapid.IntRange(1, 3).Draw(t, "accelerators")}
		for range p.Accelerators * len(sc.Streams) {
			latency := rapid.SampledFrom([]float64{0, 0.5, 3, 9.5, 20, 70}).Draw(t, "latency")
			p.Costs = append(p.Costs, xr.Cost{LatencyMS: latency, EnergyMJ: rapid.Float64Range(0, 2000).Draw(t, "energy")})
		}
		o := xr.Options{
			Order: xr.Order(rapid.IntRange(0, 2).Draw(t, "order")), Placement: xr.Placement(rapid.IntRange(0, 3).Draw(t, "placement")),
			Admission: xr.Admission(rapid.IntRange(0, 1).Draw(t, "admission")),
		}
		result, err := xr.Run(w, p, o, new(xr.Scratch))
		require.NoError(t, err)
		sound(t, w, p, o, result)
	})
}

// sound checks a schedule frame by frame.
func sound(t *rapid.T, w *xr.Workload, p xr.Platform, o xr.Options, result xr.Result) {
	const margin = 0.0101 // the XRBench profile counts completions so much too early
	streams := len(w.Scenario.Streams)
	free := make([]float64, p.Accelerators)
	order := make([]int, 0, len(w.Frames))
	at := map[string]int{} // first frame of a model
	for i := len(w.Frames) - 1; i >= 0; i-- {
		at[w.Scenario.Streams[w.Frames[i].Stream].Model] = i
	}
	for i, rec := range result.Records {
		f := w.Frames[i]
		require.Equal(t, !f.Launched, rec.Outcome == xr.Skipped)
		if w.Profile == xr.Repaired {
			require.NotEqual(t, xr.Unfinished, rec.Outcome, "every frame ends")
		}
		if rec.Outcome.Dropped() {
			require.GreaterOrEqual(t, rec.EndMS, f.DeadlineMS, "nothing is given up early")
			require.Equal(t, -1, rec.Accelerator)
		}
		if rec.Outcome == xr.Finished {
			order = append(order, i)
			c := p.Costs[rec.Accelerator*streams+f.Stream]
			require.InDelta(t, c.LatencyMS, rec.EndMS-rec.StartMS, 1e-9)
			require.GreaterOrEqual(t, rec.StartMS, f.ArrivalMS)
			require.LessOrEqual(t, rec.StartMS, f.DeadlineMS)
			if s := w.Scenario.Streams[f.Stream]; w.Profile == xr.Repaired && s.After != "" {
				input := result.Records[at[s.After]+f.Number]
				require.Equal(t, xr.Finished, input.Outcome)
				require.GreaterOrEqual(t, rec.StartMS, input.EndMS)
			}
			if w.Profile == xr.Repaired && o.Admission == xr.InTime {
				require.LessOrEqual(t, rec.EndMS, f.DeadlineMS)
			}
		}
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Compare(result.Records[i].StartMS, result.Records[j].StartMS) })
	for _, i := range order { // an accelerator runs one frame at a time
		r := result.Records[i]
		require.GreaterOrEqual(t, r.StartMS, free[r.Accelerator]-margin)
		free[r.Accelerator] = r.EndMS
	}
	total, launched := 0.0, 0
	for i, m := range result.Models {
		require.Equal(t, m.Frames, m.Finished+m.Dropped+m.Unfinished)
		require.True(t, m.QoEFrac >= 0 && m.QoEFrac <= 1 && m.RealTimeFrac >= 0 && m.RealTimeFrac <= 1, "stream %d: %+v", i, m)
		launched += m.Frames
		total += m.EnergyMJ
	}
	require.InDelta(t, total, result.EnergyMJ, 1e-6)
	require.LessOrEqual(t, result.ScoreFrac, 1.0)
	busy := 0.0
	for _, i := range order {
		busy += result.Records[i].EndMS - result.Records[i].StartMS
	}
	for _, ms := range result.BusyMS {
		busy -= ms
		require.LessOrEqual(t, ms, result.EndMS+margin*float64(len(order)), "an accelerator is not busy longer than the run")
	}
	require.InDelta(t, 0, busy, 1e-6)
}

// TestFasterIsBetterAlone: of one stream alone a lower latency never lowers the score. With several it may: schedules have anomalies.
func TestFasterIsBetterAlone(t *testing.T) {
	w := workload(t, xr.Repaired, 700, xr.Stream{Model: "a", FPS: 60})
	last := 0.0
	for latency := 40.0; latency > 0.1; latency *= 0.97 {
		score := run(t, w, xr.Options{}, []float64{latency}).ScoreFrac
		require.GreaterOrEqual(t, score, last-1e-12, "latency %g ms", latency)
		last = score
	}
	require.InDelta(t, 1-1.0/1500, last, 1e-9)
}
