package systolic_test

import (
	"container/list"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// small is a 2×2 array with 1 KiB SRAMs: the working half holds 512 words of 8 bits or 128 partial sums.
func small(dataflow systolic.Dataflow) systolic.Config {
	return systolic.Config{
		Array:        systolic.Array{Rows: 2, Cols: 2, Dataflow: dataflow},
		IfmapSRAMKiB: 1, FilterSRAMKiB: 1, OfmapSRAMKiB: 1,
		DRAMBandwidthGBps: 1, ClockMHz: 1000, // one byte a cycle
	}
}

func TestTrafficByHand(t *testing.T) {
	tests := []struct {
		name     string
		dataflow systolic.Dataflow
		problem  systolic.Problem
		want     systolic.Traffic
		bytes    int64
	}{
		{"all fits", os, product(4, 4, 64), systolic.Traffic{IfmapElements: 256, FilterElements: 256, OfmapElements: 16}, 528},
		// 2 column folds: ifmap 4096 + (4096 − 512); 2 row folds: of each of the two filter tiles of 2·1024 again 2048 − 512
		{"os", os, product(4, 4, 1024), systolic.Traffic{IfmapElements: 7680, FilterElements: 7168, OfmapElements: 16}, 14864},
		// ifmap as above, filter stays; the partial sums of a tile, 4·2, fit
		{"ws", ws, product(4, 4, 1024), systolic.Traffic{IfmapElements: 7680, FilterElements: 4096, OfmapElements: 16}, 11792},
		{"is", is, product(4, 4, 1024), systolic.Traffic{IfmapElements: 4096, FilterElements: 7680, OfmapElements: 16}, 11792},
		// 2 row folds, 2 column folds with 100·2 partial sums: 200 − 128 = 72 of each go out and come back once, 4 bytes each
		{"ws partial sums", ws, product(100, 4, 4), systolic.Traffic{IfmapElements: 400, FilterElements: 16, OfmapElements: 400, PartialElements: 288}, 1968},
		// the last column fold has one column: 100·1 fit
		{"is partial sums", is, product(3, 100, 4), systolic.Traffic{IfmapElements: 12, FilterElements: 400, OfmapElements: 300, PartialElements: 144}, 1288},
		{"vector", os, systolic.Problem{VectorOps: 48, IfmapElements: 48, OfmapElements: 12, Repeats: 1}, systolic.Traffic{IfmapElements: 48, OfmapElements: 12}, 60},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.NoError(t, test.problem.Check())
			got := systolic.LowerBoundTraffic(small(test.dataflow), test.problem)
			require.Equal(t, test.want, got)
			require.Equal(t, test.bytes, got.Bytes(8))
		})
	}
	require.EqualValues(t, 2, systolic.Traffic{IfmapElements: 1}.Bytes(9), "9 bits are two bytes")
	require.EqualValues(t, 56, systolic.LowerBoundTraffic(systolic.Config{
		Array: systolic.Array{Rows: 2, Cols: 2}, IfmapSRAMKiB: 1, FilterSRAMKiB: 1, OfmapSRAMKiB: 1,
	}, systolic.Problem{M: 2, N: 2, K: 2, Count: 7, IfmapElements: 4, FilterElements: 2, OfmapElements: 2, Repeats: 1}).Bytes(8), "7 products of 8")
}

func TestLatencyIsTheSlowerOfArrayAndDRAM(t *testing.T) {
	c := small(os)
	p := product(4, 4, 1024) // 4 folds of 1024 + 2 cycles = 4104; 14864 bytes
	s := bounded(c, p)
	require.EqualValues(t, 4104, s.Cycles)
	require.EqualValues(t, 14864, s.DRAMBytes)
	require.EqualValues(t, 14864, s.LatencyCycles)
	c.DRAMBandwidthGBps = 3 // ⌈14864/3⌉ = 4955
	require.EqualValues(t, 4955, bounded(c, p).LatencyCycles)
	c.DRAMBandwidthGBps = 16 // 929
	require.EqualValues(t, 4104, bounded(c, p).LatencyCycles)
	c.ClockMHz = 5000 // 16 GB/s are 3.2 bytes a cycle: 4645
	require.EqualValues(t, 4645, bounded(c, p).LatencyCycles)
}

// lru counts the misses of a fully associative memory with least-recently-used replacement.
type lru struct {
	capacity int
	order    *list.List
	at       map[int]*list.Element
	misses   int64
}

func newLRU(capacity int) *lru {
	return &lru{capacity: capacity, order: list.New(), at: map[int]*list.Element{}}
}

