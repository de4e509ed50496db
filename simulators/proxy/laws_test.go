package proxy_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/measure"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

// roofTable is rows of a small roofline: cycles = max(compute(rows, cols), bytes(sram, rows) clock / bandwidth), with a smooth bend, and metrics made of others.
func roofTable(n int, root uint64) *proxy.Table {
	powers := []float64{1, 2, 4, 8, 16, 32}
	s, err := space.New(
		space.Param{Name: "rows", Values: powers, Log: true}, space.Param{Name: "cols", Values: powers, Log: true},
		space.Param{Name: "sram", Unit: "KiB", Values: powers, Log: true}, space.Param{Name: "bandwidth", Unit: "GB/s", Values: powers, Log: true},
		space.Param{Name: "clock", Unit: "MHz", Values: []float64{1, 2, 3}},
	)
	if err != nil {
		panic(err)
	}
	t := &proxy.Table{Tasks: []proxy.Task{{Name: "one"}}, Spec: simulators.Spec{Name: "roof", Version: "1", Doc: "Roof.", Space: s, Metrics: []simulators.Metric{
		{Name: "cycles", Unit: "cycles"}, {Name: "time", Unit: "us"}, {Name: "energy", Unit: "pJ"}, {Name: "energy_array", Unit: "pJ"}, {Name: "energy_dram", Unit: "pJ"},
		{Name: "bytes", Unit: "bytes"}, {Name: "power", Unit: "uW"},
	}}}
	rng := rand.New(rand.NewPCG(root, 1))
	for range n {
		p := s.Sample(rng)
		v := func(axis int) float64 { return s.Param(axis).Values[p[axis]] }
		compute := 3e5 / (v(0) * v(1)) * (1 + 0.1*math.Abs(math.Sin(float64(10*p[0]+p[1]))))
		bytes := 1000 + 2e4*math.Exp2(float64(-p[2])/2) + 100*math.Abs(math.Sin(float64(7*p[0]+p[2])))
		memory := bytes * v(4) / v(3)
		cycles := math.Pow(math.Pow(compute, 8)+math.Pow(memory, 8), 1.0/8)
		array, dram := 500+10*v(0)+7*math.Abs(math.Sin(float64(p[0]+9*p[1]))), 3*bytes
		time := cycles / v(4)
		t.Rows = append(t.Rows, proxy.Row{Point: p, Group: rng.Uint64(), Values: []float64{cycles, time, 40 + array + dram, array, dram, bytes, (40 + array + dram) / time}})
	}
	return t
}

func TestMetricsThatAreMadeOfOthers(t *testing.T) {
	p, err := proxy.Fit(roofTable(1200, 1), proxy.FitOptions{Trees: 60})
	require.NoError(t, err)
	targets := p.File().Targets
	require.Equal(t, &proxy.Sum{Constant: 40, Metrics: []int{3, 4}}, rounded(targets[2].Sum), "energy = 40 + array + dram")
	require.Equal(t, []proxy.Power{{Of: 0, Power: 1}}, targets[1].Product.Metrics, "time = cycles / clock")
	require.Equal(t, []proxy.Power{{Of: 4, Power: -1}}, targets[1].Product.Axes)
	require.Equal(t, []proxy.Power{{Of: 4, Power: 1}}, targets[5].Product.Metrics, "bytes = dram / 3")
	require.InDelta(t, 1.0/3, targets[5].Product.Factor, 1e-9)
	require.Len(t, targets[6].Product.Metrics, 2, "power = energy / time")
	require.Len(t, targets[0].Floors, 2, "bytes clock / bandwidth, and the least cycles of rows and cols")
	require.Equal(t, []proxy.Power{{Of: 3, Power: -1}, {Of: 4, Power: 1}}, targets[0].Floors[0].Product.Axes)
	require.Equal(t, []int{0, 1}, targets[0].Floors[1].Least.Axes)
	require.Equal(t, []int{4}, targets[0].Beside, "how many bytes there are is a feature too")

	test := roofTable(400, 2)
	points := make([]space.Point, len(test.Rows))
	for i, r := range test.Rows {
		points[i] = r.Point
	}
	said := p.Predict(points, 0)
	for m, atMost := range []float64{0.02, 0.02, 0.005, 0.01, 0.005, 0.005, 0.02} {
		truth := make([]float64, len(points))
		for i, r := range test.Rows {
			truth[i] = r.Values[m]
		}
		require.Less(t, measure.Of(truth, said.Metrics[m].Mean).RelativeToMean, atMost, test.Spec.Metrics[m].Name)
		require.InDelta(t, proxy.Cover, measure.Coverage(truth, said.Metrics[m].Low, said.Metrics[m].High), 0.1, test.Spec.Metrics[m].Name)
	}
	for i := range points {
		require.InEpsilon(t, said.Metrics[2].Mean[i]/said.Metrics[1].Mean[i], said.Metrics[6].Mean[i], 1e-9, "the metrics of a design agree with each other")
	}
	var file bytes.Buffer
	require.NoError(t, p.Write(&file))
	again, err := proxy.Read(&file)
	require.NoError(t, err)
	require.Equal(t, p.Means(points, 0), again.Means(points, 0))

	_, err = p.ONNX()
	require.ErrorContains(t, err, "fit with a kind")
}

