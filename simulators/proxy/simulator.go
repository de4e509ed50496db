package proxy

import (
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// simulator is a proxy in one task.
type simulator struct {
	proxy     *Proxy
	task      int
	intervals bool
	checkFrac float64
	truth     simulators.Simulator // nil = not in the catalogue
	columns   []int                // metric of the truth of each of the proxy's
	spec      simulators.Spec
}

var _ simulators.Simulator = (*simulator)(nil)

// describe makes the specification.
func (s *simulator) describe() error {
	f := &s.proxy.file
	s.spec = simulators.Spec{
		Name: "proxy/" + f.Simulator, Version: f.Version + "+proxy." + s.proxy.Hash(), Space: s.proxy.space, Metrics: s.proxy.Metrics(),
		Doc: fmt.Sprintf("Proxy of %s %s, learned from %d designs.\n\n"+
			"Every metric is a prediction; what it is worth, `codesign proxy eval` measures. A design is infeasible when that is likelier than not.", f.Simulator, f.Version, f.Rows),
	}
	if s.truth != nil {
		keys := s.truth.Spec().Keys()
		for _, m := range s.spec.Metrics {
			at := slices.Index(keys, m.Key())
			if at < 0 {
				return fmt.Errorf("the true simulator has no metric %s: fit the proxy again", m.Key())
			}
			s.columns = append(s.columns, at)
		}
		s.spec.Space = s.truth.Spec().Space // with the documentation of today
	}
	if !s.intervals {
		return nil
	}
	for _, m := range s.proxy.Metrics() {
		low, high := m, m
		low.Name, low.Doc = m.Name+"_low", "lower end of the interval that holds the true "+m.Key()+" nine times in ten"
		high.Name, high.Doc = m.Name+"_high", "upper end of that interval"
		s.spec.Metrics = append(s.spec.Metrics, low, high)
	}
	s.spec.Metrics = append(s.spec.Metrics,
		simulators.Metric{Name: "feasible_frac", Doc: "the chance that the design is feasible"},
		simulators.Metric{Name: "unseen", Unit: "axes", Doc: "how many axes have a level that no training row had: such intervals are as wide as the training targets spread"})
	if s.proxy.tellsNewTasks() {
		s.spec.Metrics = append(s.spec.Metrics,
			simulators.Metric{Name: "outside", Unit: "features", Doc: "how many features of the workload are outside those of the fit: without rows of it, such intervals are as wide too"})
	}
	return nil
}

// Opened is the proxy of a simulator that a Factory of this package made, the task that it predicts, and its true simulator, which may be nil; false for any other
// simulator.
func Opened(of simulators.Simulator) (p *Proxy, task int, truth simulators.Simulator, ok bool) {
	s, ok := of.(*simulator)
	if !ok {
		return nil, 0, nil, false
	}
	return s.proxy, s.task, s.truth, true
}

func (s *simulator) Spec() simulators.Spec { return s.spec }

// Evaluate predicts, and of the checked share asks the true simulator.
func (s *simulator) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	var checked []int
	var truly []space.Point
	for i, p := range points {
		if s.checked(p) {
			checked, truly = append(checked, i), append(truly, p)
		}
	}
	s.predict(points, results)
	if len(truly) == 0 {
		return results, ctx.Err()
	}
	real, err := s.truth.Evaluate(ctx, truly)
	if err == nil && len(real) != len(truly) {
		err = fmt.Errorf("%d results for %d points", len(real), len(truly))
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.proxy.file.Simulator, err)
	}
	for k, i := range checked {
		results[i] = s.real(real[k])
	}
	return results, nil
}

