package archgym

import (
	"fmt"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/simulators"
)

// Imported is a table made into the studies of a dataset.
type Imported struct {
	Studies []dataset.Study
	Notes   []string // what the reader of the figures should know

	table     *Table
	levels    [][]int
	objective objective.Objective
	spec      simulators.Spec
}

// Import makes the studies. The objective says what is a good design; without any term it is to maximise the reward. The origin identifies the files
// in the version of the simulator.
func (t *Table) Import(cfg objective.Config, scenario, origin string) (*Imported, error) {
	if t.rows == 0 {
		return nil, fmt.Errorf("no line with a design")
	}
	s, levels, err := t.axesOf()
	if err != nil {
		return nil, err
	}
	out := &Imported{table: t, levels: levels}
	out.spec = simulators.Spec{Name: "archgym", Version: "imported+" + origin, Doc: "Imported from ArchGym.", Space: s}
	for _, u := range t.Units {
		out.spec.Metrics = append(out.spec.Metrics, u.metric())
	}
	if t.Rewarded {
		out.spec.Metrics = append(out.spec.Metrics, simulators.Metric{Name: rewardKey, Doc: "ArchGym's reward"})
	}
	if len(cfg.Minimise)+len(cfg.Maximise) == 0 {
		if !t.Rewarded {
			return nil, fmt.Errorf("not every line has a reward: say what to minimise or to maximise (known: %s)", strings.Join(out.spec.Keys(), ", "))
		}
		cfg.Maximise = []string{rewardKey}
	}
	if out.objective, err = objective.New(cfg, out.spec.Metrics); err != nil {
		return nil, err
	}
	for _, study := range t.Studies {
		agent, label := "archgym", study.File
		if study.Algorithm != "" {
			agent, label = study.Algorithm, study.Algorithm+" "+study.File
		}
		out.Studies = append(out.Studies, dataset.Study{
			Scenario: scenario, Spec: out.spec, Agent: agent, Label: label, Hyperparameters: map[string]any{"file": study.File},
			Objectives: out.objective.Objectives(), Constraints: out.objective.Constraints(),
		})
	}
	out.Notes = t.notes(out.spec.Metrics)
	return out, nil
}

// Rows walks the rows of a study.
func (m *Imported) Rows(study int) iter.Seq2[dataset.Row, error] {
	return func(yield func(dataset.Row, error) bool) {
		for trial, r := range m.table.Studies[study].rows {
			out := dataset.Row{Trial: trial, Point: make(space.Point, len(r.axes))}
			for i, n := range r.axes {
				out.Point[i] = m.levels[i][n]
			}
			out.Result = m.result(r)
			score, err := m.objective.Score(out.Result)
			if err != nil {
				out.Result = simulators.Failed(err.Error())
				score, err = m.objective.Score(out.Result)
			}
			out.Score = score
			if !yield(out, err) {
				return
			}
		}
	}
}

// result is what a row evaluated to.
func (m *Imported) result(r row) simulators.Result {
	values := slices.Clone(r.values)
	if m.table.Rewarded {
		values = append(values, r.reward)
	}
	for i, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return simulators.Infeasible(fmt.Sprintf("%s is %v", m.spec.Metrics[i].Key(), v), 0)
		}
	}
	return simulators.OK(values...)
}

// gap is the factor between neighbouring values of a metric from which a note is made: 1000 between two units, less what designs differ by.
const gap = 100

// notes says which metrics look as if their values had different units.
func (t *Table) notes(metrics []simulators.Metric) (notes []string) {
	if t.Skipped > 0 {
		notes = append(notes, fmt.Sprintf("%d malformed lines were left out", t.Skipped))
	}
	for i := range t.Units {
		var values []float64
		for _, s := range t.Studies {
			for _, r := range s.rows {
				if v := r.values[i]; v > 0 && !math.IsInf(v, 0) {
					values = append(values, v)
				}
			}
		}
		slices.Sort(values)
		for at := 1; at < len(values); at++ {
			if values[at] >= gap*values[at-1] {
				notes = append(notes, fmt.Sprintf("%s: %d values up to %.4g and %d from %.4g on: if these are two units, as in ArchGym's latency of DRAM (its issue 139), "+
					"the figures of one group are off by their ratio", metrics[i].Key(), at, values[at-1], len(values)-at, values[at]))
				break
			}
		}
	}
	return notes
}
