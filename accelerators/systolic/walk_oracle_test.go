package systolic

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// walkReads reads an operand access by access through a window that is a map: what overlap and the closed forms are to equal.
func walkReads(r reading, l layout, w window) (f fetched) {
	seen := map[int64]bool{}
	eachRead(r, func(now, lane, step int64) {
		f.use(l.address(lane, step), now, w, seen)
	})
	return f
}

func (f *fetched) use(address, now int64, w window, seen map[int64]bool) {
	if address == null || seen[address] {
		return
	}
	seen[address] = true
	f.misses++
	if int64(len(seen)) == w.limit {
		clear(seen)
		if w.keep == 1 {
			seen[address] = true
		}
		f.swaps++
		f.lastSwap = now
	}
}

// eachRead calls use for every lane of every cycle that reads, in order.
func eachRead(r reading, use func(now, lane, step int64)) {
	for colFold := range r.colFolds {
		for rowFold := range r.rowFolds {
			for t := range r.foldCycles {
				tile, step, from, to := r.request(foldCycle{colFold, rowFold, t})
				for lane := from; lane < to; lane++ {
					inTime := step
					if r.traversal != resting {
						inTime -= lane
					}
					use(r.at(colFold, rowFold)+t, tile*r.lanes()+lane, inTime)
				}
			}
		}
	}
}

// drawProblem is a small convolution or matrix product, padded, strided, dilated, grouped or hanging over the edge.
func drawProblem(t *rapid.T, profile Profile) Problem {
	small := func(name string, low, high int) int { return rapid.IntRange(low, high).Draw(t, name) }
	layer := dnn.Layer{Name: "gemm", Op: dnn.GEMM, M: small("M", 1, 20), N: small("N", 1, 12), K: small("K", 1, 20)}
	if rapid.Bool().Draw(t, "convolution") {
		groups := small("groups", 1, 2)
		layer = dnn.Layer{
			Name: "conv", Op: dnn.Conv, Groups: groups, InChannels: groups * small("channels", 1, 4), Filters: groups * small("filters", 1, 6),
			KernelHeight: small("kernel height", 1, 4), KernelWidth: small("kernel width", 1, 4),
			StrideHeight: small("stride height", 1, 5), StrideWidth: small("stride width", 1, 5),
		}
		if rapid.Bool().Draw(t, "border") {
			layer.DilationHeight, layer.DilationWidth = small("dilation height", 1, 3), small("dilation width", 1, 3)
			layer.PadTop, layer.PadBottom, layer.PadLeft, layer.PadRight = small("top", 0, 2), small("bottom", 0, 2), small("left", 0, 2), small("right", 0, 2)
		}
		layer.InHeight = (layer.KernelHeight-1)*max(1, layer.DilationHeight) + small("height", 1, 8)
		layer.InWidth = (layer.KernelWidth-1)*max(1, layer.DilationWidth) + small("width", 1, 8)
	}
	p, err := Lower(layer, profile)
	require.NoError(t, err)
	return p
}

func drawSmallArray(t *rapid.T) Array {
	return Array{
		Rows:     rapid.IntRange(1, 7).Draw(t, "rows"),
		Cols:     rapid.IntRange(1, 7).Draw(t, "cols"),
		Dataflow: Dataflow(rapid.IntRange(0, 2).Draw(t, "dataflow")),
	}
}

func drawWindow(t *rapid.T) window {
	n := rapid.Int64Range(2, 60).Draw(t, "limit")
	if rapid.Bool().Draw(t, "keeps") {
		return fitting(n - 1)
	}
	return window{limit: n}
}

func drawProfile(t *rapid.T) Profile { return Profile(rapid.IntRange(0, 2).Draw(t, "profile")) }

func TestGeometryIsWhatLowerCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawProblem(t, drawProfile(t))
		require.NoError(t, p.Ifmap.check(p.M, p.K))
		distinct, touches := map[int64]bool{}, int64(0)
		for m := range p.M {
			for k := range p.K {
				if address := p.Ifmap.address(m, k, p.K); address != null {
					require.GreaterOrEqual(t, address, int64(0))
					require.Less(t, address, p.Ifmap.elements(p.M, p.K))
					distinct[address] = true
					touches++
				}
			}
		}
		require.EqualValues(t, len(distinct), p.IfmapElements)
		require.Equal(t, touches, p.Ifmap.touches(p.M, p.K))
	})
}

