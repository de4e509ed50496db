package format_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
	"github.com/codesign-gym/codesign/soc/format"
)

// camera is a chain of two tasks, one of them with an accelerator.
func camera() soc.Workload {
	return soc.Workload{
		Name: "camera", Last: "encode", LatencyBudgetS: 0.034, Budget: soc.Budget{PowerMW: 8.737, AreaMM2: 17.475},
		Tasks: []soc.Task{
			{Name: "source"},
			{Name: "scale", Cycles: 500, LoopIterations: 3},
			{Name: "encode", Cycles: 80000, LoopIterations: 16, Accelerator: soc.Accelerator{Cycles: 7000, EnergyPJ: 0.25, AreaUM2: 12000}},
			{Name: "sink"},
		},
		Edges: []soc.Edge{{From: "source", To: "scale", Bytes: 65536}, {From: "scale", To: "encode", Bytes: 4096}, {From: "encode", To: "sink", Bytes: 128}},
	}
}

func graph(t testing.TB) *soc.Graph {
	g, err := soc.Together(camera())
	require.NoError(t, err)
	return g
}

// chip is a design for it.
func chip() *soc.Design {
	return &soc.Design{
		Blocks: []soc.Block{
			{ID: "P0", Kind: soc.GPP, Level: 1},
			{ID: "A0", Kind: soc.IP, Task: 2, Unroll: 4, ClockFactor: 8},
			{ID: "B0", Kind: soc.Bus, WidthBytes: 16, ClockFactor: 4},
			{ID: "M0", Kind: soc.SRAM, WidthBytes: 16, ClockFactor: 4},
			{ID: "M1", Kind: soc.DRAM, WidthBytes: 4, ClockFactor: 1},
		},
		Links:      []soc.Link{{A: 0, B: 2}, {A: 1, B: 2}, {A: 2, B: 3}, {A: 4, B: 2}},
		TaskPE:     []int{0, 0, 1, 0},
		FlowMemory: []int{4, 3, 3},
	}
}

func TestWorkloadsAreReadAsTheyWereWritten(t *testing.T) {
	got, err := format.ReadWorkload(format.WriteWorkload(camera()))
	require.NoError(t, err)
	require.Equal(t, camera(), got)
}

func TestDesignsAreReadAsTheyWereWritten(t *testing.T) {
	got, err := format.ReadDesign(format.WriteDesign(graph(t), chip()), graph(t))
	require.NoError(t, err)
	require.Equal(t, chip(), got)
}

func TestMistakesInWorkloadsAreNamed(t *testing.T) {
	good := string(format.WriteWorkload(camera()))
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown field", `"last"`, `"lats"`, `unknown field "lats"`},
		{"unknown field of a task", `"cycles": 500`, `"cyclez": 500`, `unknown field "cyclez"`},
		{"something after it", "]\n}\n", "]\n} {}", "something follows the value"},
		{"empty", good, "", "format: workload: EOF"},
		{"edge to an unknown task", `"to": "encode"`, `"to": "encoder"`, `edge from "scale" to unknown task "encoder"`},
		{"negative bytes", `"bytes": 4096`, `"bytes": -1`, `edge from "scale" to "encode": -1 bytes`},
		{"cycle", `"edges": [`, `"edges": [{"from": "encode", "to": "scale", "bytes": 1},`, `is on a cycle`},
		{"a number too large", `"bytes": 4096`, `"bytes": 1e99`, "cannot unmarshal number 1e99"},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, good, c.old)
			_, err := format.ReadWorkload([]byte(strings.Replace(good, c.old, c.new, 1)))
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := format.ReadWorkload([]byte(`{"name": "x", "last": "y", "latency_budget_s": 1, "tasks": [], "edges": []}`))
	require.ErrorContains(t, err, `workload "x": no tasks`)
}

