package loopnest

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// walker executes a mapping iteration by iteration and tracks the elements that every instance holds: the obvious version of what words.go computes.
type walker struct {
	m     *Model
	loops []walkLoop // outermost first, all of them
	keep  []TensorSet
	tile  [][]int64 // by level, then dimension; the last one is of the compute units: ones
}

type walkLoop struct {
	dimension, level int
	spatial          bool
	trips, stride    int64
}

func newWalker(m *Model, mapping Mapping) *walker {
	w := &walker{m: m}
	for i, l := range mapping.Levels {
		w.keep = append(w.keep, l.Keep)
		for _, t := range l.Temporal {
			w.loops = append(w.loops, walkLoop{t.Dimension, i, false, t.Trips, 0})
		}
		for _, s := range l.Spatial {
			w.loops = append(w.loops, walkLoop{s.Dimension, i, true, s.Trips, 0})
		}
	}
	w.keep[0] = 1<<len(m.tensors) - 1
	for level := range len(mapping.Levels) + 1 {
		tile := make([]int64, len(m.problem.Dimensions))
		for d := range tile {
			tile[d] = 1
		}
		for i := len(w.loops) - 1; i >= 0; i-- {
			l := &w.loops[i]
			if level == 0 {
				l.stride = tile[l.dimension]
			}
			if l.level >= level {
				tile[l.dimension] *= l.trips
			}
		}
		w.tile = append(w.tile, tile)
	}
	return w
}

// elements are the elements of the smallest box of a tensor that holds what the iterations of a tile pick; empty outside the problem.
func (w *walker) elements(t int, tile []int64, start []int64) map[string]bool {
	keys := []string{""}
	for d := range start {
		if start[d] >= w.m.size[d] {
			return nil
		}
	}
	for _, axis := range w.m.problem.Tensors[t].Axes {
		var low, high int64
		for _, term := range axis {
			d := term.Dimension
			low += term.Coefficient * start[d]
			high += term.Coefficient * (min(start[d]+tile[d], w.m.size[d]) - 1)
		}
		var longer []string
		for _, key := range keys {
			for index := low; index <= high; index++ {
				longer = append(longer, fmt.Sprint(key, index, " "))
			}
		}
		keys = longer
	}
	set := map[string]bool{}
	for _, key := range keys {
		set[key] = true
	}
	return set
}

// tuples calls visit with all digits of some loops, the last one fastest.
func tuples(loops []walkLoop, visit func(digits []int64)) {
	digits := make([]int64, len(loops))
	for {
		visit(digits)
		i := len(loops) - 1
		for ; i >= 0; i-- {
			if digits[i]++; digits[i] < loops[i].trips {
				break
			}
			digits[i] = 0
		}
		if i < 0 {
			return
		}
	}
}

// walked is the traffic of a tensor between two levels, by instance: the digits of the spatial loops outside it.
type walked struct {
	moved, ideal  map[string]int64 // into each inner instance, by the policy and if it kept all that its next tile needs
	fills         map[string]int64 // of them, elements that it had before: outputs that come back
	served, reads map[string]int64 // by each outer instance; reads = of what it had before
}

