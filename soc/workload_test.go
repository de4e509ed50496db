package soc_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
)

func TestPublishedWorkloads(t *testing.T) {
	sizes := map[string][3]int{} // tasks, edges, blocks of the library
	for _, w := range soc.Workloads() {
		g, err := soc.Together(w)
		require.NoError(t, err)
		sizes[w.Name] = [3]int{len(w.Tasks), len(w.Edges), len(soc.PublishedLibrary().Blocks(g))}
	}
	require.Equal(t, map[string][3]int{
		"audio_decoder": {18, 23, 373}, "hpvm_cava": {9, 8, 325}, "edge_detection": {8, 8, 449},
		"edge_detection_1": {8, 8, 449}, "edge_detection_2": {8, 8, 449}, "edge_detection_3": {8, 8, 449}, "edge_detection_4": {8, 8, 449},
		"SOC_example_1p": {3, 2, 73}, "SOC_example_8p": {10, 16, 73}, "SOC_example_1p_2r": {3, 2, 73},
	}, sizes)
}

func TestWorkloadsTogetherShareNames(t *testing.T) {
	var list []soc.Workload
	for _, name := range []string{"audio_decoder", "edge_detection", "edge_detection_1", "hpvm_cava"} {
		w, err := soc.Lookup(name)
		require.NoError(t, err)
		list = append(list, w)
	}
	g, err := soc.Together(list...)
	require.NoError(t, err)
	require.Len(t, g.Tasks, 18+6+6+7)
	require.Len(t, g.Flows, 23+8+8+8)
	require.Equal(t, "souurce", g.Tasks[g.Source].Name)
	require.Equal(t, 17, g.Sink) // where the first workload has it
	require.Equal(t, "rejectZeroCrossings_1", g.Tasks[g.Goals[2].Last].Name)
	require.InEpsilon(t, 4*8.737, g.Budget.PowerMW, 1e-15)
	require.Equal(t, 0.021, g.Goals[0].LatencyBudgetS)
}

