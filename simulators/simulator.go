package simulators

import (
	"context"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

// Metric is one number that a simulator reports for a design.
type Metric struct {
	Name string // "latency"
	Unit string // "cycles", "pJ", "mm2"; empty for a pure number
	Doc  string // one line: what is counted, and how exact it is
}

// Key is the metric's name in expressions, TOML files and datasets: <name>_<unit>, the unit in lower case with '/' written as "_per_". It is an
// identifier: an ASCII letter or '_', then letters, digits and '_'; Model.Build refuses others.
func (m Metric) Key() string {
	if m.Unit == "" {
		return m.Name
	}
	word := strings.NewReplacer("/", "_per_", " ", "_", "·", "_", "²", "2", "%", "percent", "µ", "u")
	return m.Name + "_" + strings.ToLower(word.Replace(m.Unit))
}

// Spec says what a simulator searches and reports. It never changes during the simulator's life.
type Spec struct {
	Name    string // catalogue id: family[/variant], lower case
	Version string // changes whenever a number moves, in the same commit as the goldens that moved
	Doc     string // first line: one sentence; then equations and sources in short
	Space   space.Space
	Metrics []Metric
}

// Keys lists the metrics' keys in order.
func (s Spec) Keys() []string {
	keys := make([]string, len(s.Metrics))
	for i, m := range s.Metrics {
		keys[i] = m.Key()
	}
	return keys
}

// Result is what one evaluation of one design gave. Exactly one of these holds: Values is set; Infeasible is set; Failed is set.
type Result struct {
	Values     []float64 // parallel to Spec.Metrics, every one finite; nil when Infeasible or Failed
	Infeasible string    // a property of the design, with its reason
	Violation  float64   // of an infeasible design: how far from feasible, >= 0, 0 = unknown; gives agents a slope
	Failed     string    // this evaluation broke (panic, timeout, dead process, not a number): never cached, told as infeasible, listed
}

// OK is the result of a design that was evaluated: one value a metric, in their order.
func OK(values ...float64) Result { return Result{Values: values} }

// Infeasible is the result of a design that cannot exist; violation says how far it is from feasible, 0 when unknown.
func Infeasible(reason string, violation float64) Result {
	return Result{Infeasible: reason, Violation: violation}
}

// Failed is the result of an evaluation that broke.
func Failed(reason string) Result { return Result{Failed: reason} }

// Simulator evaluates designs.
//
// Evaluate returns one result a point, in the points' order; an error means that the whole simulator is broken (or ctx ended) and that
// no result counts. Points are canonical points of Spec().Space; they belong to the caller, who does not change them during the call, and
// the results belong to the caller afterwards. A simulator is deterministic in the point alone, whatever was evaluated before, in whatever
// batches, and is safe for concurrent use. An empty batch gives an empty result. simtest.Test proves all this.
type Simulator interface {
	Spec() Spec
	Evaluate(ctx context.Context, points []space.Point) ([]Result, error)
}
