package format_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
	"github.com/codesign-gym/codesign/soc/format"
)

// tables are the camera as FARSI's database has it: short rows, spaces and floating-point counts included.
func tables() format.FARSIWorkload {
	return format.FARSIWorkload{
		DataMovement: []byte("Task Name,source,scale,encode,sink\nsource,,65536,\nscale,,,4096.0,\nencode,,,,128\nsink,,,,\n\n"),
		Performance:  []byte("Task Name,A53,IP0\nsource,0,\nscale,500,\nencode,80000,7000\nsink,0,"),
		Energy:       []byte("Task Name,A53,IP0\nencode,,250\n"),
		Area:         []byte("Task Name,A53,IP0\nencode,,12000\n"),
		Iterations:   []byte("Task Name,number of iterations\nscale,3\nencode,16\n"),
		Budget:       []byte("Workload,latency,power,area,cost\nother,1,1,1,1\ncamera, .034,0.008737,0.000017475,\n"),
		LastTasks:    []byte("workload,last_task\ncamera,encode\n"),
	}
}

func TestFARSITablesAreTheWorkload(t *testing.T) {
	w, err := tables().Read("camera")
	require.NoError(t, err)
	require.InDelta(t, 8.737, w.Budget.PowerMW, 1e-12)
	require.InDelta(t, 17.475, w.Budget.AreaMM2, 1e-12)
	w.Budget = camera().Budget
	require.Equal(t, camera(), w)
}

func TestFARSITablesThatMayBeMissing(t *testing.T) {
	f := tables()
	f.Iterations, f.LastTasks = nil, nil
	w, err := f.Read("camera")
	require.NoError(t, err)
	require.Equal(t, "sink", w.Last)
	require.Zero(t, w.Tasks[2].LoopIterations)
}

func TestMistakesInFARSITablesAreNamed(t *testing.T) {
	change := func(text *[]byte, old, new string) { *text = []byte(strings.Replace(string(*text), old, new, 1)) }
	for _, c := range []struct {
		name, want string
		spoil      func(*format.FARSIWorkload)
	}{
		{"not a number", `"many" in row "scale", column "encode": want a number`, func(f *format.FARSIWorkload) { change(&f.DataMovement, "4096.0", "many") }},
		{"half a byte", `"0.5" in row "scale", column "encode": want a whole number`, func(f *format.FARSIWorkload) { change(&f.DataMovement, "4096.0", "0.5") }},
		{"negative bytes", `-5 bytes`, func(f *format.FARSIWorkload) { change(&f.DataMovement, "4096.0", "-5") }},
		{"an edge to an unknown task", `unknown task "shrink"`, func(f *format.FARSIWorkload) { change(&f.DataMovement, "encode,sink", "encode,shrink") }},
		{"no accelerator column", `no column "IP0" (there are Task Name, A53, XP0)`, func(f *format.FARSIWorkload) { change(&f.Energy, "IP0", "XP0") }},
		{"no budget", `no row of workload "camera"`, func(f *format.FARSIWorkload) { change(&f.Budget, "camera", "kamera") }},
		{"a row too long", "cells for 3 columns", func(f *format.FARSIWorkload) { change(&f.Area, "12000", "12000,3") }},
		{"an empty table", "the table is empty", func(f *format.FARSIWorkload) { f.Performance = nil }},
		{"energy without accelerator", "energy or area but no cycles", func(f *format.FARSIWorkload) { change(&f.Performance, "80000,7000", "80000,") }},
		{"iterations of a third kind", "3 columns: want the task and its iterations", func(f *format.FARSIWorkload) { change(&f.Iterations, "iterations", "iterations,more") }},
		{"no last task", "a row of workload", func(f *format.FARSIWorkload) { change(&f.LastTasks, "camera", "kamera") }},
	} {
		t.Run(c.name, func(t *testing.T) {
			f := tables()
			c.spoil(&f)
			_, err := f.Read("camera")
			require.ErrorContains(t, err, c.want)
		})
	}
}

const (
	hardware = "Block Name,A53_0,LMEM_ic_0_1_sr1,LMEM_2_4_ta10,encode_IP0_4_8_x\nA53_0,,1,,\nLMEM_ic_0_1_sr1,1,,1,1\nLMEM_2_4_ta10,,1,,\nencode_IP0_4_8_x,,1,,\n"
	mapping  = "A53_0,LMEM_ic_0_1_sr1,LMEM_2_4_ta10,encode_IP0_4_8_x\nsource,source -> scale,source -> scale,encode\nscale,,scale -> encode,\nsink,,encode -> sink,\n"
)

// library has the widths of FARSI's.
func library() soc.Library { return soc.Library{WidthsBytes: []int{4, 8, 16, 32, 64, 128}} }

func TestFARSIHardwareGraphIsTheDesign(t *testing.T) {
	d, err := format.ReadFARSIDesign([]byte(hardware), []byte(mapping), graph(t), library())
	require.NoError(t, err)
	require.Equal(t, &soc.Design{
		Blocks: []soc.Block{
			{ID: "A53_0", Kind: soc.GPP},
			{ID: "LMEM_ic_0_1_sr1", Kind: soc.Bus, WidthBytes: 4, ClockFactor: 1},
			{ID: "LMEM_2_4_ta10", Kind: soc.SRAM, WidthBytes: 16, ClockFactor: 4},
			{ID: "encode_IP0_4_8_x", Kind: soc.IP, Task: 2, Unroll: 4, ClockFactor: 8},
		},
		Links:      []soc.Link{{A: 0, B: 1}, {A: 1, B: 2}, {A: 1, B: 3}},
		TaskPE:     []int{0, 0, 3, 0},
		FlowMemory: []int{2, 2, 2},
	}, d)
}

func TestMistakesInFARSIDesignsAreNamed(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"block of no family", "A53_0", "RISCV_0", `block "RISCV_0": want A53…`},
		{"width that is not there", "LMEM_2_4", "LMEM_9_4", `block "LMEM_9_4_ta10": want`},
		{"accelerator of no task", "encode_IP0", "decode_IP0", `block "decode_IP0_4_8_x": want`},
		{"task without place", "\nscale,,scale -> encode", "\n,,scale -> encode", `task "scale" has no place`},
		{"edge without place", "encode -> sink", "", `edge "encode->sink" has no place`},
		{"edge that is none", "scale -> encode", "scale to encode", `"scale to encode" is not an edge`},
		{"edge that is not there", "scale -> encode", "scale -> sink", `the graph has no edge "scale -> sink"`},
		{"neighbour that is no 1", "A53_0,,1,,\nLMEM", "A53_0,,yes,,\nLMEM", `"yes" in row "A53_0"`},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Contains(t, hardware+mapping, c.old)
			_, err := format.ReadFARSIDesign([]byte(strings.ReplaceAll(hardware, c.old, c.new)), []byte(strings.ReplaceAll(mapping, c.old, c.new)), graph(t), library())
			require.ErrorContains(t, err, c.want)
		})
	}
}

func FuzzReadFARSI(f *testing.F) {
	f.Add(tables().DataMovement, tables().Performance)
	f.Add([]byte(hardware), []byte(mapping))
	g, err := soc.Together(camera())
	require.NoError(f, err)
	f.Fuzz(func(t *testing.T, a, b []byte) {
		from := tables()
		from.DataMovement, from.Performance = a, b
		if w, err := from.Read("camera"); err == nil {
			require.NoError(t, w.Check())
		}
		if d, err := format.ReadFARSIDesign(a, b, g, library()); err == nil {
			require.Len(t, d.TaskPE, len(g.Tasks))
		}
	})
}
