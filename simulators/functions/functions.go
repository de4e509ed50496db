package functions

import (
	"context"
	"strconv"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
	"github.com/codesign-gym/codesign/simulators"
)

// Version of every function's definition.
const Version = "1"

// Family begins the catalogue id of every function.
const Family = "functions/"

// Factories lists the functions: those of one objective, then those of several.
func Factories() []simulators.Factory {
	var list []simulators.Factory
	for _, f := range functions.All() {
		list = append(list, simulators.Factory{
			Name: Family + f.Name, Doc: f.Doc,
			New: func(simulators.Settings) (simulators.Instance, error) {
				return simulators.Instance{Simulator: New(f)}, nil
			},
		})
	}
	return list
}

// Simulator evaluates a function.
type Simulator struct {
	spec simulators.Spec
	eval func(space.Point) (objectives, constraints []float64)
}

var _ simulators.Simulator = (*Simulator)(nil)

// New makes the simulator of a function.
func New(f functions.Function) *Simulator {
	spec := simulators.Spec{Name: Family + f.Name, Version: Version, Doc: f.Doc, Space: f.Space}
	if f.Objectives == 1 {
		spec.Metrics = []simulators.Metric{{Name: "value", Doc: "the function's value, minimised"}}
	} else {
		spec.Metrics = numbered("f", f.Objectives, "objective, minimised")
	}
	spec.Metrics = append(spec.Metrics, numbered("c", f.Constraints, "constraint, holds when <= 0")...)
	return &Simulator{spec: spec, eval: f.Eval}
}

// numbered names n metrics prefix1, prefix2, ….
func numbered(prefix string, n int, doc string) []simulators.Metric {
	metrics := make([]simulators.Metric, n)
	for i := range metrics {
		metrics[i] = simulators.Metric{Name: prefix + strconv.Itoa(i+1), Doc: doc}
	}
	return metrics
}

// Spec implements simulators.Simulator.
func (s *Simulator) Spec() simulators.Spec { return s.spec }

// Evaluate implements simulators.Simulator.
func (s *Simulator) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		objectives, constraints := s.eval(p)
		results[i] = simulators.OK(append(objectives, constraints...)...)
	}
	return results, nil
}
