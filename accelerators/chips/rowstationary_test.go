package chips_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/chips"
)

// A layer of the chip by hand: 15×15 with border, 8 channels, 16 filters of 3×3, two samples; four sets of 3×13 elements.
func TestRowStationaryByHand(t *testing.T) {
	c := chips.ConvShape{Height: 15, Width: 15, Pad: 1, Channels: 8, Filters: 16, Kernel: 3, Stride: 1, Groups: 1, Samples: 2, ZeroFrac: 0.5, OutputZeroFrac: 0.25}
	tiling := chips.Tiling{M: 16, N: 1, E: 13, P: 4, Q: 2, R: 2, T: 2}
	a := chips.Eyeriss()
	require.NoError(t, a.CheckTiling(c, tiling))
	require.Equal(t, int64(2*16*8*13*13*9), c.MACs())
	require.Equal(t, chips.RowStationaryRun{
		ActivePEs: 156,
		// 2 samples · 2 filter passes · 2 channel passes of 4 filters · 2 channels · 13 positions · 3 taps
		ComputeCycles: 2 * 2 * 2 * 4 * 2 * 13 * 3,
		// outputs 2·16·169 = 5408, twice, four a cycle
		SumCycles: 2704,
		// 16·8·9 weights for each sample, four a cycle
		FillCycles:       576,
		ProcessingCycles: 2704 + 576,
		// inputs 2·8·169·8/3·½ = 3605.3 bytes (8/3 a value that is not zero), outputs 5408·2 (8/3·¾ = 2), weights 2304·2: 19,029.3 at 0.72 GB/s and 200 MHz
		LinkCycles: 5285,
		Cycles:     2704 + 5285,
		// inputs 2·8·15·15 for two filter passes, sums in and out for two channel passes
		BufferWords: 7200 + 21_632,
		HopWords:    389_376 / 6,
		DRAMBytes:   19_029,
	}, a.Run(c, tiling))
	require.Equal(t, chips.Activity{
		Cycles: 7989, BusyCycles: 3280, MACs: 389_376, ZeroFrac: 0.5, ScratchpadWords: 389_376 * 5 / 2, BufferWords: 28_832, HopWords: 28_832 + 64_896,
	}, a.Run(c, tiling).Activity(c))
}

// loops runs the passes one by one.
func loops(c chips.ConvShape, t chips.Tiling) (computeCycles, bufferWords, filterWords int64) {
	outHeight, outWidth := (c.Height-c.Kernel)/c.Stride+1, (c.Width-c.Kernel)/c.Stride+1
	each := func(whole, step int, body func(n int)) {
		for at := 0; at < whole; at += step {
			body(min(step, whole-at))
		}
	}
	shared := func(n, sets int) int { // of n over sets, the busiest
		busiest := 0
		for set := range sets {
			busiest = max(busiest, (n+sets-1-set)/sets)
		}
		return busiest
	}
	each(c.Groups, 1, func(int) {
		each(outHeight, t.E, func(rows int) {
			each(c.Samples, t.N, func(samples int) {
				each(c.Filters, t.P*t.T, func(filters int) {
					each(c.Channels, t.Q*t.R, func(channels int) {
						computeCycles += int64(samples * shared(filters, t.T) * shared(channels, t.R) * outWidth * c.Kernel)
						filterWords += int64(filters * channels * c.Kernel * c.Kernel)
						bufferWords += int64(samples*channels*((rows-1)*c.Stride+c.Kernel)*c.Width + 2*samples*filters*rows*outWidth)
					})
				})
			})
		})
	})
	return computeCycles, bufferWords, filterWords
}

func shapes(t *rapid.T) chips.ConvShape {
	kernel := rapid.IntRange(1, 4).Draw(t, "kernel")
	return chips.ConvShape{
		Height: kernel + rapid.IntRange(0, 9).Draw(t, "height"), Width: kernel + rapid.IntRange(0, 9).Draw(t, "width"), Kernel: kernel,
		Stride: rapid.IntRange(1, 3).Draw(t, "stride"), Channels: rapid.IntRange(1, 7).Draw(t, "channels"), Filters: rapid.IntRange(1, 9).Draw(t, "filters"),
		Groups: rapid.IntRange(1, 2).Draw(t, "groups"), Samples: rapid.IntRange(1, 3).Draw(t, "samples"),
		ZeroFrac: rapid.Float64Range(0, 1).Draw(t, "zeros"),
	}
}