func TestBadWorkloads(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*soc.Workload)
		want   string
	}{
		{"no tasks", func(w *soc.Workload) { w.Tasks = nil }, `soc: workload "test": no tasks`},
		{"no name", func(w *soc.Workload) { w.Name = "" }, `soc: workload "": no name`},
		{"no budgets", func(w *soc.Workload) { w.LatencyBudgetS, w.Budget = 0, soc.Budget{PowerMW: -1, AreaMM2: 1} },
			"soc: workload \"test\": latency budget [s] 0: want 1e-18 to 1e18\nsoc: workload \"test\": power budget [mW] -1: want 1e-18 to 1e18"},
		{"task twice", func(w *soc.Workload) { w.Tasks[2].Name = "a" },
			"soc: workload \"test\": task \"a\" is there twice\nsoc: workload \"test\": unknown last task \"b\"\n" +
				"soc: workload \"test\": edge from \"a\" to unknown task \"b\"\nsoc: workload \"test\": edge from unknown task \"b\" to \"sink\""},
		{"negative cycles", func(w *soc.Workload) { w.Tasks[1].Cycles = -1 }, `soc: workload "test": task "a": cycles -1: want 0 to 2^50`},
		{"too many cycles", func(w *soc.Workload) { w.Tasks[1].Cycles = 1 << 51 }, `soc: workload "test": task "a": cycles 2251799813685248: want 0 to 2^50`},
		{"negative energy", func(w *soc.Workload) { w.Tasks[1].Accelerator = soc.Accelerator{Cycles: 1, EnergyPJ: -1} },
			`soc: workload "test": task "a": accelerator energy [pJ] -1: want 0 or 1e-18 to 1e18`},
		{"accelerator without cycles", func(w *soc.Workload) { w.Tasks[1].Accelerator = soc.Accelerator{AreaUM2: 1} },
			`soc: workload "test": task "a": the accelerator has energy or area but no cycles`},
		{"accelerator of nothing", func(w *soc.Workload) { w.Tasks[0].Accelerator = soc.Accelerator{Cycles: 1} },
			`soc: workload "test": task "source" has an accelerator but no work`},
		{"edge to an unknown task", func(w *soc.Workload) { w.Edges[2].To = "drain" }, `soc: workload "test": edge from "b" to unknown task "drain"`},
		{"edge to itself", func(w *soc.Workload) { w.Edges[1].To = "a" }, `soc: workload "test": edge from task "a" to itself`},
		{"edge twice", func(w *soc.Workload) { w.Edges = append(w.Edges, w.Edges[1]) }, `soc: workload "test": edge from "a" to "b" is there twice`},
		{"negative bytes", func(w *soc.Workload) { w.Edges[1].Bytes = -8 }, `soc: workload "test": edge from "a" to "b": -8 bytes: want 0 to 2^40`},
		{"two sources", func(w *soc.Workload) { w.Edges = w.Edges[1:] }, `soc: workload "test": tasks "source" and "a" have no incoming edges: want one such task, without work`},
		{"working source", func(w *soc.Workload) { w.Tasks[0].Cycles = 5 }, `soc: workload "test": task "source" has no incoming edges, and 5 cycles: want a source and a sink without work`},
		{"two sinks", func(w *soc.Workload) { w.Edges = w.Edges[:2]; w.Tasks[2].Cycles = 0 },
			`soc: workload "test": tasks "source" and "sink" have no incoming edges: want one such task, without work`},
		{"cycle", func(w *soc.Workload) { w.Edges = append(w.Edges, soc.Edge{From: "b", To: "a", Bytes: 1}) }, `soc: workload "test": task "a" is on a cycle`},
		{"a cycle of all", func(w *soc.Workload) { w.Edges = append(w.Edges, soc.Edge{From: "sink", To: "source", Bytes: 1}) },
			`soc: workload "test": every task has incoming edges: the graph is a cycle`},
		{"unknown last task", func(w *soc.Workload) { w.Last = "end" }, `soc: workload "test": unknown last task "end"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := chain()
			c.change(&w)
			require.EqualError(t, w.Check(), c.want)
			_, err := soc.Together(w)
			require.EqualError(t, err, c.want)
		})
	}
	require.NoError(t, chain().Check())
}

func TestCyclesNameATaskOnThem(t *testing.T) {
	// b waits behind the cycle of c and d, but is not on it.
	w := workload([]soc.Task{{Name: "b"}, {Name: "c"}, {Name: "d"}}, []soc.Edge{{"source", "c", 1}, {"c", "d", 1}, {"d", "c", 1}, {"d", "b", 1}, {"b", "sink", 1}}, "b")
	require.ErrorContains(t, w.Check(), `" is on a cycle`)
	require.NotContains(t, w.Check().Error(), `"b" is on`)
}

func TestBadCombinations(t *testing.T) {
	_, err := soc.Together()
	require.EqualError(t, err, "soc: no workload")
	_, err = soc.Together(chain(), chain())
	require.EqualError(t, err, `soc: workload "test" is given twice`)
	other := chain()
	other.Name = "other"
	other.Tasks[1].Cycles++
	_, err = soc.Together(chain(), other)
	require.EqualError(t, err, `soc: workload "other": task "a" is described differently by an earlier workload`)
	other = chain()
	other.Name = "other"
	other.Edges[1].Bytes++
	_, err = soc.Together(chain(), other)
	require.EqualError(t, err, `soc: workload "other": edge "a" to "b" has 200001 bytes, and 200000 in an earlier workload`)
	other = workload([]soc.Task{{Name: "a", Cycles: 1e6}, {Name: "b", Cycles: 1e6}}, []soc.Edge{{"source", "b", 1}, {"b", "a", 1}, {"a", "sink", 1}}, "a")
	other.Name = "other"
	_, err = soc.Together(chain(), other)
	require.ErrorContains(t, err, `soc: workloads together: task "`)
	_, err = soc.Lookup("video")
	require.EqualError(t, err, `soc: unknown workload "video": known are audio_decoder, hpvm_cava, edge_detection, edge_detection_1, edge_detection_2, edge_detection_3, `+
		`edge_detection_4, SOC_example_1p, SOC_example_8p, SOC_example_1p_2r`)
}