func (l *lru) touch(address int) (miss bool) {
	if e, ok := l.at[address]; ok {
		l.order.MoveToFront(e)
		return false
	}
	if l.order.Len() == l.capacity {
		delete(l.at, l.order.Remove(l.order.Back()).(int))
	}
	l.at[address] = l.order.PushFront(address)
	l.misses++
	return true
}

// walkTraffic goes through the folds of a GEMM and moves every element through a memory that holds half of the SRAM.
func walkTraffic(c systolic.Config, m, n, k int) systolic.Traffic {
	ifmap, filter, partial := newLRU(512*c.IfmapSRAMKiB), newLRU(512*c.FilterSRAMKiB), newLRU(128*c.OfmapSRAMKiB)
	var partialMisses int64
	rowSpan, colSpan := map[systolic.Dataflow]int{os: m, ws: k, is: k}[c.Dataflow], map[systolic.Dataflow]int{os: n, ws: n, is: m}[c.Dataflow]
	for col := 0; col < colSpan; col += c.Cols {
		for row := 0; row < rowSpan; row += c.Rows {
			pixels, filters, depth := span{0, m}, span{0, n}, span{0, k}
			rows, cols := span{row, min(row+c.Rows, rowSpan)}, span{col, min(col+c.Cols, colSpan)}
			switch c.Dataflow {
			case os:
				pixels, filters = rows, cols
			case ws:
				depth, filters = rows, cols
			case is:
				depth, pixels = rows, cols
			}
			for i := pixels.from; i < pixels.to; i++ {
				for j := depth.from; j < depth.to; j++ {
					ifmap.touch(i*k + j)
				}
			}
			for j := filters.from; j < filters.to; j++ {
				for i := depth.from; i < depth.to; i++ {
					filter.touch(j*k + i)
				}
			}
			for i := pixels.from; i < pixels.to; i++ {
				for j := filters.from; j < filters.to; j++ {
					if partial.touch(i*n+j) && row > 0 && c.Dataflow != os {
						partialMisses++ // it had been written out, and comes back
					}
				}
			}
		}
	}
	return systolic.Traffic{IfmapElements: ifmap.misses, FilterElements: filter.misses, OfmapElements: int64(m * n), PartialElements: 2 * partialMisses}
}

type span struct{ from, to int }

func TestTrafficIsALowerBoundAndTightWhenOperandsFit(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := small(systolic.Dataflow(rapid.IntRange(0, 2).Draw(t, "dataflow")))
		c.Rows, c.Cols = rapid.IntRange(1, 9).Draw(t, "rows"), rapid.IntRange(1, 9).Draw(t, "cols")
		c.IfmapSRAMKiB, c.FilterSRAMKiB, c.OfmapSRAMKiB = rapid.IntRange(1, 2).Draw(t, "ifmap"), rapid.IntRange(1, 2).Draw(t, "filter"), rapid.IntRange(1, 2).Draw(t, "ofmap")
		m, n, k := rapid.IntRange(1, 45).Draw(t, "M"), rapid.IntRange(1, 45).Draw(t, "N"), rapid.IntRange(1, 45).Draw(t, "K")
		bound, moved := systolic.LowerBoundTraffic(c, product(int64(m), int64(n), int64(k))), walkTraffic(c, m, n, k)
		require.LessOrEqual(t, bound.IfmapElements, moved.IfmapElements)
		require.LessOrEqual(t, bound.FilterElements, moved.FilterElements)
		require.LessOrEqual(t, bound.PartialElements, moved.PartialElements)
		if m*k <= 512*c.IfmapSRAMKiB && k*n <= 512*c.FilterSRAMKiB && m*n <= 128*c.OfmapSRAMKiB {
			require.Equal(t, moved, bound)
		}
	})
}

