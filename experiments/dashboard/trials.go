package dashboard

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// Bounds on reading trials for a table: how long one table may take, and how many are made at once.
const (
	scanWithin = 30 * time.Second
	maxScans   = 2
)

// TrialRow is a trial in the table of trials.
type TrialRow struct {
	Study      int      `json:"study"`
	Scenario   string   `json:"scenario"`
	Agent      string   `json:"agent"`
	Repeat     int      `json:"repeat"`
	Trial      int      `json:"trial"`
	Status     string   `json:"status"` // met, missed, infeasible, failed
	Reason     string   `json:"reason,omitempty"`
	Objectives []Number `json:"objectives"` // in their own directions; empty when infeasible or failed
	Axes       []Value  `json:"axes"`
	Metrics    []Value  `json:"metrics"`
}

// Trials is a page of the table of trials.
type Trials struct {
	Total   int        `json:"total"`
	Matches int        `json:"matches"`
	Offset  int        `json:"offset"`
	Columns []string   `json:"columns"` // that a filter and an order may name
	Rows    []TrialRow `json:"rows"`
}

// trial is a row while a table is made.
type trial struct {
	w         *watch
	study     int
	row       dataset.Row
	evaluated space.Point // nil until somebody asks
}

func (t *trial) cell() *cell      { return &t.w.cells[t.w.cellOf[t.study]] }
func (t *trial) of() *sweep.Study { return &t.w.plan.Studies[t.study] }

// point is the design that was evaluated.
func (t *trial) point() space.Point {
	if t.evaluated == nil {
		t.evaluated = t.of().Evaluated(t.row.Point)
	}
	return t.evaluated
}

func (t *trial) status() string {
	switch {
	case t.row.Result.Failed != "":
		return "failed"
	case t.row.Result.Infeasible != "":
		return "infeasible"
	case meets(t.row):
		return "met"
	}
	return "missed"
}

// document is the row as it is shown.
func (t *trial) document() TrialRow {
	c := t.cell()
	row := TrialRow{
		Study: t.study, Scenario: c.info.Scenario, Agent: c.info.Label, Repeat: t.of().Repeat, Trial: t.row.Trial, Status: t.status(),
		Reason: cut(t.row.Result.Failed+t.row.Result.Infeasible, maxReasonBytes), Objectives: []Number{},
		Axes: axes(*t.of(), c.info.Spec.Space, t.row.Point), Metrics: metrics(c.info.Spec.Metrics, t.row.Result.Values),
	}
	for k, v := range t.row.Score.Objectives {
		row.Objectives = append(row.Objectives, Number(results.Natural(c.terms[k], v)))
	}
	return row
}

// ofStudy are the columns that all trials of a study have in common.
func ofStudy() []column[trial] {
	return []column[trial]{
		{"study", func(t *trial) field { return numberField(float64(t.study)) }},
		{"scenario", func(t *trial) field { return textField(t.cell().info.Scenario) }},
		{"agent", func(t *trial) field { return textField(t.cell().info.Label) }},
		{"kind", func(t *trial) field { return textField(t.cell().info.Agent) }},
		{"repeat", func(t *trial) field { return numberField(float64(t.of().Repeat)) }},
	}
}

// ofTrial are the columns of trials of any scenario, and those of one cell: its axes and metrics.
func ofTrial(c *cell) []column[trial] {
	list := []column[trial]{
		{"trial", func(t *trial) field { return numberField(float64(t.row.Trial)) }},
		{"status", func(t *trial) field { return textField(t.status()) }},
		{"score", func(t *trial) field {
			if len(t.row.Score.Objectives) == 0 {
				return field{}
			}
			return numberField(results.Natural(t.cell().terms[0], t.row.Score.Objectives[0]))
		}},
		{"reason", func(t *trial) field { return textField(t.row.Result.Failed + t.row.Result.Infeasible) }},
	}
	for axis, param := range c.info.Spec.Space.Params() {
		list = append(list, column[trial]{param.Name, func(t *trial) field {
			of, p := t.cell().info.Spec.Space, t.point()
			switch {
			case of.Check(p) != nil || !of.Active(p, axis):
				return field{}
			case param.Kind == space.Ordinal:
				return numberField(param.Values[p[axis]])
			}
			return textField(param.LevelName(p[axis]))
		}})
	}
	for i, key := range c.info.Spec.Keys() {
		list = append(list, column[trial]{key, func(t *trial) field {
			if i >= len(t.row.Result.Values) {
				return field{}
			}
			return numberField(t.row.Result.Values[i])
		}})
	}
	return list
}

// scan makes a table of trials.
type scan struct {
	w      *watch
	q      query
	known  []string          // columns of all cells
	own    [][]column[trial] // of each cell
	page   Trials
	kept   []ranked
	sorted bool
	full   bool // the first rows of kept, as many as matter, are in their order
}

