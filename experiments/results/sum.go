package results

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/stats"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// Sweep reads the whole dataset once and sums it up. Memory grows with the different designs of one study, not with the rows.
func (f *Folder) Sweep() (report.Sweep, error) {
	runs := make([]report.Run, len(f.Reader.Studies()))
	for i, info := range f.Reader.Studies() {
		runs[i].Repeat = info.Repeat
		if f.Timings != nil {
			runs[i].AgentS, runs[i].SimulatorS = f.Timings[i].AskS+f.Timings[i].TellS, f.Timings[i].EvaluateS
		}
	}
	var s *study
	for rec, err := range f.Reader.Rows() {
		if err != nil {
			return report.Sweep{}, err
		}
		if s == nil || s.index != rec.Study {
			s.finish()
			s = newStudy(f.Reader, rec.Study, &runs[rec.Study])
		}
		s.add(rec)
	}
	s.finish()
	return f.assemble(runs), nil
}

// study sums up the rows of one study.
type study struct {
	index  int
	reader *dataset.Reader
	info   dataset.StudyInfo
	run    *report.Run
	shown  []objective.Term // of the trade-off
	front  int              // rows of the trade-off at which dominated ones are dropped
	unique map[[16]byte]bool
	best   float64
}

func newStudy(r *dataset.Reader, index int, run *report.Run) *study {
	info := r.Studies()[index]
	return &study{index: index, reader: r, info: info, run: run, shown: scenarioOf(info).Tradeoff(), front: frontRows, unique: map[[16]byte]bool{}}
}

// frontRows is the least number of rows that wait until dominated ones are dropped, twice the front the most.
const frontRows = 4096

func (s *study) add(rec dataset.Record) {
	s.run.Trials++
	s.unique[rec.DesignKey()] = true
	switch {
	case rec.Failed != "":
		s.run.Failed++
	case rec.Infeasible != "":
		s.run.Infeasible++
	}
	if rec.Objectives == nil {
		return
	}
	feasible := rec.Feasible()
	if feasible && s.run.FirstSpec == 0 {
		s.run.FirstSpec = s.run.Trials
	}
	if row := s.tradeoff(rec); row != nil && (feasible || len(s.info.Objectives) == 1) {
		if s.run.Front = append(s.run.Front, row); len(s.run.Front) >= s.front {
			s.run.Front = report.Front(s.shown, s.run.Front)
			s.front = max(frontRows, 2*len(s.run.Front))
		}
	}
	score := rec.Objectives[0]
	if !feasible || len(s.run.Curve) > 0 && score <= s.best {
		return
	}
	s.best = score
	s.run.Curve = append(s.run.Curve, stats.Step{Trials: s.run.Trials, Best: Natural(s.info.Objectives[0], score)})
	s.run.BestDesign, s.run.BestMetrics = Design(s.reader, rec), Metrics(s.reader, rec)
}

// tradeoff is a row of the trade-off figure in natural units; nil when the scenario has none.
func (s *study) tradeoff(rec dataset.Record) []float64 {
	if s.shown == nil {
		return nil
	}
	row := make([]float64, len(s.shown))
	for i := range row {
		if i < len(s.info.Objectives) {
			row[i] = Natural(s.info.Objectives[i], rec.Objectives[i])
		} else {
			row[i] = s.shown[i].Value(rec.Violations[0])
		}
	}
	return row
}

// finish ends a study; nil is none.
func (s *study) finish() {
	if s == nil {
		return
	}
	s.run.Unique = len(s.unique)
	if s.shown != nil {
		s.run.Front = report.Front(s.shown, s.run.Front)
	}
}

// Natural is an objective in its own direction.
func Natural(t dataset.Term, score float64) float64 {
	if t.Minimise {
		return 0 - score // never -0
	}
	return score
}