func arrays(t *rapid.T) chips.RowStationary {
	a := chips.Eyeriss()
	a.Rows, a.Cols = rapid.IntRange(4, 9).Draw(t, "rows"), rapid.IntRange(1, 9).Draw(t, "cols")
	a.InputWords, a.SumWords = rapid.IntRange(4, 12).Draw(t, "inputs"), rapid.IntRange(1, 6).Draw(t, "sums")
	a.SumBusWords, a.BufferKiB = rapid.IntRange(1, 1000).Draw(t, "bus"), rapid.IntRange(1, 4).Draw(t, "buffer")
	return a
}

func TestRowStationaryCountsWhatLoopsCount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, a := shapes(t), arrays(t)
		outHeight := (c.Height-c.Kernel)/c.Stride + 1
		tiling := chips.Tiling{
			M: c.Filters, N: rapid.IntRange(1, c.Samples).Draw(t, "N"), E: rapid.IntRange(1, outHeight).Draw(t, "E"),
			P: rapid.IntRange(1, 6).Draw(t, "P"), Q: rapid.IntRange(1, 7).Draw(t, "Q"), R: rapid.IntRange(1, 3).Draw(t, "R"), T: rapid.IntRange(1, 3).Draw(t, "T"),
		}
		compute, words, filters := loops(c, tiling)
		r := a.Run(c, tiling)
		if r.ComputeCycles != compute || r.BufferWords != words || r.FillCycles != (filters+3)/4 {
			t.Fatalf("%d cycles, %d words, %d fill cycles; loops: %d, %d, %d weights", r.ComputeCycles, r.BufferWords, r.FillCycles, compute, words, filters)
		}
		if r.ComputeCycles*int64(c.Kernel*tiling.E*tiling.R*tiling.T) < c.MACs() {
			t.Fatalf("%d multiply-accumulates in %d cycles of %d elements", c.MACs(), r.ComputeCycles, r.ActivePEs)
		}
	})
}

// On tiny layers the search is compared with every tiling there is.
func TestFastestIsTheFastest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, a := shapes(t), arrays(t)
		c.Samples, c.Channels, c.Filters, c.Height = 1, min(c.Channels, 3), min(c.Filters, 3), min(c.Height, 7)
		best, run, err := a.Fastest(c, false)
		least := int64(math.MaxInt64)
		var first chips.Tiling
		for e := 1; e <= (c.Height-c.Kernel)/c.Stride+1; e++ {
			for p := 1; p <= c.Filters; p++ {
				for q := 1; q <= c.Channels; q++ {
					for r := 1; r <= c.Channels; r++ {
						for sets := 1; sets <= c.Filters; sets++ {
							for m := 1; m <= c.Filters; m++ {
								tiling := chips.Tiling{M: m, N: 1, E: e, P: p, Q: q, R: r, T: sets}
								if a.CheckTiling(c, tiling) == nil {
									if cycles := a.Run(c, tiling).Cycles; cycles < least {
										least, first = cycles, tiling
									}
								}
							}
						}
					}
				}
			}
		}
		if least == math.MaxInt64 {
			if err == nil {
				t.Fatalf("%+v fits nowhere, found %+v", c, best)
			}
			return
		}
		if err != nil || run.Cycles != least {
			t.Fatalf("%v: found %+v with %d cycles, %+v has %d", err, best, run.Cycles, first, least)
		}
		if err := a.CheckTiling(c, best); err != nil {
			t.Fatal(err)
		}
	})
}

// The search by factors leaves no rest, and is never faster than the free one.
func TestFastestByFactors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, a := shapes(t), arrays(t)
		tiling, exact, err := a.Fastest(c, true)
		free, run, freeErr := a.Fastest(c, false)
		if (err == nil) != (freeErr == nil) {
			t.Fatalf("by factors: %v; free: %v", err, freeErr)
		}
		if err != nil {
			return
		}
		outHeight := (c.Height-c.Kernel)/c.Stride + 1
		if outHeight%tiling.E != 0 || c.Samples%tiling.N != 0 || c.Filters%(tiling.P*tiling.T) != 0 || c.Channels%(tiling.Q*tiling.R) != 0 {
			t.Fatalf("%+v leaves a rest of %+v", tiling, c)
		}
		if exact.Cycles < run.Cycles {
			t.Fatalf("%+v has %d cycles, %+v by factors %d", free, run.Cycles, tiling, exact.Cycles)
		}
	})
}

