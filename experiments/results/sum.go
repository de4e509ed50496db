package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/stats"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// Sweep reads the whole dataset once and sums it up. Memory grows with the different designs of one study and with the fronts, not with the rows.
func (f *Folder) Sweep() (report.Sweep, error) {
	runs := make([]report.Run, len(f.Reader.Studies()))
	for i, info := range f.Reader.Studies() {
		runs[i].Study, runs[i].Repeat = i, info.Repeat
		if f.Timings != nil {
			runs[i].AgentS, runs[i].SimulatorS = f.Timings[i].AskS+f.Timings[i].TellS, f.Timings[i].EvaluateS
		}
	}
	sems := semColumns(f.Reader)
	joint := jointFronts{reader: f.Reader, sems: sems, of: map[frontKey][]candidate{}}
	var s *study
	for rec, err := range ahead(f.Reader.Groups()) {
		if err != nil {
			return report.Sweep{}, err
		}
		if s == nil || s.index != rec.Study {
			joint.add(s.finish())
			s = newStudy(f.Reader, sems, rec.Study, &runs[rec.Study])
		}
		s.add(rec)
	}
	joint.add(s.finish())
	out := f.assemble(runs)
	joint.show(&out)
	if err := f.showPublished(&out); err != nil {
		return report.Sweep{}, err
	}
	if f.Manifest.Status == sweep.Complete {
		return out, errors.Join(f.showExplained(&out), f.showRechecks(&out), f.showExtras(&out))
	}
	return out, nil
}

// study sums up the rows of one study.
type study struct {
	index  int
	reader *dataset.Reader
	sems   []int // semColumns
	info   dataset.StudyInfo
	run    *report.Run
	front  front
	unique map[[16]byte]bool
	best   float64
	record dataset.Record // of the best design
	scored int            // column of the metric that is the first objective; -1 when it is an expression
}

func newStudy(r *dataset.Reader, sems []int, index int, run *report.Run) *study {
	info := r.Studies()[index]
	scored := slices.IndexFunc(r.Metrics(), func(c dataset.Column) bool { return c.Name == dataset.MetricPrefix+info.Objectives[0].Name })
	return &study{index: index, reader: r, sems: sems, info: info, run: run, front: newFront(info), unique: map[[16]byte]bool{}, scored: scored}
}

func (s *study) add(rec dataset.Record) {
	s.run.Trials++
	s.unique[rec.DesignKey()] = true
	switch {
	case rec.Failed != "":
		s.run.Failed++
	case rec.Infeasible != "":
		s.run.Infeasible++
		if strings.HasSuffix(rec.Infeasible, simulators.NotEvaluated) {
			s.run.Skipped++
		}
	}
	if rec.Objectives == nil {
		return
	}
	feasible := rec.Feasible()
	if feasible && s.run.FirstSpec == 0 {
		s.run.FirstSpec = s.run.Trials
	}
	s.front.add(rec)
	score := rec.Objectives[0]
	s.run.Evaluated++
	s.run.MeanObjective += (Natural(s.info.Objectives[0], score) - s.run.MeanObjective) / float64(s.run.Evaluated)
	if !feasible || len(s.run.Curve) > 0 && score <= s.best {
		return
	}
	s.best, s.record = score, rec
	s.run.Curve = append(s.run.Curve, stats.Step{Trials: s.run.Trials, Best: Natural(s.info.Objectives[0], score)})
}

// finish ends a study and returns its front; nil is none.
func (s *study) finish() *front {
	if s == nil {
		return nil
	}
	s.run.Unique = len(s.unique)
	s.run.Front = s.front.rows()
	if len(s.run.Curve) > 0 {
		s.run.BestDesign, s.run.BestMetrics = Design(s.reader, s.record), metrics(s.reader, s.sems, s.record)
		if s.scored >= 0 {
			s.run.BestSEM = standardError(s.sems, s.record, s.scored)
		}
	}
	return &s.front
}