// Design is a row's axes with their values and units.
func Design(r *dataset.Reader, rec dataset.Record) []report.Pair {
	var pairs []report.Pair
	for i, c := range r.Params() {
		if v := rec.Params[i]; v != nil {
			pairs = append(pairs, report.Pair{Name: strings.TrimPrefix(c.Name, dataset.ParamPrefix), Value: withUnit(v, c.Unit)})
		}
	}
	return pairs
}

// Metrics is a row's metrics by key, which holds the unit, with their values; nil when it has none.
func Metrics(r *dataset.Reader, rec dataset.Record) []report.Pair {
	var pairs []report.Pair
	for i, c := range r.Metrics() {
		if i < len(rec.Metrics) && rec.Metrics[i] == rec.Metrics[i] {
			pairs = append(pairs, report.Pair{Name: strings.TrimPrefix(c.Name, dataset.MetricPrefix), Value: number(rec.Metrics[i])})
		}
	}
	return pairs
}

func withUnit(v any, unit string) string {
	text := fmt.Sprint(v)
	if f, ok := v.(float64); ok {
		text = number(f)
	}
	if unit == "" {
		return text
	}
	return text + " " + unit
}

// number is a count in full and another value to six digits.
func number(v float64) string {
	if v == math.Trunc(v) && math.Abs(v) < 1e15 {
		return strconv.FormatFloat(v, 'f', 0, 64)
	}
	return strconv.FormatFloat(v, 'g', 6, 64)
}

// assemble groups the runs by scenario and agent, in the order of the studies.
func (f *Folder) assemble(runs []report.Run) report.Sweep {
	out := report.Sweep{Title: f.Manifest.Name, Command: strings.Join(f.Manifest.Command, " "), Manifest: f.manifest()}
	if f.Manifest.Status != sweep.Complete {
		out.Notes = append(out.Notes, fmt.Sprintf("unfinished (%s): what follows is what there is so far", f.Manifest.Status))
	}
	out.Notes = append(append(out.Notes, f.Manifest.Stopped...), f.Manifest.Outside...)
	for i, info := range f.Reader.Studies() {
		at := slices.IndexFunc(out.Scenarios, func(s report.Scenario) bool { return s.Name == info.Scenario })
		if at < 0 {
			at, out.Scenarios = len(out.Scenarios), append(out.Scenarios, scenarioOf(info))
		}
		s := &out.Scenarios[at]
		agent := slices.IndexFunc(s.Agents, func(a report.AgentRuns) bool { return a.Label == info.Label })
		if agent < 0 {
			agent, s.Agents = len(s.Agents), append(s.Agents, report.AgentRuns{Label: info.Label})
		}
		s.Agents[agent].Runs = append(s.Agents[agent].Runs, runs[i])
		out.LogTrials = out.LogTrials || runs[i].Trials > 500
	}
	return out
}

func scenarioOf(info dataset.StudyInfo) report.Scenario {
	return report.Scenario{
		Name: info.Scenario, Simulator: info.Simulator, Version: info.Version,
		Objectives: terms(info.Objectives), Constraints: terms(info.Constraints),
	}
}

func terms(list []dataset.Term) []objective.Term {
	out := make([]objective.Term, len(list))
	for i, t := range list {
		out[i] = objective.Term(t)
	}
	return out
}

func (f *Folder) manifest() []report.Pair {
	m := f.Manifest
	return []report.Pair{
		{Name: "status", Value: string(m.Status)}, {Name: "experiment", Value: m.Name + ", identity " + m.Identity},
		{Name: "program", Value: m.Build.Version + ", sha256 " + m.Build.SHA256}, {Name: "built with", Value: m.Build.Go + ", " + m.Build.OS + "/" + m.Build.Arch},
		{Name: "started", Value: m.Started}, {Name: "ended", Value: m.Ended}, {Name: "workers", Value: strconv.Itoa(m.Workers)},
		{Name: "attempts", Value: strconv.Itoa(m.Attempts)}, {Name: "dataset", Value: filepath.Join(f.Dir, sweep.DatasetName)},
	}
}