func TestEveryMistakeInADesignIsNamed(t *testing.T) {
	good := string(format.WriteDesign(graph(t), chip()))
	for _, c := range []struct{ name, old, new, want string }{
		{"unknown field", `"unroll"`, `"unrolled"`, `unknown field "unrolled"`},
		{"unknown kind", `"kind": "sram"`, `"kind": "rram"`, `unknown kind "rram"`},
		{"unknown task of an accelerator", `"task": "encode"`, `"task": "code"`, `block "A0": unknown task "code" (known: source, scale, encode, sink)`},
		{"a task of a memory", `"kind": "sram"`, `"kind": "sram", "task": "encode"`, `block "M0" is a sram and has no task, not "encode"`},
		{"block twice", `"id": "M1"`, `"id": "M0"`, `block "M0" is there twice`},
		{"no id", `"id": "M1"`, `"id": ""`, `block 4 has no id`},
		{"link to nowhere", "\"P0\",\n      \"B0\"", `"P0", "B9"`, `link 0: unknown block "B9" (known: P0, A0, B0, M0, M1)`},
		{"link of one end", "\"P0\",\n      \"B0\"", `"P0"`, `link 0 has 1 ends: want two`},
		{"task without place", `"scale": "P0",`, ``, `task "scale" has no place`},
		{"unknown task", `"scale": "P0"`, `"scale": "P0", "scan": "P0"`, `unknown task "scan"`},
		{"edge without place", `"scale->encode": "M0",`, ``, `edge "scale->encode" has no place`},
		{"edge in no block", `"scale->encode": "M0"`, `"scale->encode": "M7"`, `edge "scale->encode": unknown block "M7"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, good, c.old)
			_, err := format.ReadDesign([]byte(strings.Replace(good, c.old, c.new, 1)), graph(t))
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := format.ReadDesign([]byte(`{"blocks": [{"id": "P0", "kind": "gpp"}], "links": [["P0", "X"]], "task_pe": {}, "edge_memory": {}}`), graph(t))
	require.ErrorContains(t, err, `unknown block "X"`)
	require.ErrorContains(t, err, `task "sink" has no place`, "every mistake is reported at once")
}

func TestDOTNamesBlocksAndWhatIsOnThem(t *testing.T) {
	text := string(format.WriteDOT(graph(t), soc.PublishedLibrary(), chip()))
	require.Contains(t, text, `"A0" [shape=box`)
	require.Contains(t, text, `"M1" [shape=cylinder`)
	require.Contains(t, text, `\nsource->scale`)
	require.Contains(t, text, `"P0" -- "B0";`)
	require.Equal(t, 4, strings.Count(text, " -- "))
}

func ExampleWriteWorkload() {
	w := soc.Workload{
		Name: "one", Last: "work", LatencyBudgetS: 0.1, Budget: soc.Budget{PowerMW: 9, AreaMM2: 17},
		Tasks: []soc.Task{{Name: "source"}, {Name: "work", Cycles: 1000}, {Name: "sink"}},
		Edges: []soc.Edge{{From: "source", To: "work", Bytes: 64}, {From: "work", To: "sink", Bytes: 64}},
	}
	text := format.WriteWorkload(w)
	back, err := format.ReadWorkload(text)
	fmt.Println(json.Valid(text), len(back.Tasks), err)
	// Output: true 3 <nil>
}

func FuzzReadDesign(f *testing.F) {
	g, err := soc.Together(camera())
	require.NoError(f, err)
	f.Add(format.WriteDesign(g, chip()))
	f.Add([]byte(`{"blocks": [{"id": "P0", "kind": "gpp"}], "links": [["P0"]]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, err := format.ReadDesign(text, g)
		if err != nil {
			return
		}
		again, err := format.ReadDesign(format.WriteDesign(g, d), g)
		require.NoError(t, err)
		require.Equal(t, len(d.Links), len(again.Links))
		require.Equal(t, d.TaskPE, again.TaskPE)
		require.Equal(t, d.Blocks, again.Blocks)
	})
}

func BenchmarkReadDesign(b *testing.B) {
	text, g := format.WriteDesign(graph(b), chip()), graph(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := format.ReadDesign(text, g); err != nil {
			b.Fatal(err)
		}
	}
}
