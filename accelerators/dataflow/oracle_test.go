package dataflow_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
)

// interval is [from, to) along a dimension; Y and X are output rows and columns.
type interval struct{ from, to int }

type box [dataflow.NumDims]interval

// element is the place of an element in its tensor.
type element [dataflow.NumDims]int

type elements map[element]bool

// walker executes a mapping in output coordinates step by step, with the elements in sets. It is the slow version of the profile physical.
type walker struct {
	layer   dataflow.Layer
	mapping dataflow.Mapping
	units   []int
}

func newWalker(h dataflow.Hardware, l dataflow.Layer, m dataflow.Mapping) *walker {
	w := &walker{layer: l, mapping: m}
	cluster := 1
	for _, level := range m[1:] {
		cluster *= level.Units
	}
	w.units = append(w.units, h.PEs/cluster)
	for _, level := range m[1:] {
		w.units = append(w.units, level.Units)
	}
	return w
}

func dimOf(d dataflow.Dim) dataflow.Dim {
	switch d {
	case dataflow.OutY:
		return dataflow.Y
	case dataflow.OutX:
		return dataflow.X
	}
	return d
}

// cuts lists the boxes of the units of a level, step after step in nest order, with the index of the map that moved and whether maps start again.
func (w *walker) cuts(i int, whole box, visit func(indices []int, units []box)) {
	maps := w.mapping[i].Maps
	indices := make([]int, len(maps))
	counts := make([]int, len(maps))
	for j, m := range maps {
		span, stride := whole[dimOf(m.Dim)].to-whole[dimOf(m.Dim)].from, m.Step
		if m.Spatial {
			stride *= w.units[i]
		}
		counts[j] = max(1, (span+stride-1)/stride)
		if span <= m.Size {
			counts[j] = 1
		}
	}
	for {
		var units []box
		for u := range w.units[i] {
			b, empty := whole, false
			for j, m := range maps {
				d := dimOf(m.Dim)
				from := whole[d].from + indices[j]*m.Step
				if m.Spatial {
					from = whole[d].from + (indices[j]*w.units[i]+u)*m.Step
				}
				b[d] = interval{from, min(from+m.Size, whole[d].to)}
				empty = empty || b[d].from >= b[d].to
			}
			if !empty {
				units = append(units, b)
			}
		}
		visit(indices, units)
		j := len(maps) - 1
		for ; j >= 0; j-- {
			if indices[j]++; indices[j] < counts[j] {
				break
			}
			indices[j] = 0
		}
		if j < 0 {
			return
		}
	}
}

// holds adds the elements of a tensor that a box needs.
func (w *walker) holds(t dataflow.Tensor, b box, into elements) {
	sy, sx := max(w.layer.StrideY, 1), max(w.layer.StrideX, 1)
	var e element
	var loop func(d int)
	loop = func(d int) {
		if d == dataflow.NumDims {
			p := element{}
			switch w.layer.Op {
			case dataflow.MatMul:
				switch t {
				case dataflow.Input:
					p[dataflow.M], p[dataflow.K] = e[dataflow.M], e[dataflow.K]
				case dataflow.Weight:
					p[dataflow.K], p[dataflow.N] = e[dataflow.K], e[dataflow.N]
				default:
					p[dataflow.M], p[dataflow.N] = e[dataflow.M], e[dataflow.N]
				}
			default:
				switch t {
				case dataflow.Input:
					p = e
					p[dataflow.K], p[dataflow.R], p[dataflow.S] = 0, 0, 0
					p[dataflow.Y], p[dataflow.X] = e[dataflow.Y]*sy+e[dataflow.R], e[dataflow.X]*sx+e[dataflow.S]
				case dataflow.Weight:
					p = e
					p[dataflow.N], p[dataflow.Y], p[dataflow.X] = 0, 0, 0
				default:
					p = e
					p[dataflow.R], p[dataflow.S] = 0, 0
					if w.layer.Op != dataflow.Depthwise {
						p[dataflow.C] = 0
					}
				}
			}
			into[p] = true
			return
		}
		for e[d] = b[d].from; e[d] < b[d].to; e[d]++ {
			loop(d + 1)
		}
	}
	loop(0)
}