// Natural is an objective in its own direction.
func Natural(t dataset.Term, score float64) float64 {
	if t.Minimise {
		return 0 - score // never -0
	}
	return score
}

// assemble groups the runs by scenario and agent, in the order of the studies.
func (f *Folder) assemble(runs []report.Run) report.Sweep {
	out := report.Sweep{Title: f.Manifest.Name, Command: sweep.CommandLine(f.Manifest.Command), Manifest: f.manifest()}
	if f.Manifest.Status != sweep.Complete {
		out.Notes = append(out.Notes, f.progress(runs))
	}
	out.Notes = append(out.Notes, some("stopped early: ", f.Manifest.Stopped)...)
	out.Notes = append(out.Notes, some("", f.Manifest.Outside)...)
	for i, info := range f.Reader.Studies() {
		at := slices.IndexFunc(out.Scenarios, func(s report.Scenario) bool { return s.Name == info.Scenario })
		if at < 0 {
			at, out.Scenarios = len(out.Scenarios), append(out.Scenarios, scenarioOf(info))
			for _, w := range f.Manifest.WarmStarts {
				if w.Scenario == info.Scenario {
					out.Scenarios[at].Warm = w.Trials
				}
			}
		}
		s := &out.Scenarios[at]
		agent := slices.IndexFunc(s.Agents, func(a report.AgentRuns) bool { return a.Label == info.Label })
		if agent < 0 {
			agent, s.Agents = len(s.Agents), append(s.Agents, report.AgentRuns{
				Label: info.Label, Family: Family(info), Kind: info.Agent, Options: options(info),
			})
		}
		s.Agents[agent].Runs = append(s.Agents[agent].Runs, runs[i])
		out.LogTrials = out.LogTrials || runs[i].Trials > 500
	}
	return out
}

// progress says how much of an unfinished folder there is.
func (f *Folder) progress(runs []report.Run) string {
	begun, finished := 0, 0
	for i, run := range runs {
		if run.Trials > 0 {
			begun++
		}
		if sweep.Finished(f.Dir, i) {
			finished++
		}
	}
	return fmt.Sprintf("unfinished (%s): %d of %d studies have come to their end, %d have begun; what follows is what there is so far",
		f.Manifest.Status, finished, len(runs), begun)
}

// options are a study's hyper-parameters, sorted by name.
func options(info dataset.StudyInfo) []report.Pair {
	var values map[string]any
	decoder := json.NewDecoder(bytes.NewReader(info.Hyperparameters))
	decoder.UseNumber()
	if err := decoder.Decode(&values); err != nil {
		return nil // what another program wrote there is no hyper-parameter
	}
	var list []report.Pair
	for _, name := range slices.Sorted(maps.Keys(values)) {
		list = append(list, report.Pair{Name: name, Value: fmt.Sprint(values[name])})
	}
	return list
}

// Family is a study's label without the hyper-parameters behind it: what all cells of an agent's grid share.
func Family(info dataset.StudyInfo) string {
	end := len(info.Label)
	for _, o := range options(info) {
		if at := strings.Index(info.Label, " "+o.Name+"="); at >= 0 {
			end = min(end, at)
		}
	}
	return info.Label[:end]
}

// mostNotes is how many notes of one kind are shown: a simulator that is broken stops every study.
const mostNotes = 8

// some is the first of the notes about studies, each after the prefix, and how many more there are.
func some(prefix string, notes []string) []string {
	var kept []string
	for i, note := range notes {
		if i == mostNotes {
			return append(kept, fmt.Sprintf("%sand %d more, listed in manifest.json", prefix, len(notes)-mostNotes))
		}
		kept = append(kept, prefix+note)
	}
	return kept
}

func scenarioOf(info dataset.StudyInfo) report.Scenario {
	return report.Scenario{
		Name: info.Scenario, Simulator: info.Simulator, Version: info.Version, Fidelity: info.Fidelity,
		Objectives: terms(info.Objectives), Constraints: terms(info.Constraints), Optimum: info.Optimum,
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