// pinned is the law of LowerBoundTraffic fold by fold: of a set that is visited again, what fits half has stayed.
func pinned(c systolic.Config, p systolic.Problem) systolic.Traffic {
	const wordsPerKiB, partialsPerKiB = 512, 128
	t := systolic.Traffic{OfmapElements: p.M * p.N}
	again := func(set, half int64, first bool) int64 {
		if first {
			return set
		}
		return set - min(set, half)
	}
	ifmapHalf, filterHalf, partialHalf := int64(wordsPerKiB*c.IfmapSRAMKiB), int64(wordsPerKiB*c.FilterSRAMKiB), int64(partialsPerKiB*c.OfmapSRAMKiB)
	rowSpan, colSpan := p.K, p.N
	switch c.Dataflow {
	case os:
		rowSpan = p.M
	case is:
		colSpan = p.M
	}
	for col := int64(0); col < colSpan; col += int64(c.Cols) {
		width := min(int64(c.Cols), colSpan-col)
		switch c.Dataflow {
		case os, ws:
			t.IfmapElements += again(p.IfmapElements, ifmapHalf, col == 0)
		case is:
			t.FilterElements += again(p.FilterElements, filterHalf, col == 0)
		}
		for row := int64(0); row < rowSpan; row += int64(c.Rows) {
			switch {
			case c.Dataflow == os:
				t.FilterElements += again(width*p.K, filterHalf, row == 0)
			case c.Dataflow == ws && row > 0:
				t.PartialElements += 2 * again(width*p.M, partialHalf, false)
			case c.Dataflow == is && row > 0:
				t.PartialElements += 2 * again(width*p.N, partialHalf, false)
			}
		}
	}
	if c.Dataflow == ws {
		t.FilterElements = p.FilterElements
	} else if c.Dataflow == is {
		t.IfmapElements = p.IfmapElements
	}
	return t
}

func TestTrafficClosedFormEqualsTheFoldWalk(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := small(systolic.Dataflow(rapid.IntRange(0, 2).Draw(t, "dataflow")))
		c.Rows, c.Cols = rapid.IntRange(1, 70).Draw(t, "rows"), rapid.IntRange(1, 70).Draw(t, "cols")
		c.IfmapSRAMKiB, c.FilterSRAMKiB, c.OfmapSRAMKiB = rapid.IntRange(1, 40).Draw(t, "ifmap"), rapid.IntRange(1, 40).Draw(t, "filter"), rapid.IntRange(1, 40).Draw(t, "ofmap")
		p := product(rapid.Int64Range(1, 500).Draw(t, "M"), rapid.Int64Range(1, 500).Draw(t, "N"), rapid.Int64Range(1, 500).Draw(t, "K"))
		p.IfmapElements = rapid.Int64Range(1, p.M*p.K).Draw(t, "distinct")
		require.Equal(t, pinned(c, p), systolic.LowerBoundTraffic(c, p))
	})
}

func TestMoreMemoryNeverHurts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := systolic.Config{
			Array:             drawArray(t),
			IfmapSRAMKiB:      rapid.IntRange(1, 2000).Draw(t, "ifmap"),
			FilterSRAMKiB:     rapid.IntRange(1, 2000).Draw(t, "filter"),
			OfmapSRAMKiB:      rapid.IntRange(1, 2000).Draw(t, "ofmap"),
			DRAMBandwidthGBps: rapid.Float64Range(0.1, 100).Draw(t, "bandwidth"),
			ClockMHz:          rapid.Float64Range(1, 3000).Draw(t, "clock"),
			WordBits:          rapid.IntRange(8, 16).Draw(t, "bits"),
		}
		p := drawProduct(t)
		require.NoError(t, c.Check())
		before := bounded(c, p)
		require.GreaterOrEqual(t, before.LatencyCycles, before.Cycles)
		require.GreaterOrEqual(t, before.DRAMBytes, p.Count*(p.IfmapElements+p.FilterElements+p.OfmapElements), "compulsory traffic")

		more := c
		switch rapid.IntRange(0, 2).Draw(t, "which") {
		case 0:
			more.IfmapSRAMKiB += rapid.IntRange(1, 2000).Draw(t, "more")
		case 1:
			more.FilterSRAMKiB += rapid.IntRange(1, 2000).Draw(t, "more")
		case 2:
			more.OfmapSRAMKiB += rapid.IntRange(1, 2000).Draw(t, "more")
		}
		after := bounded(more, p)
		require.LessOrEqual(t, after.DRAMBytes, before.DRAMBytes)
		require.LessOrEqual(t, after.LatencyCycles, before.LatencyCycles)
		require.Equal(t, before.Compute, after.Compute, "the array does not see the SRAM sizes")

		faster := c
		faster.DRAMBandwidthGBps += rapid.Float64Range(0, 100).Draw(t, "more bandwidth")
		require.LessOrEqual(t, bounded(faster, p).LatencyCycles, before.LatencyCycles)

		clocked := c
		clocked.ClockMHz += rapid.Float64Range(0, 3000).Draw(t, "more clock")
		ns, fasterNS := c.Nanoseconds(before.LatencyCycles), clocked.Nanoseconds(bounded(clocked, p).LatencyCycles)
		require.LessOrEqual(t, fasterNS, ns+1e3/clocked.ClockMHz, "a faster clock is never slower by more than the rounding to whole cycles")
	})
}