// deep visits what the PEs under a unit hold: path names the PE, rounds the parts of it that follow each other along shared rows and columns.
func (w *walker) deep(i int, b box, path, rounds string, visit func(path, rounds string, b box)) {
	if i == len(w.mapping) {
		visit(path, rounds, b)
		return
	}
	w.cuts(i, b, func(indices []int, units []box) {
		inner := rounds
		for j, m := range w.mapping[i].Maps {
			switch dimOf(m.Dim) {
			case dataflow.Y, dataflow.X, dataflow.R, dataflow.S:
				if m.Spatial || w.sharedBelow(i, m.Dim) {
					inner += string(rune('a'+i)) + string(rune('0'+indices[j])) + "."
				}
			}
		}
		for u, unit := range units {
			w.deep(i+1, unit, path+string(rune('0'+u))+".", inner, visit)
		}
	})
}

func (w *walker) sharedBelow(i int, d dataflow.Dim) bool {
	for _, level := range w.mapping[i+1:] {
		for _, m := range level.Maps {
			if m.Spatial && dimOf(m.Dim) == dimOf(d) {
				return true
			}
		}
	}
	return false
}

// counts is what the walker finds.
type counts struct {
	macs, busy            int64
	reads, copies         [2]int64 // input, weight
	written, resumed      int64
	l1, l2                int64 // elements in the first PE and in all units, first step
	once                  bool
	ingress, work, egress []int64 // by step
}

func (w *walker) run(whole box) counts {
	var c counts
	all := elements{}
	visited := elements{}
	var before []int
	var held [3][]elements            // by unit
	var pieces [3]map[string]elements // by PE and part
	for t := range pieces {
		pieces[t] = map[string]elements{}
	}
	c.once = true
	w.cuts(0, whole, func(indices []int, units []box) {
		moved, again := -1, map[dataflow.Dim]bool{}
		for j := range indices {
			if before != nil && indices[j] != before[j] {
				if moved < 0 {
					moved = j
				} else {
					again[dimOf(w.mapping[0].Maps[j].Dim)] = true
				}
			}
		}
		before = append([]int{}, indices...)
		work := map[string]int64{}
		var nowHeld [3][]elements
		var nowPieces [3]map[string]elements
		for t := range nowPieces {
			nowPieces[t] = map[string]elements{}
		}
		for u, unit := range units {
			for t := range nowHeld {
				e := elements{}
				w.holds(dataflow.Tensor(t), unit, e)
				nowHeld[t] = append(nowHeld[t], e)
			}
			w.deep(1, unit, string(rune('0'+u))+".", "", func(path, rounds string, b box) {
				n := int64(1)
				for _, s := range b {
					n *= int64(s.to - s.from)
				}
				work[path] += n
				c.macs += n
				for t := range nowPieces {
					key := path
					if t == int(dataflow.Input) {
						key += rounds
					}
					if nowPieces[t][key] == nil {
						nowPieces[t][key] = elements{}
					}
					w.holds(dataflow.Tensor(t), b, nowPieces[t][key])
				}
				var e element
				var loop func(d int)
				loop = func(d int) {
					if d == dataflow.NumDims {
						c.once = c.once && !all[e]
						all[e] = true
						return
					}
					for e[d] = b[d].from; e[d] < b[d].to; e[d]++ {
						loop(d + 1)
					}
				}
				loop(0)
			})
		}
		if moved < 0 {
			for t := range nowPieces {
				for key, e := range nowPieces[t] {
					if strings.HasPrefix(key, strings.Repeat("0.", len(w.mapping))) {
						c.l1 += int64(len(e))
					}
				}
				union := elements{}
				for _, e := range nowHeld[t] {
					maps.Copy(union, e)
				}
				c.l2 += int64(len(union))
			}
		}
		var longest int64
		for _, n := range work {
			longest = max(longest, n)
		}
		c.busy += longest
		c.work = append(c.work, longest)
		var ingress int64
		for t := range 2 {
			tensor := dataflow.Tensor(t)
			how := w.how(tensor, moved, again)
			union := elements{}
			for u, e := range nowHeld[t] {
				for x := range e {
					if how == "anew" || how == "moves" && !(u < len(held[t]) && held[t][u][x]) {
						union[x] = true
					}
				}
			}
			c.reads[t] += int64(len(union))
			ingress += int64(len(union))
			inPEs := how
			if how == "moves" && tensor == dataflow.Input && w.sharedBelow(0, w.mapping[0].Maps[moved].Dim) {
				inPEs = "anew"
			}
			for key, e := range nowPieces[t] {
				for x := range e {
					if inPEs == "anew" || inPEs == "moves" && !pieces[t][key][x] {
						c.copies[t]++
					}
				}
			}
		}
		var egress int64
		if w.how(dataflow.Output, moved, again) != "stays" {
			union := elements{}
			for _, e := range nowHeld[dataflow.Output] {
				for x := range e {
					union[x] = true
				}
			}
			egress = int64(len(union))
			for x := range union {
				if visited[x] {
					c.resumed++
					ingress++
				}
				visited[x] = true
			}
		}
		c.written += egress
		c.ingress, c.egress = append(c.ingress, ingress), append(c.egress, egress)
		for t := range held { // a unit without work keeps what it has
			for u, e := range nowHeld[t] {
				if u == len(held[t]) {
					held[t] = append(held[t], nil)
				}
				held[t][u] = e
			}
			maps.Copy(pieces[t], nowPieces[t])
		}
	})
	volume := 1
	for _, s := range whole {
		volume *= s.to - s.from
	}
	c.once = c.once && len(all) == volume
	return c
}

