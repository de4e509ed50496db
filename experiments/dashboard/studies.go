package dashboard

import (
	"slices"

	"github.com/codesign-gym/codesign/experiments/study"
)

// StudyRow is a study in the table of studies.
type StudyRow struct {
	Study      int    `json:"study"`
	Scenario   string `json:"scenario"`
	Agent      string `json:"agent"`
	Kind       string `json:"kind"`
	Repeat     int    `json:"repeat"`
	Status     string `json:"status"` // waiting, running, paused, done, stopped, unreadable
	Reason     string `json:"reason,omitempty"`
	Trials     int    `json:"trials"`
	Failed     int    `json:"failed"`
	Infeasible int    `json:"infeasible"`
	Best       Number `json:"best"`      // of the first objective
	FirstMet   int    `json:"met_after"` // trials to the first design that meets every constraint; 0 = none yet
	Seconds    Number `json:"seconds"`   // of finished ones
	Worker     string `json:"worker,omitempty"`
}

// Studies is a page of the table of studies.
type Studies struct {
	Total   int        `json:"total"`   // studies
	Matches int        `json:"matches"` // that pass the filter
	Offset  int        `json:"offset"`
	Columns []string   `json:"columns"` // that a filter and an order may name
	Rows    []StudyRow `json:"rows"`
}

func studyColumns() []column[StudyRow] {
	count := func(name string, get func(*StudyRow) int) column[StudyRow] {
		return column[StudyRow]{name, func(r *StudyRow) field { return numberField(float64(get(r))) }}
	}
	word := func(name string, get func(*StudyRow) string) column[StudyRow] {
		return column[StudyRow]{name, func(r *StudyRow) field { return textField(get(r)) }}
	}
	return []column[StudyRow]{
		count("study", func(r *StudyRow) int { return r.Study }), word("scenario", func(r *StudyRow) string { return r.Scenario }),
		word("agent", func(r *StudyRow) string { return r.Agent }), word("kind", func(r *StudyRow) string { return r.Kind }),
		count("repeat", func(r *StudyRow) int { return r.Repeat }), word("status", func(r *StudyRow) string { return r.Status }),
		word("reason", func(r *StudyRow) string { return r.Reason }), count("trials", func(r *StudyRow) int { return r.Trials }),
		count("failed", func(r *StudyRow) int { return r.Failed }), count("infeasible", func(r *StudyRow) int { return r.Infeasible }),
		{"best", func(r *StudyRow) field { return numberField(float64(r.Best)) }},
		{"met_after", func(r *StudyRow) field {
			if r.FirstMet == 0 {
				return field{}
			}
			return numberField(float64(r.FirstMet))
		}},
		{"seconds", func(r *StudyRow) field { return numberField(float64(r.Seconds)) }}, word("worker", func(r *StudyRow) string { return r.Worker }),
	}
}

// studyTable is a page of the table of studies.
func (w *watch) studyTable(q query) (Studies, error) {
	columns := studyColumns()
	page := Studies{Offset: q.offset, Rows: []StudyRow{}}
	for _, c := range columns {
		page.Columns = append(page.Columns, c.name)
	}
	passes, err := filter(q.terms, columns, nil)
	if err != nil {
		return page, err
	}
	by := columns[0]
	if q.sort != "" {
		if by, err = columnOf(q.sort, columns, nil); err != nil {
			return page, err
		}
	}
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.plan == nil {
		return page, nil
	}
	page.Total = len(w.studies)
	var kept []StudyRow
	for i := range w.studies {
		if row := w.studyRow(i); passes(&row) {
			kept = append(kept, row)
		}
	}
	page.Matches = len(kept)
	slices.SortStableFunc(kept, func(a, b StudyRow) int { return compareFields(by.get(&a), by.get(&b), q.descending) })
	from := min(q.offset, len(kept))
	page.Rows = append(page.Rows, kept[from:min(len(kept), from+q.limit)]...)
	return page, nil
}

// studyRow is the row of a study. The caller holds the lock, likewise below.
func (w *watch) studyRow(i int) StudyRow {
	t, c := &w.studies[i], &w.cells[w.cellOf[i]]
	row := StudyRow{
		Study: i, Scenario: c.info.Scenario, Agent: c.info.Label, Kind: c.info.Agent, Repeat: w.plan.Studies[i].Repeat, Status: w.studyStatus(i), Reason: string(t.reason),
		Trials: t.told, Failed: t.failed, Infeasible: t.infeasible, Best: Number(t.final()), FirstMet: t.firstMet, Seconds: None(), Worker: t.worker,
	}
	if t.broken != "" {
		row.Reason = t.broken
	}
	if t.done() {
		row.Seconds = Number(t.wallS)
	}
	return row
}

// studyStatus is how a study stands, in a word.
func (w *watch) studyStatus(i int) string {
	t := &w.studies[i]
	switch {
	case t.broken != "":
		return "unreadable"
	case t.reason == study.TooManyFailed:
		return "stopped"
	case t.done():
		return "done"
	case !t.begun:
		return "waiting"
	case w.status() == "running" && (w.busy[i] || w.liveAt.IsZero()):
		return "running"
	}
	return "paused"
}
