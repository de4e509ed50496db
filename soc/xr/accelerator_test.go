package xr_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/soc/xr"
)

// nvdla is an accelerator of so many PEs at 500 MHz.
func nvdla(pes int) xr.Accelerator {
	return xr.Accelerator{Template: dataflow.KCP, Hardware: dataflow.Hardware{PEs: pes, NoCBandwidth: 64, OffchipBandwidth: 16}, ClockMHz: 500, DRAMEnergyPJPerBit: 20}
}

// list is a network of convolutions of so many filters of 3×3×8 each on 34×34, and a pooling.
func list(t testing.TB, filters ...int) xr.Network {
	t.Helper()
	n := dnn.Network{Name: "list"}
	for _, f := range filters {
		n.Layers = append(n.Layers, dnn.Layer{Name: "conv", Op: dnn.Conv, InHeight: 34, InWidth: 34, InChannels: 8, Filters: f, KernelHeight: 3, KernelWidth: 3})
	}
	n.Layers = append(n.Layers, dnn.Layer{Name: "pool", Op: dnn.Pool, InHeight: 4, InWidth: 4, InChannels: 8, KernelHeight: 2, KernelWidth: 2})
	checked, err := n.Check()
	require.NoError(t, err)
	network, err := xr.NewNetwork("list", checked)
	require.NoError(t, err)
	return network
}

// TestFrameCostAddsUpLayers compares with the engine: three layers, of which two have one shape; a pooling costs nothing.
func TestFrameCostAddsUpLayers(t *testing.T) {
	n := list(t, 16, 32, 16)
	require.Len(t, n.Layers, 2)
	require.Equal(t, int64(2), n.Layers[0].Copies)
	var s dataflow.Scratch
	a := nvdla(256)
	c, err := a.FrameCost(n, &s)
	require.NoError(t, err)
	require.Empty(t, c.Refused)
	var cycles int64
	var pj float64
	for i, copies := range []int64{2, 1} {
		stats, err := dataflow.KCP.Evaluate(a.Hardware, n.Layers[i].Layer, dataflow.Physical, &s)
		require.NoError(t, err)
		cycles += copies * stats.RuntimeCycles
		pj += float64(copies) * stats.EnergyPJ()
	}
	require.Equal(t, cycles, c.Cycles)
	require.Equal(t, int64(64*8*9*32*32), c.MACs, "64 filters in all")
	require.Equal(t, int64(3*34*34*8+64*8*9+64*32*32), c.OffchipBytes)
	require.InEpsilon(t, float64(cycles)/500e3, c.LatencyMS, 1e-12, "500,000 cycles a millisecond")
	require.InEpsilon(t, (pj+160*float64(c.OffchipBytes))*1e-9, c.EnergyMJ, 1e-12, "160 pJ a byte")
	require.True(t, c.Runs())
}

func TestExcess(t *testing.T) {
	c := xr.FrameCost{L1Bytes: 100, L2Bytes: 3000}
	require.Zero(t, c.Excess(100, 3000))
	require.InDelta(t, 1, c.Excess(50, 3000), 0)
	require.InDelta(t, 2, c.Excess(99, 1000), 0)
}

func TestRefusedNetworks(t *testing.T) {
	c, err := nvdla(32).FrameCost(list(t, 16), new(dataflow.Scratch))
	require.NoError(t, err)
	require.Equal(t, `layer "conv": the clusters need more PEs than there are`, c.Refused)
	require.False(t, c.Runs())

	_, err = nvdla(0).FrameCost(list(t, 16), new(dataflow.Scratch))
	require.ErrorContains(t, err, "PEs 0 out of range")

	_, err = xr.NewNetwork("none", dnn.Network{Name: "none"})
	require.EqualError(t, err, `xr: model "none" has no layer with multiply-accumulates`)

	huge := list(t, 16)
	huge.Layers[0].Copies = 1 << 50
	_, err = nvdla(256).FrameCost(huge, new(dataflow.Scratch))
	require.EqualError(t, err, "xr: the counts of a network exceed 2^62")
}

// TestUnitModelsRunEverywhere costs the eleven models on all templates of 512 PEs: every one runs, and more bandwidth never makes an NVDLA slower.
func TestUnitModelsRunEverywhere(t *testing.T) {
	var s dataflow.Scratch
	for _, e := range dnn.XR() {
		n, err := xr.NewNetwork(e.Name, e.Build())
		require.NoError(t, err)
		require.Equal(t, e.Build().Totals().MACs, macs(n), e.Name)
		for _, template := range dataflow.Templates() {
			a := nvdla(512)
			a.Template = template
			c, err := a.FrameCost(n, &s)
			require.NoError(t, err)
			require.Empty(t, c.Refused, "%s on %s", e.Name, template)
			require.GreaterOrEqual(t, c.Cycles*512, c.MACs, "%s on %s", e.Name, template)
		}
		last, err := nvdla(512).FrameCost(n, &s)
		require.NoError(t, err)
		for _, width := range []int{128, 256} {
			a := nvdla(512)
			a.Hardware.NoCBandwidth, a.Hardware.OffchipBandwidth = width, width
			c, err := a.FrameCost(n, &s)
			require.NoError(t, err)
			require.LessOrEqual(t, c.Cycles, last.Cycles, e.Name)
			last = c
		}
	}
}

func macs(n xr.Network) (sum int64) {
	for _, l := range n.Layers {
		sum += l.Copies * l.Layer.MACs()
	}
	return sum
}

func TestFrameCostAllocatesNothing(t *testing.T) {
	n := list(t, 16, 32)
	a := nvdla(256)
	var s dataflow.Scratch
	require.Zero(t, testing.AllocsPerRun(20, func() {
		if _, err := a.FrameCost(n, &s); err != nil {
			t.Fatal(err)
		}
	}))
}
