package soc

import (
	"bytes"
	"context"
	"encoding/xml"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/simtest"
	"github.com/codesign-gym/codesign/soc"
	"github.com/codesign-gym/codesign/soc/format"
)

func TestSimulatorsConform(t *testing.T) {
	for _, f := range Factories() {
		for _, given := range []map[string]any{
			{"workload": "audio_decoder", "profile": repaired}, {"workload": "hpvm_cava+edge_detection", "profile": reference},
		} {
			in, _, err := f.Open(given)
			require.NoError(t, err)
			t.Run(f.Name, func(t *testing.T) { simtest.Test(t, in, simtest.Points(4), simtest.Whole(0)) })
		}
	}
}

// A random point, its design and the point of that design: the same design up to names, so the same values, and the point is a fixed point of it all.
func TestPointsOfDesignsAreFound(t *testing.T) {
	c := opened(t, map[string]any{"workload": "edge_detection", "memories": 3, "buses": 4})
	rapid.Check(t, func(t *rapid.T) {
		p := c.spec.Space.Sample(seed.New(rapid.Uint64().Draw(t, "seed")))
		var d, again soc.Design
		c.layout.at(p).design(&d)
		require.NoError(t, c.system.Check(&d))
		q, err := c.layout.point(&d)
		require.NoError(t, err)
		c.layout.at(q).design(&again)
		require.Len(t, again.Blocks, len(d.Blocks))
		require.Len(t, again.Links, len(d.Links))
		for task := range d.TaskPE {
			one, other := d.Blocks[d.TaskPE[task]], again.Blocks[again.TaskPE[task]]
			one.ID, other.ID = "", ""
			require.Equal(t, one, other)
		}
		r, err := c.layout.point(&again)
		require.NoError(t, err)
		require.Equal(t, q, r)
		fixed, changed := c.repair(q)
		require.False(t, changed, "%v %v", q, fixed)
	})
}

// What Repair zeroes is not used: the repaired point is the same design.
func TestRepairKeepsTheDesign(t *testing.T) {
	c := opened(t, map[string]any{"workload": "audio_decoder"})
	rapid.Check(t, func(t *rapid.T) {
		p := c.spec.Space.Sample(seed.New(rapid.Uint64().Draw(t, "seed")))
		q, _ := c.repair(p)
		var before, after soc.Design
		c.layout.at(p).design(&before)
		c.layout.at(q).design(&after)
		require.Equal(t, before, after)
	})
}

func TestLevelZeroIsTheCheapestDesign(t *testing.T) {
	c := opened(t, nil)
	var d soc.Design
	c.layout.at(make(space.Point, c.spec.Space.Len())).design(&d)
	require.Equal(t, []soc.Block{
		{ID: "gpp0", Kind: soc.GPP}, {ID: "mem0", Kind: soc.DRAM, WidthBytes: 4, ClockFactor: 1}, {ID: "bus0", Kind: soc.Bus, WidthBytes: 4, ClockFactor: 1},
	}, d.Blocks)
	require.Equal(t, []soc.Link{{A: 0, B: 2}, {A: 2, B: 1}}, d.Links)
}

// The mask of a bus tree: bus0 is the top of bus1 and bus2, of which only the second is used, so that bus0 joins nothing.
func TestBusesThatJoinNothingAreLeftOut(t *testing.T) {
	c := opened(t, nil)
	s := c.spec.Space
	p := make(space.Point, s.Len())
	set := func(p space.Point, name string, level int) {
		axis, err := s.Axis(name)
		require.NoError(t, err)
		p[axis] = level
	}
	set(p, "gpp0_bus", 2)
	set(p, "mem0_bus", 2)
	require.Equal(t, []bool{false, false, true}, c.layout.at(p).joins)
	set(p, "mem0_bus", 1)
	require.Equal(t, []bool{true, true, true}, c.layout.at(p).joins, "bus1 and bus2 meet at bus0")
	set(p, "bus2_up", 1)
	require.Equal(t, []bool{false, true, true}, c.layout.at(p).joins, "bus2 hangs on bus1")
}

func artifactsOf(t *testing.T, in simulators.Instance, p space.Point) map[string][]byte {
	list, err := in.Detail(context.Background(), p)
	require.NoError(t, err)
	files := map[string][]byte{}
	for _, a := range list {
		files[a.Name] = a.Data
	}
	return files
}

func TestDetailExplains(t *testing.T) {
	in, _, err := Comprehensive().Open(map[string]any{"workload": "hpvm_cava", "profile": reference})
	require.NoError(t, err)
	p := in.Advise(nil)[0].Point
	files := artifactsOf(t, in, p)
	// All tasks run on the one processor, which limits the longest of them.
	require.Contains(t, string(files["why.csv"]), "gamut_map_fxp_cloned,gpp0,2e+09,1,gpp0,compute,1,")
	require.Equal(t, 10, strings.Count(string(files["tasks.csv"]), "\n"), "a heading and nine tasks")
	require.Contains(t, string(files["blocks.csv"]), "gpp0,gpp,A53_pe,true,0.65,")
	for _, name := range []string{"timeline.svg", "diagram.svg"} {
		d := xml.NewDecoder(bytes.NewReader(files[name]))
		for err == nil {
			_, err = d.Token()
		}
		require.ErrorIs(t, err, io.EOF, name)
		err = nil
	}
	require.Contains(t, string(files["timeline.svg"]), "gamut_map_fxp_cloned")
	require.Contains(t, string(files["diagram.svg"]), "bus0")
	require.Contains(t, string(files["design.dot"]), `"gpp0" -- "bus0"`)
}