// how applies the rule of reuse: a tensor is loaded anew after one of its maps started again or its shared map moved, in part after a move in time along it,
// and stays otherwise.
func (w *walker) how(t dataflow.Tensor, moved int, again map[dataflow.Dim]bool) string {
	if moved < 0 {
		return "anew"
	}
	lies := func(d dataflow.Dim) bool {
		a, b := element{}, element{}
		b[d] = 1
		one, two := elements{}, elements{}
		var p, q box
		for i := range p {
			p[i], q[i] = interval{a[i], a[i] + 1}, interval{b[i], b[i] + 1}
		}
		w.holds(t, p, one)
		w.holds(t, q, two)
		for x := range one {
			return !two[x]
		}
		return false
	}
	for d := range again {
		if lies(d) {
			return "anew"
		}
	}
	m := w.mapping[0].Maps[moved]
	switch d := dimOf(m.Dim); {
	case !lies(d):
		return "stays"
	case m.Spatial || d == dataflow.R || d == dataflow.S:
		return "anew"
	}
	for _, other := range w.mapping[0].Maps {
		kernel := map[dataflow.Dim]dataflow.Dim{dataflow.OutY: dataflow.R, dataflow.OutX: dataflow.S}[m.Dim]
		if other.Spatial && other.Dim == kernel && kernel != dataflow.C {
			return "anew" // each unit holds other rows
		}
	}
	return "moves"
}