// predict fills in what the proxy says.
func (s *simulator) predict(points []space.Point, results []simulators.Result) {
	if len(points) == 0 {
		return
	}
	said := s.proxy.Predict(points, s.task)
	for i := range points {
		if said.Feasible != nil && said.Feasible[i] < 0.5 {
			results[i] = simulators.Infeasible(fmt.Sprintf("predicted to be infeasible, with a chance of %.2f", 1-said.Feasible[i]), 0)
			continue
		}
		values := make([]float64, 0, len(s.spec.Metrics))
		for _, m := range said.Metrics {
			values = append(values, m.Mean[i])
		}
		if s.intervals {
			feasible := 1.0
			if said.Feasible != nil {
				feasible = said.Feasible[i]
			}
			for _, m := range said.Metrics {
				values = append(values, m.Low[i], m.High[i])
			}
			values = append(values, feasible, float64(said.Unseen[i]))
			if s.proxy.tellsNewTasks() {
				values = append(values, float64(said.Outside))
			}
		}
		results[i] = simulators.OK(values...)
	}
}

// real is a result of the true simulator in the proxy's metrics: intervals of no width.
func (s *simulator) real(r simulators.Result) simulators.Result {
	if r.Values == nil {
		return r
	}
	values := make([]float64, 0, len(s.spec.Metrics))
	for _, c := range s.columns {
		values = append(values, r.Values[c])
	}
	if s.intervals {
		for _, c := range s.columns {
			values = append(values, r.Values[c], r.Values[c])
		}
		values = append(values, 1, 0)
		if s.proxy.tellsNewTasks() {
			values = append(values, 0)
		}
	}
	return simulators.OK(values...)
}

// checked tells whether the true simulator evaluates a design: a hash of the design decides, so that it depends on nothing else.
func (s *simulator) checked(p space.Point) bool {
	if s.checkFrac == 0 {
		return false
	}
	h := fnv.New64a()
	var b [8]byte
	for _, level := range p {
		binary.LittleEndian.PutUint64(b[:], uint64(level))
		h.Write(b[:]) // a hash takes everything
	}
	x := h.Sum64() // its low bits are weak: they are mixed once more
	x = (x ^ x>>30) * 0xBF58476D1CE4E5B9
	x = (x ^ x>>27) * 0x94D049BB133111EB
	return float64((x^x>>31)>>11)/(1<<53) < s.checkFrac
}

// about tells what the proxy is.
func (p *Proxy) about() []simulators.Section {
	targets := simulators.Section{Title: "predicted metric", Columns: []string{"model", "learned as", "90 % interval, transformed"}}
	for _, t := range p.file.Targets {
		learned := t.Transform.Name
		if learned == "" {
			learned = "itself"
		}
		targets.Rows = append(targets.Rows, []string{simulators.Metric{Name: t.Name, Unit: t.Unit}.Key(), string(t.Kind), learned, fmt.Sprintf("± %.3g", slices.Max(t.HalfWidth))})
	}
	fitted := simulators.Section{Title: "fitted to", Columns: []string{"value"}, Rows: [][]string{
		{"simulator", p.file.Simulator + " " + p.file.Version}, {"rows", fmt.Sprint(p.file.Rows)}, {"infeasible rows", fmt.Sprint(p.file.Infeasible)},
		{"settings", jsonText(p.file.Common)},
	}}
	sections := []simulators.Section{fitted, targets}
	if p.tellsNewTasks() {
		told := simulators.Section{Title: "new workloads", Columns: []string{"told by", "error", "error by the mean"}}
		for k, t := range p.file.Targets {
			row := []string{p.Metrics()[k].Key(), t.New.By(p.file.Features), "-", "-"}
			if t.New != nil {
				row[2], row[3] = fmt.Sprintf("%.3g", t.New.Error), fmt.Sprintf("%.3g", t.New.MeanError)
			}
			told.Rows = append(told.Rows, row)
		}
		sections = append(sections, told)
	}
	for _, c := range p.file.Corrected {
		corrected := simulators.Section{Title: "corrected: " + c.Name, Columns: []string{"rows", "correction", "90 % interval, transformed"}}
		for k, t := range c.Targets {
			corrected.Rows = append(corrected.Rows, []string{p.Metrics()[k].Key(), fmt.Sprint(c.Rows), t.String(), fmt.Sprintf("± %.3g", t.HalfWidth)})
		}
		if len(c.Outside) > 0 {
			corrected.Rows = append(corrected.Rows, []string{"outside the fit", strings.Join(c.Outside, ", "), "", ""})
		}
		sections = append(sections, corrected)
	}
	return sections
}
