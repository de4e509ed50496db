package results

import (
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
)

// frontRows is the least number of rows that wait until dominated ones are dropped, twice the front the most.
const frontRows = 4096

// jointDesigns is how many designs of a joint front are shown at most, frontDesigns how many of the fronts of a scenario's agents together are told of.
const (
	jointDesigns = 20
	frontDesigns = 2000
)

// candidate is a design that may be on a front.
type candidate struct {
	row    []float64 // of the trade-off, in natural units
	record dataset.Record
}

// front gathers the trade-off of one study.
type front struct {
	info  dataset.StudyInfo
	terms []objective.Term // nil = the scenario has no trade-off
	kept  []candidate
	limit int // candidates at which dominated ones are dropped
}

func newFront(info dataset.StudyInfo) front {
	return front{info: info, terms: scenarioOf(info).Tradeoff(), limit: frontRows}
}

func (f *front) several() bool { return len(f.info.Objectives) > 1 }

// add takes a row that has objectives. Of several objectives only designs that meet every constraint count.
func (f *front) add(rec dataset.Record) {
	if f.terms == nil || f.several() && !rec.Feasible() {
		return
	}
	c := candidate{row: make([]float64, len(f.terms)), record: rec}
	for i := range c.row {
		if i < len(f.info.Objectives) {
			c.row[i] = Natural(f.info.Objectives[i], rec.Objectives[i])
		} else {
			c.row[i] = f.terms[i].Value(rec.Violations[0])
		}
	}
	if f.kept = append(f.kept, c); len(f.kept) >= f.limit {
		f.drop()
		f.limit = max(frontRows, 2*len(f.kept))
	}
}

// drop drops what is dominated; of designs with the same values the earliest stays.
func (f *front) drop() {
	f.kept = report.FrontOf(f.terms, f.kept, func(c candidate) []float64 { return c.row })
}

// rows is the front of the study so far; nil without a trade-off.
func (f *front) rows() [][]float64 {
	if f.terms == nil {
		return nil
	}
	f.drop()
	rows := make([][]float64, len(f.kept))
	for i, c := range f.kept {
		rows[i] = c.row
	}
	return rows
}

// frontKey names a front over several studies: of an agent with all its settings, or without a family of all agents.
type frontKey struct{ scenario, family string }

// jointFronts joins the fronts of the studies of each scenario: of each agent, and of several objectives of all.
type jointFronts struct {
	reader *dataset.Reader
	sems   []int // semColumns
	of     map[frontKey][]candidate
}

// add joins the front of a study; nil is none.
func (j jointFronts) add(f *front) {
	if f == nil || f.terms == nil {
		return
	}
	j.join(frontKey{f.info.Scenario, Family(f.info)}, f)
	if f.several() {
		j.join(frontKey{scenario: f.info.Scenario}, f)
	}
}

func (j jointFronts) join(key frontKey, f *front) {
	j.of[key] = report.FrontOf(f.terms, append(j.of[key], f.kept...), func(c candidate) []float64 { return c.row })
}

// show puts the joint fronts into the scenarios.
func (j jointFronts) show(s *report.Sweep) {
	for i := range s.Scenarios {
		scenario := &s.Scenarios[i]
		joint := j.of[frontKey{scenario: scenario.Name}]
		scenario.FrontSize = len(joint)
		scenario.FrontDesigns = j.designs(joint, jointDesigns)
		var families []string
		for _, a := range scenario.Agents {
			if !slices.Contains(families, a.Family) {
				families = append(families, a.Family)
			}
		}
		for _, family := range families {
			scenario.Fronts = append(scenario.Fronts, j.designs(j.of[frontKey{scenario.Name, family}], max(2, frontDesigns/len(families)))...)
		}
	}
}

// designs are at most so many of the candidates.
func (j jointFronts) designs(list []candidate, most int) []report.Design {
	var designs []report.Design
	for _, c := range report.Thin(list, most) {
		info := j.reader.Studies()[c.record.Study]
		designs = append(designs, report.Design{
			Agent: info.Label, Study: c.record.Study, Repeat: info.Repeat, Trial: c.record.Trial, Objectives: c.row,
			Axes: Design(j.reader, c.record), Metrics: metrics(j.reader, j.sems, c.record),
		})
	}
	return designs
}