func TestReadsEqualAWalk(t *testing.T) {
	var s Scratch
	rapid.Check(t, func(t *rapid.T) {
		a := drawSmallArray(t)
		p := drawProblem(t, drawProfile(t))
		ifmap, filter := a.readings(a.fold(p))
		w := drawWindow(t)
		wantIfmap := walkReads(ifmap, ifmapLayout(a.Dataflow, p), w)
		require.Equal(t, wantIfmap, ifmap.fetchIfmap(p, w, true, &s), "ifmap")
		if listed := (overlap{reading: ifmap, patches: newPatches(p, kept{}), window: w}); ifmap.traversal == byRows && p.IfmapElements >= w.limit {
			s.locator.fill(&listed.patches, p.M, p.K)
			listed.locator = &s.locator
			require.Equal(t, wantIfmap, listed.runRepeats(&s.repeats, 2*w.limit), "ifmap, from a list of one pass")
		}
		undated := ifmap.fetchIfmap(p, w, false, &s)
		require.Equal(t, [2]int64{wantIfmap.misses, wantIfmap.swaps}, [2]int64{undated.misses, undated.swaps}, "ifmap, undated")
		o := overlap{reading: ifmap, patches: newPatches(p, kept{}), window: w}
		require.Equal(t, wantIfmap, o.fetch(p, &s), "ifmap, slab by slab")
		require.Equal(t, walkReads(filter, filterLayout(a.Dataflow, p), w), filter.fetchUnrepeated(w), "filter")
	})
}

// TestPassesAreThoseOfWiderArrays runs each width by itself, slab by slab and from a list of repeats.
func TestPassesAreThoseOfWiderArrays(t *testing.T) {
	var s Scratch
	rapid.Check(t, func(t *rapid.T) {
		a := drawSmallArray(t)
		a.Dataflow = Dataflow(rapid.IntRange(0, 1).Draw(t, "dataflow"))
		p := drawProblem(t, drawProfile(t))
		w := drawWindow(t)
		ifmap, _ := a.readings(a.fold(p))
		if !ifmap.walks(p, w) {
			t.Skip("no walk")
		}
		var want, slabs, listed []int64
		for folds := int64(1); folds <= ifmap.colFolds; folds++ {
			fewer := ifmap
			fewer.colFolds = folds
			want = append(want, walkReads(fewer, ifmapLayout(a.Dataflow, p), w).misses)
		}
		o := overlap{reading: ifmap, patches: newPatches(p, kept{}), window: w, passes: &slabs}
		o.fetch(p, &s)
		require.Equal(t, want, slabs)
		o = overlap{reading: ifmap, patches: newPatches(p, kept{}), window: w, passes: &listed, locator: &s.locator}
		o.runRepeats(&s.repeats, 2*w.limit)
		require.Equal(t, want, listed)
	})
}