// ranked is a row with what it is ordered by.
type ranked struct {
	by    field
	place int // among those that pass
	row   *trial
}

// trialTable is a page of the table of trials, read from the journals.
func (w *watch) trialTable(ctx context.Context, q query) (Trials, error) {
	s := &scan{w: w, q: q, sorted: q.sort != "", page: Trials{Offset: q.offset, Rows: []TrialRow{}}}
	w.mu.RLock()
	planned := w.plan != nil
	told := make([]counts, len(w.studies))
	for i := range w.studies {
		told[i] = w.studies[i].counts
	}
	w.mu.RUnlock()
	if !planned {
		return s.page, nil
	}
	if q.study >= len(told) {
		return s.page, fmt.Errorf("study %d: the studies are 0 to %d", q.study, len(told)-1)
	}
	for i := range w.cells {
		s.own = append(s.own, append(ofStudy(), ofTrial(&w.cells[i])...))
		for _, c := range s.own[i] {
			if !slices.Contains(s.known, c.name) {
				s.known = append(s.known, c.name)
			}
		}
	}
	s.page.Columns = s.known
	for i, t := range told {
		if t.told == 0 || q.study >= 0 && q.study != i {
			continue
		}
		s.page.Total += t.told
		if err := s.study(ctx, i, t); err != nil {
			return s.page, err
		}
	}
	return s.finish(), nil
}

// study takes the trials of one study.
func (s *scan) study(ctx context.Context, i int, told counts) error {
	columns := s.own[s.w.cellOf[i]]
	if passes, err := filter(s.common(), columns, s.known); err != nil || !passes(&trial{w: s.w, study: i}) || s.hopeless(told) {
		return err
	}
	passes, err := filter(s.q.terms, columns, s.known)
	if err != nil {
		return err
	}
	by := columns[0]
	if s.sorted {
		if by, err = columnOf(s.q.sort, columns, s.known); err != nil {
			return err
		}
	}
	t := trial{w: s.w, study: i}
	n, behind := 0, s.page.Matches+told.told
	for row, err := range s.w.plan.Follow(s.w.dir, i).Trials() {
		if !s.sorted && len(s.q.terms) == 0 && len(s.kept) >= s.most() {
			s.page.Matches = behind // they all pass, and none of the others is shown
			break
		}
		if n++; n%1024 == 0 && ctx.Err() != nil {
			return fmt.Errorf("the table takes too long: narrow it to a study or an agent: %w", ctx.Err())
		}
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
		t.row, t.evaluated = row, nil
		if passes(&t) {
			s.keep(&t, by)
		}
	}
	return nil
}

// common are the terms about what all trials of a study have in common.
func (s *scan) common() []term {
	var list []term
	for _, t := range s.q.terms {
		if slices.ContainsFunc(ofStudy(), func(c column[trial]) bool { return t.key == c.name }) {
			list = append(list, t)
		}
	}
	return list
}

// hopeless tells whether a study has no trial of the status that is asked for.
func (s *scan) hopeless(c counts) bool {
	for _, t := range s.q.terms {
		if t.key != "status" || t.op != "=" || t.not {
			continue
		}
		if n, known := map[string]int{"failed": c.failed, "infeasible": c.infeasible, "met": c.met}[t.text]; known && n == 0 {
			return true
		}
	}
	return false
}

// most is how many rows matter.
func (s *scan) most() int { return s.q.offset + s.q.limit }

// keep takes a row that passes.
func (s *scan) keep(t *trial, by column[trial]) {
	s.page.Matches++
	r := ranked{place: s.page.Matches}
	if !s.sorted {
		if len(s.kept) < s.most() {
			r.row = &trial{t.w, t.study, t.row, t.evaluated}
			s.kept = append(s.kept, r)
		}
		return
	}
	if by.get != nil {
		r.by = by.get(t)
	}
	if s.full && compareFields(r.by, s.kept[s.most()-1].by, s.q.descending) >= 0 {
		return // it comes behind the page
	}
	r.row = &trial{t.w, t.study, t.row, t.evaluated}
	if s.kept = append(s.kept, r); len(s.kept) >= 2*s.most()+1024 {
		s.order()
	}
}

// order sorts what is kept and drops what is behind the page.
func (s *scan) order() {
	slices.SortFunc(s.kept, func(a, b ranked) int {
		if by := compareFields(a.by, b.by, s.q.descending); by != 0 {
			return by
		}
		return a.place - b.place
	})
	s.kept = s.kept[:min(len(s.kept), s.most())]
	s.full = len(s.kept) == s.most()
}

func (s *scan) finish() Trials {
	if s.sorted {
		s.order()
	}
	for _, r := range s.kept[min(s.q.offset, len(s.kept)):] {
		s.page.Rows = append(s.page.Rows, r.row.document())
	}
	return s.page
}
