package simulators_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// array is the configuration of the toy hardware.
type array struct {
	rows     int
	dataflow string
	clockMHz float64
	order    []int
	scale    float64 // not an axis
}

// hardware is a toy with one axis of each field constructor: 13 designs, 3 under os and 10 under ws.
func hardware() simulators.Model[array] {
	return simulators.Model[array]{
		Name: "toy/array", Version: "3", Doc: "An array.",
		Metrics: []simulators.Metric{{Name: "latency", Unit: "ns", Doc: "made up"}, {Name: "area", Unit: "mm2", Doc: "made up"}},
		Fields: []simulators.Field[array]{
			simulators.Int("rows", "PE", "rows", []int{4, 8, 16}, func(a *array) *int { return &a.rows }).Log().In("compute"),
			simulators.Choice("dataflow", "which operand stays", []string{"os", "ws"}, func(a *array) *string { return &a.dataflow }),
			simulators.Float("clock_mhz", "MHz", "clock", []float64{500, 1000}, func(a *array) *float64 { return &a.clockMHz }).When("dataflow", "ws"),
			simulators.Order("order", "loops", []string{"k", "c"}, func(a *array) *[]int { return &a.order }).When("dataflow", "ws").When("rows", "8", "16"),
		},
		Base: array{clockMHz: 250, scale: 1000},
		Eval: func(_ context.Context, a array) simulators.Result {
			if a.rows == 16 && a.dataflow == "os" {
				return simulators.Infeasible("16 rows need ws", 8)
			}
			return simulators.OK(a.scale/a.clockMHz/float64(a.rows), float64(a.rows))
		},
	}
}

func built(t *testing.T) *simulators.Built[array] {
	t.Helper()
	s, err := hardware().Build()
	require.NoError(t, err)
	return s
}

// part is a simulator by functions; it shares "rows" with the toy hardware when it has that axis.
type part struct {
	spec     simulators.Spec
	evaluate func(points []space.Point) ([]simulators.Result, error)
	asked    []space.Point
}

func (p *part) Spec() simulators.Spec { return p.spec }

func (p *part) Evaluate(_ context.Context, points []space.Point) ([]simulators.Result, error) {
	p.asked = append(p.asked, points...)
	return p.evaluate(points)
}

// accuracy is a part with the axes depth and rows, in this order, whose one value is depth's level + 10 · rows' level.
func accuracy(t *testing.T) *part {
	t.Helper()
	s, err := space.New(
		space.Param{Name: "depth", Unit: "layers", Values: []float64{1, 2}},
		built(t).Spec().Space.Param(0),
	)
	require.NoError(t, err)
	return &part{
		spec: simulators.Spec{Name: "toy/accuracy", Version: "7", Doc: "An accuracy.", Space: s, Metrics: []simulators.Metric{{Name: "accuracy", Doc: "made up"}}},
		evaluate: func(points []space.Point) ([]simulators.Result, error) {
			results := make([]simulators.Result, len(points))
			for i, p := range points {
				results[i] = simulators.OK(float64(p[0] + 10*p[1]))
			}
			return results, nil
		},
	}
}
