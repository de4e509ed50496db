package golden

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func TestEveryGroupKeepsItsPromise(t *testing.T) {
	groups, err := Check()
	require.NoError(t, err)
	var all []Row
	for _, g := range groups {
		errs := Errors(g.Rows, Row.Error)
		t.Logf("%-26s %2d rows, median %5.1f %%, largest %5.1f %%", g.Reference, len(g.Rows), 100*Median(errs), 100*errs[len(errs)-1])
		require.GreaterOrEqual(t, g.Within(), g.Needed, g.Reference)
		all = append(all, g.Rows...)
	}
	require.Len(t, all, 71)
	require.Less(t, Median(Errors(all, Row.Error)), 0.07)
}

// The constants of chips.Fitted, to their three digits, are the fit: of the areas, and with these of the powers.
func TestConstantsAreTheFit(t *testing.T) {
	k := chips.Fitted()
	areas, err := areaSamples()
	require.NoError(t, err)
	area, err := fit(areas)
	require.NoError(t, err)
	powers, err := powerSamples(k)
	require.NoError(t, err)
	power, err := fit(powers)
	require.NoError(t, err)
	t.Logf("area %.6g, power %.6g", area, power)
	for i, c := range []float64{k.DatapathAreaFactor, k.BaseMM2, k.DatapathEnergyFactor, k.BasePJ, k.IdlePJ} {
		require.InEpsilon(t, append(area, power...)[i], c, 0.005, "constant %d", i)
	}

	for _, group := range []struct {
		samples         []sample
		constants       []float64
		median, largest float64 // of what each row's error is when the others alone are fitted
	}{{areas, area, 0.10, 0.18}, {powers, power, 0.10, 0.29}} {
		rows, err := leftOut(group.samples, group.constants)
		require.NoError(t, err)
		errs := Errors(rows, Row.LeftOutError)
		t.Logf("left out: median %.1f %%, largest %.1f %%", 100*Median(errs), 100*errs[len(errs)-1])
		require.Less(t, Median(errs), group.median)
		require.Less(t, errs[len(errs)-1], group.largest)
	}
}

// With the memories' area as a third unknown the fit leaves it as it is.
func TestMemoryAreaNeedsNoFactor(t *testing.T) {
	areas, err := areaSamples()
	require.NoError(t, err)
	for i := range areas {
		areas[i].coefficients, areas[i].fixed = append(areas[i].coefficients, areas[i].fixed), 0
	}
	got, err := fit(areas)
	require.NoError(t, err)
	t.Logf("%.4g", got)
	require.InDelta(t, 1, got[2], 0.05)
}

// A fit finds the constants that made its samples.
func TestFitFindsExactConstants(t *testing.T) {
	made := []sample{
		{published: 1 + 2*3 + 5*7, fixed: 1, coefficients: []float64{3, 7}},
		{published: 2*1 + 5*4, coefficients: []float64{1, 4}},
		{published: 10 + 2*6 + 5*1, fixed: 10, coefficients: []float64{6, 1}},
	}
	got, err := fit(made)
	require.NoError(t, err)
	require.InDeltaSlice(t, []float64{2, 5}, got, 1e-12)
	rows, err := leftOut(made, got)
	require.NoError(t, err)
	for i, r := range rows {
		require.InEpsilon(t, made[i].published, r.Model, 1e-12)
		require.InEpsilon(t, made[i].published, r.LeftOut, 1e-12)
	}
}

func TestWithinCountsBothErrors(t *testing.T) {
	g := Group{Tolerance: 0.1, Rows: []Row{
		{Published: 100, Model: 109}, {Published: 100, Model: 89}, {Published: 100, Model: 100, LeftOut: 109}, {Published: 100, Model: 100, LeftOut: 111},
	}}
	require.Equal(t, 2, g.Within())
	require.InDeltaSlice(t, []float64{0, 0, 0.09, 0.11}, Errors(g.Rows, Row.Error), 1e-12)
	require.InDelta(t, 0.09, Median(Errors(g.Rows, Row.Error)), 1e-12)
}

// The published mappings are ones that the array holds, and use as many elements as the paper prints.
func TestPublishedMappings(t *testing.T) {
	a := chips.Eyeriss()
	var macs int64
	for _, l := range alexNet() {
		require.NoError(t, a.CheckTiling(l.shape, l.tiling), l.name)
		require.Equal(t, l.activePEs, a.Run(l.shape, l.tiling).ActivePEs, l.name)
		macs += l.shape.MACs()
	}
	require.Equal(t, int64(4*665_784_864), macs)
}

// The buffer traffic published for conv3 is that of the mapping of conv4, not of its own.
func TestConv3MovesLikeConv4(t *testing.T) {
	layers := alexNet()
	r := chips.Eyeriss().Run(layers[2].shape, layers[3].tiling)
	require.InDelta(t, layers[2].bufferMB, float64(2*r.BufferWords)*1e-6, 0.05)
	require.Equal(t, layers[2].activePEs, r.ActivePEs)
}

// NVDLA's own estimator gives the second layer, a 1×1 convolution behind the pooling of 64 channels, 256 channels to read. With these the printed rates come out.
func TestRatesAreTheEstimators(t *testing.T) {
	passes, err := chips.Passes(dnn.ResNet50V1())
	require.NoError(t, err)
	require.Equal(t, [3]int{64, 64, 1}, [3]int{passes[1].InChannels, passes[1].Filters, passes[1].KernelHeight})
	passes[1].InChannels = 256
	for _, r := range ladder() {
		halfDigit := 0.5
		if r.framesPerS < 10 {
			halfDigit = 0.05
		}
		require.InDelta(t, r.framesPerS, 1e9/float64(r.model().Run(passes).Cycles), halfDigit, "%d MACs", r.macs)
	}
}

// Dies are larger than cells: pads, wires and empty space.
func TestPlacedChipsAreLarger(t *testing.T) {
	eyeriss, err := chips.NewCosts(chips.EyerissChip(), table(), chips.Fitted())
	require.NoError(t, err)
	die := chips.Chip{Name: "tpu", NodeNM: 28, SupplyV: 0.9, ClockMHz: 700, PEs: 1 << 16, WordBits: 8, Banks: 28, BankKiB: 1024}
	tpu, err := chips.NewCosts(die, table(), chips.Fitted())
	require.NoError(t, err)
	t.Logf("cells: eyeriss %.2f of 12.25 mm2, tpu %.0f of at most 331 mm2", eyeriss.Area.TotalMM2(), tpu.Area.TotalMM2())
	require.InDelta(t, 0.585, eyeriss.Area.TotalMM2()/12.25, 0.01)
	require.InDelta(t, 0.68, tpu.Area.TotalMM2()/331, 0.02)
}

// Whatever the TPU's networks compute, weights that are used fewer than 1606 times arrive too late.
func TestOnlyConvolutionsKeepTheTPUBusy(t *testing.T) {
	tpu := chips.TPUv1()
	for _, n := range tpuNetworks() {
		p := systolic.Problem{M: int64(n.rows), N: 256, K: 256, Count: 1, Repeats: 1}
		require.Equal(t, n.rows >= 1606, math.Abs(tpu.UtilFrac(p)-1) < 1e-12, n.name)
	}
}