// Cycles alone are asked for: the bytes that bound them are learned too, as the energy of DRAM, which is three times as many.
func TestWhatAMetricFollowsFromIsLearnedBesideIt(t *testing.T) {
	table := roofTable(1000, 1)
	p, err := proxy.Fit(table, proxy.FitOptions{Trees: 30, Metrics: []string{"cycles_cycles"}})
	require.NoError(t, err)
	require.Equal(t, []string{"cycles", "energy_dram"}, []string{p.Metrics()[0].Name, p.Metrics()[1].Name})
	require.Len(t, p.File().Targets[0].Floors, 2)
	require.Equal(t, []int{1}, p.File().Targets[0].Beside)

	test := roofTable(400, 2)
	var points []space.Point
	var truth []float64
	for _, r := range test.Rows {
		points, truth = append(points, r.Point), append(truth, r.Values[0])
	}
	with := measure.Of(truth, p.Means(points, 0)[0]).RelativeToMean
	require.Less(t, with, 0.01, "without the bytes it is 0.1")
}

// A metric that is another value in one row only is the same in the rest: nothing is learned from it, and nothing goes wrong.
func TestWhatCannotBeLearnedIsNotLearnedBeside(t *testing.T) {
	table := roofTable(400, 1)
	table.Spec.Metrics = []simulators.Metric{{Name: "cycles", Unit: "cycles"}, {Name: "units", Unit: "units"}}
	for i, r := range table.Rows {
		s := table.Spec.Space
		perByte := s.Param(4).Values[r.Point[4]] / s.Param(3).Values[r.Point[3]] // the cycles of half the rows; nothing tells those of the others
		table.Rows[i].Values = []float64{perByte * (1 + float64(i%2)*math.Mod(float64(r.Group), 3)), 1}
	}
	table.Rows[0].Values = []float64{1000, 2}
	p, err := proxy.Fit(table, proxy.FitOptions{Trees: 60, Metrics: []string{"cycles_cycles"}})
	require.NoError(t, err)
	require.Len(t, p.Metrics(), 1)
}

// rounded is a sum with the constant rounded.
func rounded(f *proxy.Sum) *proxy.Sum {
	return &proxy.Sum{Constant: math.Round(f.Constant*1e6) / 1e6, Metrics: f.Metrics}
}

func TestAGivenKindIsTheKindOfEveryMetric(t *testing.T) {
	p, err := proxy.Fit(roofTable(300, 1), proxy.FitOptions{Kind: regress.Boost, Transform: "log", Trees: 20})
	require.NoError(t, err)
	for _, target := range p.File().Targets {
		require.Equal(t, regress.Boost, target.Kind)
		require.Nil(t, target.Product)
		require.Nil(t, target.Sum)
		require.Empty(t, target.Floors)
	}
	_, err = p.ONNX()
	require.NoError(t, err)
}

// TestFilesThatMakeNoSense: laws of what is not there are refused, not followed.
func TestFilesThatMakeNoSense(t *testing.T) {
	p, err := proxy.Fit(roofTable(300, 1), proxy.FitOptions{Trees: 20})
	require.NoError(t, err)
	for name, spoil := range map[string]func(f *proxy.File){
		"a product of target 99": func(f *proxy.File) { f.Targets[1].Product.Metrics[0].Of = 99 },
		"a product of target 1":  func(f *proxy.File) { f.Targets[1].Product.Metrics[0].Of = 1 },
		"a product of axis 9":    func(f *proxy.File) { f.Targets[1].Product.Axes[0].Of = 9 },
		"a sum of target 2":      func(f *proxy.File) { f.Targets[2].Sum.Metrics[0] = 2 },
		"target 2 beside it": func(f *proxy.File) {
			f.Targets[0].Floors = []proxy.Floor{{Least: &regress.Table{Axes: []int{0}, Values: []float64{1, 1, 1, 1, 1, 1}}}}
			f.Targets[0].Beside = []int{2}
		},
		"beside it, and no floors": func(f *proxy.File) { f.Targets[3].Beside = []int{4} },
	} {
		text, err := json.Marshal(p.File())
		require.NoError(t, err)
		var f proxy.File
		require.NoError(t, json.Unmarshal(text, &f))
		spoil(&f)
		text, err = json.Marshal(f)
		require.NoError(t, err)
		var file bytes.Buffer
		z := gzip.NewWriter(&file)
		_, err = z.Write(text)
		require.NoError(t, err)
		require.NoError(t, z.Close())
		_, err = proxy.Read(&file)
		require.ErrorContains(t, err, name)
	}
}
