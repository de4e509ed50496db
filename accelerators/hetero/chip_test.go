package hetero_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dataflow/golden"
	"github.com/codesign-gym/codesign/accelerators/hetero"
)

func TestAreasAreThoseOfThePaper(t *testing.T) {
	for _, d := range golden.Designs() {
		var chip hetero.Chip
		for _, h := range d.Pair {
			chip = append(chip, hetero.Sub{PEs: h.PEs, NoCBandwidth: h.NoCBandwidth})
		}
		reason, _ := chip.Check(hetero.Mobile())
		require.Empty(t, reason)
		require.InEpsilon(t, d.PublishedUM2, chip.AreaUM2(dataflow.AreaOld()), golden.AreaTolerance)
	}
}

func TestChipsBeyondTheLimits(t *testing.T) {
	for want, c := range map[string]struct {
		chip   hetero.Chip
		excess float64
	}{
		"no sub-accelerator has PEs":                          {hetero.Chip{{NoCBandwidth: 8}, {}}, 1},
		"sub-accelerator 1 has 32 PEs and no bandwidth":       {hetero.Chip{{PEs: 32, NoCBandwidth: 8}, {PEs: 32}}, 1},
		"5120 PEs in all: there are 4096":                     {hetero.Chip{{PEs: 4096, NoCBandwidth: 8}, {PEs: 1024, NoCBandwidth: 8}}, 0.25},
		"bandwidth of 96 elements/cycle in all: there are 64": {hetero.Chip{{PEs: 32, NoCBandwidth: 64}, {PEs: 32, NoCBandwidth: 32}}, 0.5},
	} {
		reason, excess := c.chip.Check(hetero.Mobile())
		require.Equal(t, want, reason)
		require.InDelta(t, c.excess, excess, 1e-12)
	}
	reason, excess := hetero.Chip{{PEs: 4096, NoCBandwidth: 64}, {}}.Check(hetero.Mobile())
	require.Empty(t, reason, "a sub-accelerator that is not built takes nothing")
	require.Zero(t, excess)
}

// conv is a 3×3 convolution that keeps the size.
func conv(name string, k, c, size int) dataflow.Layer {
	l := dataflow.Layer{Name: name, Op: dataflow.Conv, StrideY: 1, StrideX: 1}
	l.Size[dataflow.N], l.Size[dataflow.G] = 1, 1
	l.Size[dataflow.K], l.Size[dataflow.C], l.Size[dataflow.R], l.Size[dataflow.S] = k, c, 3, 3
	l.Size[dataflow.Y], l.Size[dataflow.X] = size+2, size+2
	return l
}

func TestCostsAreTheEnginesAndRemembered(t *testing.T) {
	costs := hetero.NewCosts(dataflow.Maestro)
	chip := hetero.Chip{{Template: dataflow.KCP, PEs: 2112, NoCBandwidth: 48}, {Template: dataflow.YXP, PEs: 1984, NoCBandwidth: 16}}
	layers := []dataflow.Layer{conv("stem", 32, 3, 32), conv("one", 64, 32, 32), conv("two", 64, 32, 32)}
	var p hetero.Problem
	infeasible, err := costs.Fill(&p, []hetero.Workload{{Name: "net", Layers: layers}}, chip)
	require.NoError(t, err)
	require.Empty(t, infeasible)
	require.NoError(t, p.Check())
	require.Equal(t, 3, p.Jobs())
	require.Equal(t, 4, costs.Len(), "two shapes on two sub-accelerators")
	var scratch dataflow.Scratch
	want, err := dataflow.KCP.Evaluate(dataflow.Hardware{PEs: 2112, NoCBandwidth: 48}, layers[1], dataflow.Maestro, &scratch)
	require.NoError(t, err)
	require.Equal(t, hetero.Cost{LatencyCycles: want.RuntimeCycles, EnergyMACs: want.EnergyMACs()}, p.Cost(2, 0))

	infeasible, err = costs.Fill(&p, []hetero.Workload{{Name: "net", Layers: layers}}, hetero.Chip{{Template: dataflow.KCP, PEs: 32, NoCBandwidth: 8}})
	require.NoError(t, err)
	require.Equal(t, `no sub-accelerator can run layer "stem" of network "net"`, infeasible, "a cluster of kcp has 64 PEs")
	_, err = costs.Fill(&p, []hetero.Workload{{Name: "net", Layers: []dataflow.Layer{{Name: "empty", Size: [dataflow.NumDims]int{dataflow.K: -1}}}}}, chip)
	require.ErrorContains(t, err, `network "net"`)
}
