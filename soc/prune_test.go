package soc_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
)

// linksLeft are those of the result by ID, the first name of a pair being the lesser.
func linksLeft(d *soc.Design, r *soc.Result) (list []string) {
	for _, l := range r.Links {
		a, b := d.Blocks[l.A].ID, d.Blocks[l.B].ID
		list = append(list, min(a, b)+"-"+max(a, b))
	}
	slices.Sort(list)
	return list
}

func TestPruning(t *testing.T) {
	s := system(t, plain(), soc.Repaired, chain())
	four := []soc.Block{processor("P0"), processor("P1"), bus("B0", 4), bus("B1", 4), bus("B2", 4), dram("M0", 4), dram("M1", 4)}
	for _, c := range []struct {
		name         string
		links        []string
		tasks, edges map[string]string
		want         []string
	}{
		{"nothing to prune", []string{"P0-B0", "B0-M0", "B0-B1", "B1-M1", "P1-B1"}, map[string]string{"b": "P1"}, nil,
			[]string{"B0-B1", "B0-M0", "B0-P0", "B1-M1", "B1-P1"}},
		{"link between buses that no task crosses", []string{"P0-B0", "B0-M0", "B0-B1", "B1-M1", "P1-B1"}, nil, nil, []string{"B0-M0", "B0-P0"}},
		{"bus of processors at the end", []string{"P0-B0", "B0-B1", "B1-M0", "P1-B1"}, map[string]string{"b": "P1"}, nil, []string{"B1-M0", "B1-P0", "B1-P1"}},
		{"bus of memories at the end", []string{"P0-B0", "B0-M1", "B0-B1", "B1-M0"}, nil, map[string]string{"a>b": "M1"}, []string{"B0-M0", "B0-M1", "B0-P0"}},
		{"bus in the middle with nothing", []string{"P0-B0", "B0-M1", "B0-B2", "B2-B1", "B1-M0", "P1-B1"}, map[string]string{"b": "P1"}, nil,
			[]string{"B0-B1", "B0-M1", "B0-P0", "B1-M0", "B1-P1"}},
		{"both at once", []string{"P0-B0", "B0-B2", "B2-B1", "B1-M0"}, nil, nil, []string{"B1-M0", "B1-P0"}},
		{"star whose centre has nothing", []string{"B2-B0", "B2-B1", "P0-B0", "B0-M0", "P1-B1", "B1-M1"}, map[string]string{"b": "P1"}, map[string]string{"b>sink": "M1"},
			[]string{"B0-B1", "B0-M0", "B0-P0", "B1-M1", "B1-P1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := build(t, s, slices.Clone(four), c.links, c.tasks, c.edges)
			require.Equal(t, c.want, linksLeft(d, simulate(t, s, d)))
		})
	}
}

func TestWalksMayStartAtTheFirstBlock(t *testing.T) {
	s := system(t, plain(), soc.Repaired, parallel())
	names := func(d *soc.Design) (list []string) {
		for _, task := range simulate(t, s, d).Priority {
			list = append(list, s.Graph().Tasks[task].Name)
		}
		return list
	}
	d := build(t, s, []soc.Block{processor("P0"), processor("P1"), bus("B0", 4), dram("M0", 4)}, []string{"P0-B0", "P1-B0", "B0-M0"},
		map[string]string{"source": "P1", "b": "P1", "sink": "P1"}, nil)
	require.Equal(t, []string{"source", "b", "sink", "a"}, names(d))
	d.FromFirst = true
	require.Equal(t, []string{"a", "source", "sink", "b"}, names(d)) // the bus is laid with source, a, sink, b
	// A first block that is not on the network does not count.
	d.Blocks = append([]soc.Block{processor("P2")}, d.Blocks...)
	for i := range d.Links {
		d.Links[i].A++
		d.Links[i].B++
	}
	for i := range d.TaskPE {
		d.TaskPE[i]++
	}
	for i := range d.FlowMemory {
		d.FlowMemory[i]++
	}
	require.Equal(t, []string{"source", "b", "sink", "a"}, names(d))
}