func TestRowStationaryErrors(t *testing.T) {
	c := chips.ConvShape{Height: 15, Width: 15, Channels: 8, Filters: 16, Kernel: 3, Stride: 1, Groups: 1, Samples: 2}
	tiling := chips.Tiling{M: 16, N: 1, E: 13, P: 4, Q: 2, R: 2, T: 2}
	for _, test := range []struct {
		want string
		edit func(*chips.RowStationary, *chips.ConvShape, *chips.Tiling)
	}{
		{"chips: row stationary: Rows 0 out of range [1, 256]", func(a *chips.RowStationary, _ *chips.ConvShape, _ *chips.Tiling) { a.Rows = 0 }},
		{"LinkBandwidthGBps 0: want at least 0.001 GB/s", func(a *chips.RowStationary, _ *chips.ConvShape, _ *chips.Tiling) { a.LinkBandwidthGBps = 0 }},
		{"ClockMHz 0.5 out of range [1, 10000] MHz", func(a *chips.RowStationary, _ *chips.ConvShape, _ *chips.Tiling) { a.ClockMHz = 0.5 }},
		{"chips: convolution: Stride 0 out of range [1, 4096]", func(_ *chips.RowStationary, c *chips.ConvShape, _ *chips.Tiling) { c.Stride = 0 }},
		{"a kernel of 16 with a border of 0 does not fit an input of 15×15", func(_ *chips.RowStationary, c *chips.ConvShape, _ *chips.Tiling) { c.Kernel = 16 }},
		{"share of zeros 1.5 out of range [0, 1]", func(_ *chips.RowStationary, c *chips.ConvShape, _ *chips.Tiling) { c.ZeroFrac = 1.5 }},
		{"the product of its sizes is", func(_ *chips.RowStationary, c *chips.ConvShape, _ *chips.Tiling) {
			c.Samples, c.Groups, c.Channels, c.Filters = 4096, 4096, 4096, 4096
		}},
		{"samples N 3 out of range [1, 2]", func(_ *chips.RowStationary, _ *chips.ConvShape, t *chips.Tiling) { t.N = 3 }},
		{"output rows E 14 out of range [1, 13]", func(_ *chips.RowStationary, _ *chips.ConvShape, t *chips.Tiling) { t.E = 14 }},
		{"filters P 25 out of range [1, 24]", func(_ *chips.RowStationary, _ *chips.ConvShape, t *chips.Tiling) { t.P = 25 }},
		{"input words Q·S 15 out of range [1, 12]", func(_ *chips.RowStationary, _ *chips.ConvShape, t *chips.Tiling) { t.Q = 5 }},
		{"filter words P·Q·S 228 out of range [1, 224]", func(_ *chips.RowStationary, _ *chips.ConvShape, t *chips.Tiling) { t.P, t.Q = 19, 4 }},
		{"sets R·T 6 out of range [1, 4]", func(_ *chips.RowStationary, _ *chips.ConvShape, t *chips.Tiling) { t.T = 3 }},
		{"filters P·T of a pass 8 out of range [1, 7]", func(_ *chips.RowStationary, _ *chips.ConvShape, t *chips.Tiling) { t.M = 7 }},
		{"buffer bytes 7208 out of range [1, 1024]", func(a *chips.RowStationary, _ *chips.ConvShape, _ *chips.Tiling) { a.BufferKiB = 1 }},
	} {
		t.Run(test.want, func(t *testing.T) {
			a, c, tiling := chips.Eyeriss(), c, tiling
			test.edit(&a, &c, &tiling)
			require.ErrorContains(t, a.CheckTiling(c, tiling), test.want)
		})
	}
	c.Kernel = 13
	_, _, err := chips.Eyeriss().Fastest(c, false)
	require.EqualError(t, err, "chips: row stationary: no tiling fits: a kernel of 13 on 12×14 elements with 12 input words, a buffer of 100 KiB")
}
