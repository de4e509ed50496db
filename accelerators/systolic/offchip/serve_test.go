package offchip_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/offchip"
	"github.com/codesign-gym/codesign/dram"
)

func channel(t require.TestingT, channels int) offchip.Channel {
	c, err := offchip.NewChannel("ddr4-2400-8gb-x8", channels)
	require.NoError(t, err)
	return c
}

func config(dataflow systolic.Dataflow) systolic.Config {
	return systolic.Config{
		Array:        systolic.Array{Rows: 32, Cols: 32, Dataflow: dataflow},
		IfmapSRAMKiB: 16, FilterSRAMKiB: 16, OfmapSRAMKiB: 16, DRAMBandwidthGBps: 19.2, ClockMHz: 1000,
	}
}

func product(t require.TestingT, m, n, k int) systolic.Problem {
	p, err := systolic.Lower(dnn.Layer{Op: dnn.GEMM, M: m, N: n, K: k, Weights: true}, systolic.Physical)
	require.NoError(t, err)
	return p
}

func windows(c systolic.Config, p systolic.Problem) systolic.Traffic {
	var s systolic.Scratch
	return systolic.WindowTraffic(c, p, systolic.IfmapWindows(c, p, &s), &s)
}

func TestEveryBurstIsServed(t *testing.T) {
	c := config(systolic.WeightStationary)
	p := product(t, 500, 40, 300)
	traffic := windows(c, p)
	// 150,000 words of ifmap do not fit 8192, and are read for both column folds; 12,000 of filter once; 20,000 outputs; of the sums of a column fold of 32 (500·32)
	// 16,000 − 2048 do not stay, of the other one of 8 4000 − 2048: out and in for 9 further row folds.
	require.Equal(t, systolic.Traffic{IfmapElements: 300_000, FilterElements: 12_000, OfmapElements: 20_000, PartialElements: 2 * 9 * (13952 + 1952)}, traffic)
	s, err := offchip.Serve(c, p, traffic, channel(t, 1))
	require.NoError(t, err)
	// Bursts of 64 bytes: ⌈300,000/64⌉ + ⌈12,000/64⌉ + ⌈20,000/64⌉ + 286,272·4/64.
	require.EqualValues(t, 4688+188+313+17892, s.DRAM.Requests)
	require.Equal(t, traffic, s.Traffic)
	require.Less(t, s.DRAM.BandwidthGBps, 19.2, "no more than the pins carry")
	require.Greater(t, s.DRAM.BandwidthGBps, 8.0, "streams open few rows")
	require.Equal(t, max(s.Cycles, int64(math.Ceil(s.DRAM.TimeNS))), s.LatencyCycles)
}

func TestTheChannelOnlyDelays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := config(systolic.Dataflow(rapid.IntRange(0, 2).Draw(t, "dataflow")))
		p := product(t, rapid.IntRange(1, 90).Draw(t, "M"), rapid.IntRange(1, 90).Draw(t, "N"), rapid.IntRange(1, 300).Draw(t, "K"))
		traffic := windows(c, p)
		one, err := offchip.Serve(c, p, traffic, channel(t, 1))
		require.NoError(t, err)
		require.GreaterOrEqual(t, one.LatencyCycles, systolic.Simulate(c, p, traffic).LatencyCycles, "the configuration has the peak of the pins as its bandwidth")
		require.GreaterOrEqual(t, one.DRAM.Requests*64, one.DRAMBytes)
		again, err := offchip.Serve(c, p, traffic, channel(t, 1))
		require.NoError(t, err)
		require.Equal(t, one, again)
	})
}

func TestVectorAndFusedLayers(t *testing.T) {
	c := config(systolic.OutputStationary)
	p := systolic.Problem{VectorOps: 4096, IfmapElements: 4096, OfmapElements: 1024, Repeats: 1}
	s, err := offchip.Serve(c, p, systolic.LowerBoundTraffic(c, p), channel(t, 1))
	require.NoError(t, err)
	require.EqualValues(t, 80, s.DRAM.Requests)
	p.Fused = true
	s, err = offchip.Serve(c, p, systolic.LowerBoundTraffic(c, p), channel(t, 1))
	require.NoError(t, err)
	require.Zero(t, s.LatencyCycles)
	require.Zero(t, s.DRAM.Requests)
}

func TestMoreChannelsAreFaster(t *testing.T) {
	c := config(systolic.WeightStationary)
	p := product(t, 500, 40, 300)
	one, err := offchip.Serve(c, p, windows(c, p), channel(t, 1))
	require.NoError(t, err)
	four, err := offchip.Serve(c, p, windows(c, p), channel(t, 4))
	require.NoError(t, err)
	require.Less(t, 2*four.DRAM.TimeNS, one.DRAM.TimeNS)
	require.Contains(t, offchip.Devices(), "ddr4-2400-8gb-x8")
}

func TestRefuses(t *testing.T) {
	_, err := offchip.NewChannel("ddr9", 1)
	require.ErrorContains(t, err, `offchip: `)
	_, err = offchip.NewChannel("ddr4-2400-8gb-x8", 3)
	require.ErrorContains(t, err, `offchip: `)
	c := config(systolic.OutputStationary)
	p := product(t, 8, 8, 8)
	_, err = offchip.Serve(c, p, windows(c, p), offchip.Channel{DRAM: dram.Default()})
	require.EqualError(t, err, "offchip: dram: the configuration has no address map")
	ch := channel(t, 1)
	ch.TransferBursts = -1
	_, err = offchip.Serve(c, p, windows(c, p), ch)
	require.EqualError(t, err, "offchip: TransferBursts -1 is below 0")
	p = product(t, 1<<17, 1<<12, 1<<17)
	_, err = offchip.Serve(c, p, systolic.LowerBoundTraffic(c, p), channel(t, 1))
	require.ErrorContains(t, err, "bytes, the memory has 8589934592")
}

// A layer on a real channel: it moves the same bytes as with a constant bandwidth, and takes longer.
func Example() {
	channel, err := offchip.NewChannel("ddr4-2400-8gb-x8", 1)
	if err != nil {
		panic(err)
	}
	layer := dnn.Layer{Op: dnn.GEMM, M: 128, N: 1024, K: 1024, Weights: true}
	problem, err := systolic.Lower(layer, systolic.Physical)
	if err != nil {
		panic(err)
	}
	array := config(systolic.OutputStationary)
	traffic := windows(array, problem)
	served, err := offchip.Serve(array, problem, traffic, channel)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%d cycles at %.1f GB/s, %d cycles by the controller at %.1f GB/s\n",
		systolic.Simulate(array, problem, traffic).LatencyCycles, array.DRAMBandwidthGBps, served.LatencyCycles, served.DRAM.BandwidthGBps)
	// Output: 443734 cycles at 19.2 GB/s, 736714 cycles by the controller at 11.6 GB/s
}