// A design that the detail writes is where a search begins that reads it.
func TestDesignFilesAreRead(t *testing.T) {
	in, _, err := Comprehensive().Open(map[string]any{"workload": "edge_detection"})
	require.NoError(t, err)
	p, _ := in.Repair(in.Simulator.Spec().Space.Sample(seed.New(4)))
	path := filepath.Join(t.TempDir(), "design.json")
	require.NoError(t, os.WriteFile(path, artifactsOf(t, in, p)["design.json"], 0o644))
	again, _, err := Comprehensive().Open(map[string]any{"workload": "edge_detection", "start_file": path})
	require.NoError(t, err)
	starts := again.Advise(nil)
	require.Len(t, starts, 1)
	want, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	require.NoError(t, err)
	got, err := again.Simulator.Evaluate(context.Background(), []space.Point{starts[0].Point})
	require.NoError(t, err)
	for i, v := range want[0].Values {
		require.InEpsilon(t, v+1, got[0].Values[i]+1, 1e-12, in.Simulator.Spec().Keys()[i])
	}
}

func TestWorkloadFilesAreRead(t *testing.T) {
	w, err := soc.Lookup("hpvm_cava")
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "w.json")
	require.NoError(t, os.WriteFile(path, format.WriteWorkload(w), 0o644))
	file, _, err := Comprehensive().Open(map[string]any{"workload_file": path})
	require.NoError(t, err)
	named, _, err := Comprehensive().Open(nil)
	require.NoError(t, err)
	require.Regexp(t, `^1\.0\.0\+workload_file\.[0-9a-f]{12}$`, file.Simulator.Spec().Version)
	p := named.Simulator.Spec().Space.Sample(seed.New(1))
	want, err := named.Simulator.Evaluate(context.Background(), []space.Point{p})
	require.NoError(t, err)
	got, err := file.Simulator.Evaluate(context.Background(), []space.Point{p})
	require.NoError(t, err)
	require.Equal(t, want, got)
}

func TestFARSIFoldersAreRead(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644))
	}
	write("mini_database - Task Data Movement.csv", "Task Name,a,b,c\na,,100,\nb,,,200\nc,,,\n")
	write("mini_database - Task PE Performance.csv", "Task Name,A53,IP0\na,0,\nb,5000,700\nc,0,\n")
	write("mini_database - Task PE Energy.csv", "Task Name,A53,IP0\nb,,3\n")
	write("mini_database - Task PE Area.csv", "Task Name,A53,IP0\nb,,900\n")
	path := filepath.Join(dir, "mini_database - Task Data Movement.csv")
	_, _, err := Comprehensive().Open(map[string]any{"workload_file": path})
	require.ErrorContains(t, err, "misc_database - Budget.csv: no such file")
	write("misc_database - Budget.csv", "Workload,latency,power,area\nmini,0.01,0.004,0.00001\n")
	in, _, err := Comprehensive().Open(map[string]any{"workload_file": path, "area_budget_mm2": 3})
	require.NoError(t, err)
	require.Equal(t, []string{"power", "4", "mW"}, in.About[0].Rows[1])
	require.Equal(t, "3", in.About[0].Rows[2][1])
	write("mini_database - Task PE Area.csv", "Task Name,A53,IP0\nb,,big\n")
	_, _, err = Comprehensive().Open(map[string]any{"workload_file": path})
	require.ErrorContains(t, err, `mini_database - Task Data Movement.csv: format: Task PE Area.csv: "big" in row "b", column "IP0": want a number`)
}