// walk executes the exchange of a tensor between two levels.
func (w *walker) walk(t, outer, inner int) walked {
	r := walked{map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]int64{}, map[string]int64{}}
	var time, place []walkLoop
	innermost := -1 // of the temporal loops along the tensor
	for _, l := range w.loops {
		switch {
		case l.level >= inner:
		case l.spatial:
			place = append(place, l)
		case l.trips > 1:
			if w.m.tensors[t].relevant>>l.dimension&1 != 0 {
				innermost = len(time)
			}
			time = append(time, l)
		}
	}
	compute := inner == len(w.m.levels)
	if compute {
		innermost = len(time)
	}
	held, kept, seen, back := map[string]map[string]bool{}, map[string]map[string]bool{}, map[string]map[string]bool{}, map[string]map[string]bool{}
	var before []int64
	tuples(time, func(now []int64) {
		changed := 0 // the outermost loop that moved
		for before != nil && changed < len(time) && now[changed] == before[changed] {
			changed++
		}
		first := before == nil
		before = slices.Clone(now)
		sent := map[string]map[string]bool{} // what was sent or taken in this step, by outer instance and content
		tuples(place, func(at []int64) {
			start := make([]int64, len(w.m.problem.Dimensions))
			for i, l := range time {
				start[l.dimension] += now[i] * l.stride
			}
			for i, l := range place {
				start[l.dimension] += at[i] * l.stride
			}
			tile := w.elements(t, w.tile[inner], start)
			if len(tile) == 0 {
				return
			}
			instance, parent, apart := fmt.Sprint(at), "", ""
			for i, l := range place {
				if l.level < outer {
					parent += fmt.Sprint(at[i], " ")
				} else if a := w.m.architecture.Levels[l.level]; w.m.tensors[t].output && a.NoReduction || !w.m.tensors[t].output && a.NoMulticast {
					apart += fmt.Sprint(at[i], " ")
				}
			}
			r.ideal[instance] += int64(len(minus(tile, kept[instance])))
			kept[instance] = tile
			if compute {
				kept[instance] = nil
			}
			if !first && changed > innermost {
				return
			}
			fetch := tile
			if !first && !compute && changed == innermost && innermost == len(time)-1 {
				fetch = minus(tile, held[instance])
			}
			held[instance] = tile
			r.moved[instance] += int64(len(fetch))
			for e := range fetch {
				if back[instance] == nil {
					back[instance] = map[string]bool{}
				}
				if back[instance][e] {
					r.fills[instance]++
				}
				back[instance][e] = true
			}
			names := make([]string, 0, len(fetch))
			for e := range fetch {
				names = append(names, e)
			}
			slices.Sort(names)
			content := apart + "|" + strings.Join(names, ",")
			if sent[parent] == nil {
				sent[parent] = map[string]bool{}
			}
			if sent[parent][content] {
				return
			}
			sent[parent][content] = true
			for e := range fetch {
				if seen[parent] == nil {
					seen[parent] = map[string]bool{}
				}
				r.served[parent]++
				if seen[parent][e] {
					r.reads[parent]++
				}
				seen[parent][e] = true
			}
		})
	})
	return r
}

func minus(a, b map[string]bool) map[string]bool {
	d := map[string]bool{}
	for e := range a {
		if !b[e] {
			d[e] = true
		}
	}
	return d
}

func total(counts map[string]int64) (sum, largest int64) {
	for _, c := range counts {
		sum += c
		largest = max(largest, c)
	}
	return sum, largest
}

// drawn is a random problem, architecture and mapping.
type drawn struct {
	model   *Model
	mapping Mapping
	even    bool
}

func drawProblem(t *rapid.T) Problem {
	p := Problem{Name: "drawn"}
	size := rapid.Int64Range(1, 7)
	for _, name := range []string{"C", "M", "R", "P"} {
		p.Dimensions = append(p.Dimensions, Dimension{name, size.Draw(t, name)})
	}
	coefficient := rapid.Int64Range(1, 3)
	p.Tensors = []Tensor{
		{Name: "Weights", Axes: []Axis{{{1, 1}}, {{0, 1}}, {{2, 1}}}},
		{Name: "Inputs", Axes: []Axis{{{0, 1}}, {{3, coefficient.Draw(t, "stride")}, {2, coefficient.Draw(t, "dilation")}}}},
		{Name: "Outputs", Axes: []Axis{{{1, 1}}, {{3, 1}}}, Output: true},
	}
	return p
}

// drawTrips cuts a dimension into loops for a number of places, the innermost first: trips that divide it, or any that reach its end.
func drawTrips(t *rapid.T, size int64, places int, even bool) []int64 {
	trips, tile := make([]int64, places), int64(1)
	for i := range trips {
		left := (size + tile - 1) / tile
		switch {
		case i == places-1:
			trips[i] = left
		case even:
			trips[i] = rapid.SampledFrom(divisors(left)).Draw(t, "trips")
		default:
			trips[i] = rapid.Int64Range(1, left).Draw(t, "trips")
		}
		tile *= trips[i]
	}
	return trips
}

func divisors(n int64) []int64 {
	var list []int64
	for d := int64(1); d <= n; d++ {
		if n%d == 0 {
			list = append(list, d)
		}
	}
	return list
}