// TestReuseGapHolds measures the least number of reads between two of one element.
func TestReuseGapHolds(t *testing.T) {
	positive := 0
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.IntRange(1, 4).Draw(t, "rows")
		layer := dnn.Layer{
			InChannels: rows * rapid.IntRange(1, 3).Draw(t, "channels"), Filters: rapid.IntRange(1, 5).Draw(t, "filters"),
			KernelHeight: rapid.IntRange(1, 3).Draw(t, "kernel height"), KernelWidth: rapid.IntRange(1, 3).Draw(t, "kernel width"),
			StrideHeight: rapid.IntRange(1, 3).Draw(t, "stride height"), StrideWidth: rapid.IntRange(1, 3).Draw(t, "stride width"),
			DilationHeight: rapid.IntRange(1, 2).Draw(t, "dilation height"), DilationWidth: rapid.IntRange(1, 2).Draw(t, "dilation width"),
			PadTop: rapid.IntRange(0, 2).Draw(t, "top"), PadRight: rapid.IntRange(0, 2).Draw(t, "right"),
			InHeight: rapid.IntRange(5, 10).Draw(t, "height"), InWidth: rapid.IntRange(5, 10).Draw(t, "width"),
		}
		p, err := Lower(layer, drawProfile(t))
		require.NoError(t, err)
		a := Array{Rows: rows, Cols: rapid.IntRange(1, 4).Draw(t, "cols"), Dataflow: WeightStationary}
		ifmap, _ := a.readings(a.fold(p))
		l := ifmapLayout(a.Dataflow, p)
		last, reads, least := map[int64]int64{}, int64(0), int64(1<<62)
		eachRead(ifmap, func(_, lane, step int64) {
			address := l.address(lane, step)
			if address == null {
				return
			}
			if before, seen := last[address]; seen {
				least = min(least, reads-before)
			}
			last[address] = reads
			reads++
		})
		gap := ifmap.reuseGap(p)
		require.LessOrEqual(t, gap, least)
		if gap > 0 {
			positive++
		}
	})
	require.Positive(t, positive)
}

func TestSparseReadsEqualAWalk(t *testing.T) {
	var s Scratch
	rapid.Check(t, func(t *rapid.T) {
		a := drawSmallArray(t)
		a.Dataflow = WeightStationary
		p := drawProblem(t, ScaleSim)
		w := drawWindow(t)
		of := rapid.Int64Range(1, 6).Draw(t, "of")
		k := kept{rapid.Int64Range(1, of).Draw(t, "keep"), of}
		stored := p
		stored.K = k.depths(p.K)
		ifmap, _ := a.readings(a.fold(stored))
		l := ifmapLayout(a.Dataflow, p)
		l.patches.kept = k
		o := overlap{reading: ifmap, patches: l.patches, window: w}
		require.Equal(t, walkReads(ifmap, l, w), o.fetch(p, &s))
	})
}

func TestRowWiseReadsEqualAWalk(t *testing.T) {
	var s Scratch
	rapid.Check(t, func(t *rapid.T) {
		a := drawSmallArray(t)
		a.Dataflow = WeightStationary
		p := drawProblem(t, ScaleSim)
		w := drawWindow(t)
		half := rapid.SampledFrom(divisors(int64(a.Rows))).Draw(t, "half block")
		sparsity := Sparsity{Keep: 1, Of: 2, RowWiseBlock: int(2 * half), Seed: rapid.Uint32().Draw(t, "seed")}
		stored := p
		stored.K = ceilDiv(p.K, 4*half) * 2 * half
		ifmap, filter := a.readings(a.fold(stored))
		l := ifmapLayout(a.Dataflow, p)

		var want fetched
		seen := map[int64]bool{}
		eachRead(ifmap, func(now, lane, step int64) { // a row reads the whole block of which it holds half
			row := lane % int64(a.Rows)
			first := lane/int64(a.Rows)*2*int64(a.Rows) + row/half*2*half
			for depth := first; depth < min(first+2*half, p.K); depth++ {
				want.use(l.patches.address(step, depth), now, w, seen)
			}
		})
		o := overlap{reading: ifmap, patches: l.patches, window: w, block: 2 * half}
		require.Equal(t, want, o.fetch(p, &s), "ifmap")

		draws, keeps := newTwister(sparsity.Seed), make([]int64, p.N)
		for i := range keeps {
			keeps[i] = draws.below(half) + 1
		}
		w.keep = 0 // SCALE-Sim's
		want = fetched{}
		clear(seen)
		eachRead(filter, func(now, lane, row int64) {
			if depth := row/half*2*half + row%half; row%half < keeps[lane] && depth < p.K {
				want.use(lane*p.K+depth, now, w, seen)
			}
		})
		elements, got := filter.fetchRowWise(p, sparsity, w)
		require.Equal(t, want, got, "filter")
		require.Equal(t, want.misses, elements)
	})
}

func divisors(n int64) (list []int64) {
	for d := int64(1); d <= n; d++ {
		if n%d == 0 {
			list = append(list, d)
		}
	}
	return list
}