func TestBadSettingsAreNamed(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o644))
		return path
	}
	c := opened(t, map[string]any{"workload": "hpvm_cava", "processors": 3})
	var d soc.Design
	wide := make(space.Point, c.spec.Space.Len())
	for task, a := range c.layout.task {
		wide[a.pe] = min(task, 2)
	}
	c.layout.at(wide).design(&d)
	three := write("three.json", string(format.WriteDesign(c.system.Graph(), &d)))
	ring := d.Clone()
	for _, id := range []string{"r1", "r2"} {
		ring.Blocks = append(ring.Blocks, soc.Block{ID: id, Kind: soc.Bus, WidthBytes: 4, ClockFactor: 1})
	}
	bus := slices.IndexFunc(d.Blocks, func(b soc.Block) bool { return b.Kind == soc.Bus })
	last := len(ring.Blocks)
	ring.Links = append(ring.Links, soc.Link{A: bus, B: last - 2}, soc.Link{A: last - 2, B: last - 1}, soc.Link{A: last - 1, B: bus})
	rings := write("ring.json", string(format.WriteDesign(c.system.Graph(), ring)))
	twoBuses := ring.Clone()
	memory := d.FlowMemory[0]
	twoBuses.Links = append(twoBuses.Links[:len(twoBuses.Links)-1], soc.Link{A: memory, B: last - 1})
	two := write("two.json", string(format.WriteDesign(c.system.Graph(), twoBuses)))
	self := d.Clone()
	self.Links = append(self.Links, soc.Link{A: bus, B: bus})
	selves := write("self.json", string(format.WriteDesign(c.system.Graph(), self)))
	foreign := d.Clone()
	foreign.Blocks[d.TaskPE[2]] = soc.Block{ID: "A", Kind: soc.IP, Task: 1, Unroll: 1, ClockFactor: 1}
	foreigns := write("foreign.json", string(format.WriteDesign(c.system.Graph(), foreign)))
	apart := d.Clone()
	apart.Links = slices.DeleteFunc(apart.Links, func(l soc.Link) bool { return l.A == memory || l.B == memory })
	aparts := write("apart.json", string(format.WriteDesign(c.system.Graph(), apart)))
	for _, k := range []struct {
		name  string
		given map[string]any
		want  string
	}{
		{"unknown workload", map[string]any{"workload": "hpvm_cave"}, `setting workload: soc: unknown workload "hpvm_cave": known are audio_decoder`},
		{"no workload", map[string]any{"workload": ""}, `unknown workload ""`},
		{"a workload twice", map[string]any{"workload": "hpvm_cava + hpvm_cava"}, `workload "hpvm_cava" is given twice`},
		{"no file", map[string]any{"workload_file": filepath.Join(dir, "none.json")}, "no such file"},
		{"neither JSON nor FARSI", map[string]any{"workload_file": write("w.toml", "")}, "want a .json file or FARSI's"},
		{"an unknown field", map[string]any{"workload_file": write("w.json", `{"nane": "x"}`)}, `unknown field "nane"`},
		{"a start that is no design", map[string]any{"start_file": write("d.json", `{}`)}, `start_file: ` + filepath.Join(dir, "d.json") + `: format: design: task "souurce" has no place`},
		{"too many processors", map[string]any{"start_file": three, "processors": 2}, "more than 2 processors: raise the setting processors"},
		{"buses in a ring", map[string]any{"start_file": rings}, "the buses are not a tree"},
		{"memory on two buses", map[string]any{"start_file": two}, "memory_on_two_buses"},
		{"bus linked to itself", map[string]any{"start_file": selves}, "self_link"},
		{"task on another's accelerator", map[string]any{"start_file": foreigns}, "task_not_runnable_on_pe"},
		{"no route", map[string]any{"start_file": aparts}, "no_route"},
		{"an unknown profile", map[string]any{"profile": "exact"}, "exact"},
		{"no memories", map[string]any{"memories": 0}, "an integer in [1, 32]"},
		{"negative budget", map[string]any{"power_budget_mw": -1.0}, "a number in [0, 1000000000]"},
	} {
		t.Run(k.name, func(t *testing.T) {
			_, _, err := Comprehensive().Open(k.given)
			require.ErrorContains(t, err, k.want)
			_, _, err = Moves().Open(k.given)
			require.ErrorContains(t, err, k.want)
		})
	}
	_, _, err := Comprehensive().Open(map[string]any{"start_file": three, "processors": 3})
	require.NoError(t, err)
}

// Data that no memory of the library can hold is a property of the design.
func TestTooMuchDataIsInfeasible(t *testing.T) {
	w := soc.Workload{
		Name: "flood", Last: "work", LatencyBudgetS: 1, Budget: soc.Budget{PowerMW: 1, AreaMM2: 1},
		Tasks: []soc.Task{{Name: "source"}, {Name: "work", Cycles: 1000}, {Name: "sink"}},
		Edges: []soc.Edge{{From: "source", To: "work", Bytes: 1 << 40}, {From: "work", To: "sink", Bytes: 1}},
	}
	path := filepath.Join(t.TempDir(), "flood.json")
	require.NoError(t, os.WriteFile(path, format.WriteWorkload(w), 0o644))
	in, _, err := Comprehensive().Open(map[string]any{"workload_file": path})
	require.NoError(t, err)
	p := make(space.Point, in.Simulator.Spec().Space.Len())
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
	require.NoError(t, err)
	require.Contains(t, results[0].Infeasible, "too_large: memory mem0")
	require.Equal(t, 1.0, results[0].Violation)
	require.Empty(t, in.Advise(p))
	_, err = in.Detail(context.Background(), p)
	require.ErrorContains(t, err, "too_large")
	m, _, err := Moves().Open(map[string]any{"workload_file": path})
	require.NoError(t, err)
	e, err := m()
	require.NoError(t, err)
	_, err = e.Reset(context.Background(), 1)
	require.ErrorContains(t, err, "soc/moves: the start design: too_large")
}
