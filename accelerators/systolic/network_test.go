package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/tech"
)

func prepared(t testing.TB, n dnn.Network) systolic.Workload {
	w, err := systolic.Prepare(n.Layers, systolic.Physical)
	require.NoError(t, err)
	return w
}

// bounded and boundedNetwork simulate with the lower bound on the traffic.
func bounded(c systolic.Config, p systolic.Problem) systolic.Stats {
	return systolic.Simulate(c, p, systolic.LowerBoundTraffic(c, p))
}

func boundedNetwork(c systolic.Config, w systolic.Workload) systolic.Stats {
	return w.Sum(func(_ int, p systolic.Problem) systolic.Stats { return bounded(c, p) })
}

func TestNetworkIsTheSumOfItsLayers(t *testing.T) {
	c := edge()
	for _, entry := range dnn.Zoo() {
		t.Run(entry.Name, func(t *testing.T) {
			network := entry.Build()
			var cycles, latency, bytes, macs int64
			for _, layer := range network.Layers {
				p, err := systolic.Lower(layer, systolic.Physical)
				require.NoError(t, err)
				s := bounded(c, p)
				require.Equal(t, layer.MACs(), s.MACs)
				cycles += s.Cycles * layer.Copies()
				latency += s.LatencyCycles * layer.Copies()
				bytes += s.DRAMBytes * layer.Copies()
				macs += s.MACs * layer.Copies()
			}
			w := prepared(t, network)
			require.LessOrEqual(t, len(w.Problems()), len(network.Layers))
			total := boundedNetwork(c, w)
			require.Equal(t, cycles, total.Cycles)
			require.Equal(t, latency, total.LatencyCycles)
			require.Equal(t, bytes, total.DRAMBytes)
			require.Equal(t, macs, total.MACs)
			require.Equal(t, network.Totals().MACs, total.MACs)
		})
	}
}

func TestAddingALayerNeverHelps(t *testing.T) {
	layers := dnn.ResNet18().Layers
	var previous systolic.Metrics
	for n := 1; n <= len(layers); n++ {
		w, err := systolic.Prepare(layers[:n], systolic.Physical)
		require.NoError(t, err)
		m, err := systolic.Evaluate(edge(), boundedNetwork(edge(), w), tech.Horowitz45())
		require.NoError(t, err)
		require.GreaterOrEqual(t, m.LatencyCycles, previous.LatencyCycles)
		require.Greater(t, m.Energy.TotalPJ(), previous.Energy.TotalPJ())
		require.Greater(t, m.UtilizationFrac, 0.0)
		require.LessOrEqual(t, m.UtilizationFrac, 1.0)
		previous = m
	}
}

func TestEnergyIsAtLeastComputeAndCompulsoryTraffic(t *testing.T) {
	network := dnn.ResNet50()
	m, err := systolic.Evaluate(edge(), boundedNetwork(edge(), prepared(t, network)), tech.Horowitz45())
	require.NoError(t, err)
	require.InEpsilon(t, float64(network.Totals().MACs)*0.3, m.Energy.MACPJ, 1e-12) // 0.2 + 0.1 pJ a MAC
	var weights int64
	for _, layer := range network.Layers {
		weights += layer.WeightElements() * layer.Copies()
	}
	require.GreaterOrEqual(t, m.Energy.DRAMPJ, float64(weights)*160) // 8 bits · 20 pJ for each weight
}

func TestPrepareReportsEveryBadLayer(t *testing.T) {
	good := dnn.Layer{Name: "good", Op: dnn.GEMM, M: 1, N: 1, K: 1}
	_, err := systolic.Prepare([]dnn.Layer{{Name: "x", Op: dnn.GEMM, M: -1, N: 1, K: 1}, good, {Name: "y", Op: dnn.GEMM, M: 1, N: 1, K: -1}}, systolic.Physical)
	require.ErrorContains(t, err, `layer 0: systolic: dnn: layer "x"`)
	require.ErrorContains(t, err, `layer 2: systolic: dnn: layer "y"`)
	_, err = systolic.Prepare(nil, systolic.Physical)
	require.EqualError(t, err, "systolic: a workload needs at least one layer")
	huge := dnn.Layer{Name: "huge", Op: dnn.GEMM, M: 1 << 16, N: 1 << 17, K: 1 << 17}
	_, err = systolic.Prepare([]dnn.Layer{huge, good}, systolic.Physical)
	require.NoError(t, err)
	_, err = systolic.Prepare([]dnn.Layer{huge, huge, huge, huge, huge}, systolic.Physical)
	require.ErrorContains(t, err, "network too large")
}

func TestKernelsDoNotAllocate(t *testing.T) {
	c, w := edge(), prepared(t, dnn.ResNet50())
	p := product(12544, 64, 147)
	costs, err := systolic.NewCosts(c, tech.Horowitz45())
	require.NoError(t, err)
	var cycles int64
	var energy systolic.Energy
	for name, kernel := range map[string]func(){
		"ComputeLayer":    func() { cycles = systolic.ComputeLayer(c.Array, p).Cycles },
		"Simulate":        func() { bounded(c, p) },
		"SimulateNetwork": func() { boundedNetwork(c, w) },
		"Energy":          func() { energy = costs.Energy(bounded(c, p)) },
	} {
		require.Zero(t, testing.AllocsPerRun(100, kernel), name)
	}
	require.Positive(t, cycles)
	require.Positive(t, energy.TotalPJ())
}

// Cycles and all SRAM counts of one layer.
func BenchmarkLayerComputeCycles(b *testing.B) {
	for _, dataflow := range []systolic.Dataflow{os, ws, is} {
		b.Run(dataflow.String(), func(b *testing.B) {
			array := systolic.Array{Rows: 32, Cols: 32, Dataflow: dataflow}
			p := product(12544, 64, 147)
			b.ReportAllocs()
			for b.Loop() {
				p.M ^= 1 // not the same problem twice
				systolic.ComputeLayer(array, p)
			}
		})
	}
}

func BenchmarkLayer(b *testing.B) {
	c := edge()
	p := product(12544, 64, 147)
	b.ReportAllocs()
	for b.Loop() {
		bounded(c, p)
	}
}

func BenchmarkResNet50(b *testing.B) {
	for _, dataflow := range []systolic.Dataflow{os, ws, is} {
		b.Run(dataflow.String(), func(b *testing.B) {
			c, w := edge(), prepared(b, dnn.ResNet50())
			c.Dataflow = dataflow
			b.ReportAllocs()
			for b.Loop() {
				boundedNetwork(c, w)
			}
		})
	}
}

// The layers one by one, equal ones not merged.
func BenchmarkResNet50EveryLayer(b *testing.B) {
	c := edge()
	var problems []systolic.Problem
	for _, layer := range dnn.ResNet50().Layers {
		p, err := systolic.Lower(layer, systolic.Physical)
		require.NoError(b, err)
		problems = append(problems, p)
	}
	b.ReportAllocs()
	for b.Loop() {
		for _, p := range problems {
			bounded(c, p)
		}
	}
}

func BenchmarkEvaluateResNet50(b *testing.B) {
	c, w, table := edge(), prepared(b, dnn.ResNet50()), tech.Horowitz45()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := systolic.Evaluate(c, boundedNetwork(c, w), table); err != nil {
			b.Fatal(err)
		}
	}
}