// drawn is a random small case in output coordinates that computes each product once.
func drawn(t *rapid.T) (dataflow.Hardware, dataflow.Layer, dataflow.Mapping, box) {
	l := dataflow.Layer{Op: rapid.SampledFrom([]dataflow.Op{dataflow.Conv, dataflow.Conv, dataflow.Depthwise, dataflow.Grouped, dataflow.MatMul}).Draw(t, "op")}
	size := func(name string, most int) int { return rapid.IntRange(1, most).Draw(t, name) }
	var dims []dataflow.Dim
	var whole box
	for d := range whole {
		whole[d] = interval{0, 1}
	}
	if l.Op == dataflow.MatMul {
		for _, d := range []dataflow.Dim{dataflow.M, dataflow.N, dataflow.K} {
			l.Size[d] = size(d.String(), 7)
			whole[d].to = l.Size[d]
			dims = append(dims, d)
		}
	} else {
		l.StrideY, l.StrideX = size("stride y", 3), size("stride x", 2)
		for _, d := range []dataflow.Dim{dataflow.C, dataflow.K, dataflow.R, dataflow.S} {
			if d == dataflow.K && l.Op == dataflow.Depthwise {
				continue
			}
			l.Size[d] = size(d.String(), 3)
			whole[d].to = l.Size[d]
			dims = append(dims, d)
		}
		if l.Op == dataflow.Grouped {
			l.Size[dataflow.G] = size("G", 2)
			whole[dataflow.G].to = l.Size[dataflow.G]
			dims = append(dims, dataflow.G)
		}
		whole[dataflow.Y].to, whole[dataflow.X].to = size("rows", 6), size("cols", 5)
		l.Size[dataflow.Y] = (whole[dataflow.Y].to-1)*l.StrideY + l.Size[dataflow.R]
		l.Size[dataflow.X] = (whole[dataflow.X].to-1)*l.StrideX + l.Size[dataflow.S]
		dims = append(dims, dataflow.OutY, dataflow.OutX)
	}
	var m dataflow.Mapping
	for i := range rapid.IntRange(1, 3).Draw(t, "levels") {
		level := dataflow.Level{}
		if i > 0 {
			level.Units = size("units", 4)
		}
		order := rapid.Permutation(dims).Draw(t, "order")[:rapid.IntRange(1, len(dims)).Draw(t, "maps")]
		shared := rapid.IntRange(0, len(order)-1).Draw(t, "shared")
		for j, d := range order {
			tile := size("tile", 4)
			level.Maps = append(level.Maps, dataflow.Map{Spatial: j == shared, Dim: d, Size: tile, Step: tile})
		}
		m = append(m, level)
	}
	h := dataflow.Hardware{PEs: m.ClusterPEs() * size("top units", 4), NoCBandwidth: size("bandwidth", 9), HopCycles: rapid.IntRange(0, 2).Draw(t, "hop")}
	return h, l, m, whole
}

func TestPhysicalCountsAreThoseOfAStepByStepWalk(t *testing.T) {
	var scratch dataflow.Scratch
	rapid.Check(t, func(t *rapid.T) {
		h, l, m, whole := drawn(t)
		want := newWalker(h, l, m).run(whole)
		require.True(t, want.once)
		got, err := dataflow.Evaluate(h, l, m, dataflow.Physical, &scratch)
		require.NoError(t, err)
		require.Equal(t, dataflow.Works, got.Infeasible)
		require.Equal(t, want.macs, got.MACs, "MACs")
		in, weight, out := got.Operands[dataflow.Input], got.Operands[dataflow.Weight], got.Operands[dataflow.Output]
		require.Equal(t, want.reads[0], in.L2Reads, "input reads")
		require.Equal(t, want.reads[1], weight.L2Reads, "weight reads")
		require.Equal(t, want.copies[1], weight.L1Writes, "weight copies")
		require.Equal(t, want.written, out.L2Writes, "outputs written")
		require.Equal(t, want.resumed+l.Elements(dataflow.Output), out.L2Reads, "outputs read")
		require.Equal(t, 2*want.l1, got.L1Bytes, "L1 need")
		require.Equal(t, 2*want.l2, got.L2Bytes, "L2 need")
		require.InDelta(t, float64(want.macs)/float64(want.busy), got.ActivePEs(), 1e-9, "PEs in use")
		b := int64(h.NoCBandwidth)
		cycles := 2 * int64(h.HopCycles) * int64(len(m))
		for i := range want.work {
			in, out := (want.ingress[i]+b-1)/b, (want.egress[i]+b-1)/b
			if i == 0 {
				cycles += in + want.work[i] + out
			} else {
				cycles += max(in, want.work[i], out)
			}
		}
		require.Equal(t, cycles, got.RuntimeCycles, "cycles")
		require.Equal(t, want.copies[0], in.L1Writes, "input copies")
	})
}