func drawNest(t *rapid.T) drawn {
	d := drawn{even: rapid.Bool().Draw(t, "even")}
	p := drawProblem(t)
	levels := rapid.IntRange(2, 4).Draw(t, "levels")
	a := Architecture{Name: "drawn"}
	instances := 1
	d.mapping.Levels = make([]LevelMapping, levels)
	for i := range levels {
		a.Levels = append(a.Levels, Level{Name: fmt.Sprint("L", i), Instances: instances, NoMulticast: rapid.IntRange(0, 5).Draw(t, "no multicast") == 0,
			NoReduction: rapid.IntRange(0, 5).Draw(t, "no reduction") == 0})
		d.mapping.Levels[i].Keep = TensorSet(rapid.IntRange(0, 7).Draw(t, "keep"))
		instances *= 1 << 12 // never the limit
	}
	a.Compute = Compute{Name: "mac", Instances: instances}
	a.Levels = slices.Clone(a.Levels)
	for i := range a.Levels { // a mesh of 64 by 64 below each
		a.Levels[i].Instances, a.Levels[i].MeshX = 1<<(6*i), 1<<(6*i)
	}
	a.Compute.Instances, a.Compute.MeshX = 1<<(6*levels), 1<<(6*levels)
	for dim, dimension := range p.Dimensions {
		trips := drawTrips(t, dimension.Size, 2*levels, d.even)
		for i, n := range trips { // innermost place first: spatial, then temporal
			l := &d.mapping.Levels[levels-1-i/2]
			if n == 1 {
				continue
			}
			if i%2 == 0 {
				l.Spatial = append(l.Spatial, Spread{Dimension: dim, Trips: n})
			} else {
				l.Temporal = append(l.Temporal, Loop{Dimension: dim, Trips: n})
			}
		}
	}
	for i := range d.mapping.Levels {
		d.mapping.Levels[i].Temporal = rapid.Permutation(d.mapping.Levels[i].Temporal).Draw(t, "order")
	}
	m, err := NewModel(p, a)
	require.NoError(t, err)
	d.model = m
	return d
}

// TestCountsAgreeWithAWalk compares every count of random nests with the walk: equal to the documented policy, and never below what an instance must
// fetch that keeps all that it can.
func TestCountsAgreeWithAWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawNest(t)
		var r Result
		require.NoError(t, d.model.Evaluate(&d.mapping, &r))
		if r.Infeasible.Cause != Feasible {
			t.Skip(d.model.Reason(r.Infeasible))
		}
		w := newWalker(d.model, d.mapping)
		for tensor := range d.model.tensors {
			outer := 0
			for inner := 1; inner <= len(d.model.levels); inner++ {
				if inner == len(d.model.levels) || w.keep[inner].Has(tensor) {
					compareWalk(t, d, w, &r, tensor, outer, inner)
					outer = inner
				}
			}
		}
	})
}

func compareWalk(t *rapid.T, d drawn, w *walker, r *Result, tensor, outer, inner int) {
	what := fmt.Sprintf("%s from level %d to %d", d.model.problem.Tensors[tensor].Name, outer, inner)
	walk := w.walk(tensor, outer, inner)
	parent := r.Levels[outer].Tensors[tensor]
	served, busiest := total(walk.served)
	output := d.model.tensors[tensor].output
	if got := parent.TotalReads + parent.TotalUpdates; !output && d.model.tensors[tensor].sums && (!d.even || inner > outer+1) {
		require.GreaterOrEqual(t, got, served, what) // equal tiles of several steps, or of uneven dimensions, may be sent apart
		require.GreaterOrEqual(t, parent.Reads, busiest, what)
	} else if !output {
		require.Equal(t, [2]int64{served, busiest}, [2]int64{got, parent.Reads}, what)
	}
	if output {
		reads, busiestReads := total(walk.reads)
		require.Equal(t, [2]int64{served, busiest}, [2]int64{parent.TotalUpdates, parent.Updates}, what)
		require.Equal(t, [2]int64{reads, busiestReads}, [2]int64{parent.TotalReads, parent.Reads}, what)
		require.Equal(t, [2]int64{reads, busiestReads}, [2]int64{parent.TotalReductions, parent.TemporalReductions}, what)
	}
	moved, most := total(walk.moved)
	ideal, _ := total(walk.ideal)
	require.LessOrEqual(t, ideal, moved, what)
	if d.even && !d.model.tensors[tensor].sums {
		require.Equal(t, ideal, moved, what)
	}
	require.Len(t, walk.moved, int(instancesOf(d, r, inner)), what)
	if inner == len(d.model.levels) {
		return
	}
	child := r.Levels[inner].Tensors[tensor]
	if output {
		fills, mostFills := total(walk.fills)
		require.Equal(t, [2]int64{fills, mostFills}, [2]int64{child.TotalFills, child.Fills}, what)
		return
	}
	require.Equal(t, [2]int64{moved, most}, [2]int64{child.TotalFills, child.Fills}, what)
}

// instancesOf is the number of instances used, of compute units too.
func instancesOf(d drawn, r *Result, level int) int64 {
	if level < len(r.Levels) {
		return r.Levels[level].Instances
	}
	return d.model.instances(&r.nest, level)
}
