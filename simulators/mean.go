package simulators

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// SEMSuffix ends the name of a metric that is the standard error of another one's mean: "latency_sem", in the unit of "latency".
const SEMSuffix = "_sem"

// SEM declares the standard error of the metric's mean over so many evaluations.
func (m Metric) SEM(evaluations int) Metric {
	return Metric{Name: m.Name + SEMSuffix, Unit: m.Unit, Doc: fmt.Sprintf("standard error of the mean of %d evaluations: %s", evaluations, m.Doc)}
}

// Mean is several evaluations of each design as one: of a simulator that is drawn at random, its parts are the same model with other random numbers, or
// the same simulator several times where it draws by itself. Each metric x is the mean of its n values, followed, behind all metrics, by its standard error:
//
//	SEM = sqrt( sum_i (x_i - mean)^2 / (n - 1) / n )
//
// A mean is always of all n evaluations. They are made one after the other; the first that finds the design infeasible, or fails, decides and ends the
// trial. So what is asked of the metrics holds for the means, and a design that cannot exist costs one evaluation.
func Mean(parts ...Simulator) (Simulator, error) {
	if len(parts) < 2 {
		return nil, fmt.Errorf("mean: %d evaluations: a mean with its standard error needs 2", len(parts))
	}
	m := mean{parts: parts, spec: parts[0].Spec()}
	var errs []error
	for i, part := range parts[1:] {
		if other := part.Spec(); !other.alike(m.spec) {
			errs = append(errs, fmt.Errorf("mean: evaluation %d is of %s@%s, the first of %s@%s: they must have the same axes and metrics",
				i+2, other.Name, other.Version, m.spec.Name, m.spec.Version))
		}
	}
	metrics := slices.Clone(m.spec.Metrics)
	for _, metric := range m.spec.Metrics {
		metrics = append(metrics, metric.SEM(len(parts)))
	}
	keys := m.spec.Keys()
	for _, metric := range metrics[len(keys):] {
		if slices.Contains(keys, metric.Key()) {
			errs = append(errs, fmt.Errorf("mean: %s has a metric %q, which is the name of a standard error: rename it", m.spec.Name, metric.Key()))
		}
	}
	m.spec.Metrics = metrics
	return m, errors.Join(errs...)
}

// alike tells whether results of the two specifications belong together.
func (s Spec) alike(other Spec) bool {
	return s.Name == other.Name && s.Version == other.Version && reflect.DeepEqual(s.Space, other.Space) && slices.Equal(s.Keys(), other.Keys())
}

type mean struct {
	spec  Spec
	parts []Simulator // one an evaluation
}

func (m mean) Spec() Spec { return m.spec }

func (m mean) Evaluate(ctx context.Context, points []space.Point) ([]Result, error) {
	results := make([]Result, len(points))
	open, asked := make([]int, len(points)), slices.Clone(points) // without a verdict, by index, and their points
	for i := range open {
		open[i] = i
	}
	metrics := len(m.spec.Metrics) / 2
	for k, part := range m.parts {
		if len(open) == 0 {
			break
		}
		got, err := evaluate(ctx, part, asked)
		if err != nil {
			return nil, err
		}
		left := 0
		for j, at := range open {
			r := got[j]
			if r.Failed == "" && r.Infeasible == "" && len(r.Values) != metrics {
				r = Failed(fmt.Sprintf("%d values for %d metrics", len(r.Values), metrics))
			}
			if r.Failed != "" || r.Infeasible != "" {
				results[at] = m.verdict(k, r)
				continue
			}
			results[at] = accumulate(results[at], r.Values, k+1)
			open[left], asked[left] = at, asked[j]
			left++
		}
		open, asked = open[:left], asked[:left]
	}
	n := float64(len(m.parts))
	for _, at := range open {
		squares := results[at].Values[metrics:]
		for i, s := range squares {
			squares[i] = math.Sqrt(s / (n - 1) / n)
		}
	}
	return results, nil
}

// verdict is a result without values as that of the whole trial; the reason says which evaluation it is of, but for the first.
func (m mean) verdict(k int, r Result) Result {
	if k == 0 {
		return r
	}
	which := fmt.Sprintf("evaluation %d of %d: ", k+1, len(m.parts))
	if r.Failed != "" {
		return Failed(which + r.Failed)
	}
	return Infeasible(which+r.Infeasible, r.Violation)
}

// accumulate adds the k-th values (k from 1) to running means and sums of squared distances from them [Welford 1962]: equal values have exactly their mean, and no distance.
func accumulate(so Result, values []float64, k int) Result {
	if k == 1 {
		so.Values = make([]float64, 2*len(values))
	}
	for i, v := range values {
		distance := v - so.Values[i]
		so.Values[i] += distance / float64(k)
		so.Values[len(values)+i] += distance * (v - so.Values[i])
	}
	return so
}

// IsSeed tells whether the setting is a root of random numbers, by its name: an integer "seed", or one that ends in "_seed".
func (d Setting) IsSeed() bool {
	_, whole := d.Default.(int)
	return whole && (d.Name == "seed" || strings.HasSuffix(d.Name, "_seed"))
}

// Reseeded is n sets of settings that differ in their seeds alone: the first is the given one, the others have seeds derived from its own,
// seed.Derive(given seed, "evaluation", setting, "1"), "2", …, brought into the setting's range, none twice. It is nil when no setting is a seed.
func (s Settings) Reseeded(n int) ([]map[string]any, error) {
	sets := make([]map[string]any, n)
	for k := range sets {
		sets[k] = s.Map()
	}
	seeds := 0
	for _, d := range s.declared {
		if !d.IsSeed() {
			continue
		}
		seeds++
		list, err := d.seeds(s.Int(d.Name), n)
		if err != nil {
			return nil, err
		}
		for k, v := range list {
			sets[k][d.Name] = v
		}
	}
	if seeds == 0 {
		return nil, nil
	}
	return sets, nil
}

// seeds are n different values of a seed setting.
func (d Setting) seeds(first, n int) ([]int, error) {
	low, high := 0, 1<<31-1
	if d.Max > d.Min {
		low, high = int(max(d.Min, -maxWhole)), int(min(d.Max, maxWhole))
	}
	if high-low < n-1 {
		return nil, fmt.Errorf("setting %q has the range [%d, %d], too small for %d different seeds", d.Name, low, high, n)
	}
	list := []int{first}
	for k := 1; len(list) < n; k++ {
		derived := seed.Derive(uint64(first), "evaluation", d.Name, strconv.Itoa(k))
		if v := low + int(derived%uint64(high-low+1)); !slices.Contains(list, v) {
			list = append(list, v)
		}
	}
	return list, nil
}
