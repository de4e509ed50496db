package dashboard

import (
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// ReportName is the report in a results folder.
const ReportName = "report.html"

// studiesShown is how many of the studies that a worker is at are listed.
const studiesShown = 20

// card is the sweep at a glance.
func (w *watch) card() Card {
	w.mu.RLock()
	defer w.mu.RUnlock()
	return w.cardNow()
}

// cardNow is card for who holds the lock.
func (w *watch) cardNow() Card {
	c := manifestCard(w.place, w.manifest)
	c.Known, c.Reading, c.Status = true, w.reading, w.status()
	if w.note != "" {
		c.Note = w.note
	}
	c.Studies, c.Trials = Share{w.done, len(w.studies)}, Share{Done: w.total.told, Total: w.total.told}
	c.Failed, c.Infeasible, c.Met = w.total.failed, w.total.infeasible, w.total.met
	c.PerSecond, c.LeftS = None(), None()
	for _, worker := range w.live.Workers {
		if !worker.Left {
			c.Workers++
		}
	}
	if w.plan == nil {
		return c
	}
	c.Trials.Total = max(c.Trials.Done, w.plan.Trials()-w.spared)
	if c.Status != Status(sweep.Running) {
		return c
	}
	c.Running = len(w.busy)
	if c.PerSecond = w.pace.rate(time.Now(), w.total.told); c.PerSecond > 0 {
		c.LeftS = Number(float64(c.Trials.Total-c.Trials.Done) / float64(c.PerSecond))
	}
	return c
}

// status is the manifest's, but for a run of which nothing is heard.
func (w *watch) status() Status {
	if w.manifest.Status == sweep.Running && !w.liveAt.IsZero() && time.Since(w.liveAt) >= stalledFor {
		return Stalled
	}
	return Status(w.manifest.Status)
}

// manifestCard is what a manifest alone tells.
func manifestCard(p place, m sweep.Manifest) Card {
	_, err := os.Stat(filepath.Join(p.dir, ReportName))
	return Card{
		ID: p.id, Folder: p.name, Name: m.Name, Status: Status(m.Status), Error: m.Error, Started: m.Started, Ended: m.Ended, Attempts: m.Attempts, Report: err == nil,
		PerSecond: None(), LeftS: None(),
	}
}

// since is the sweep as far as it has changed since a version; 0 = all of it.
func (w *watch) since(version uint64) Sweep {
	w.mu.RLock()
	defer w.mu.RUnlock()
	d := Sweep{Version: w.version, Whole: version == 0, Card: w.cardNow(), Faulty: w.faults.trials, Further: w.faults.further}
	if d.Whole || w.workersAt > version {
		d.Workers = w.workers()
	}
	for _, f := range w.faults.list {
		if f.changed > version {
			d.Faults = append(d.Faults, f)
		}
	}
	if w.plan == nil {
		return d
	}
	d.Budget = w.plan.File.Budget
	if d.Whole {
		d.Command = sweep.CommandLine(w.manifest.Command)
		d.Scenarios = w.scenarios()
	}
	d.Leaders = slices.Clone(w.leaders) // the list of a scenario is replaced, never changed
	for i := range w.cells {
		c := &w.cells[i]
		if c.changed > version {
			d.Cells = append(d.Cells, w.cell(i))
		}
		if c.led > 0 && max(c.changed, c.led) > version {
			d.Curves = append(d.Curves, Curve{Cell: i, Points: c.curve(w.studies, w.grid, w.plan.File.Budget)})
		}
	}
	return d
}

// cell is the document of a cell. The caller holds the lock, likewise below.
func (w *watch) cell(i int) Cell {
	c, s := &w.cells[i], w.standing[i]
	d := Cell{
		ID: i, Scenario: c.scenario, Agent: c.info.Label, Kind: c.info.Agent, Studies: Share{c.done, c.studies}, Begun: c.begun,
		Trials: c.told, Failed: c.failed, Infeasible: c.infeasible, Best: make([]Number, len(c.terms)), Median: Number(s.median), Reached: s.reached,
	}
	for k := range d.Best {
		d.Best[k] = None()
		if s.bests != nil {
			d.Best[k] = Number(s.bests[k])
		}
	}
	if s.best >= 0 {
		t, of := &w.studies[s.best], w.plan.Studies[s.best]
		d.Leader = &Leader{Study: s.best, Repeat: of.Repeat, Trial: t.best.trial, Design: inWords(axes(of, w.spaces[i], t.best.point))}
	}
	return d
}

// scenarios are what the cells are about. A scenario that agents meet in several ways is described as its first cell meets it.
func (w *watch) scenarios() []Scenario {
	list := make([]Scenario, len(w.plan.Scenarios))
	for i := range w.cells {
		c := &w.cells[i]
		s := &list[c.scenario]
		if s.Name != "" {
			continue
		}
		*s = Scenario{
			Name: c.info.Scenario, Simulator: c.info.Spec.Name, Version: c.info.Spec.Version, Objectives: c.terms, Constraints: terms(c.info.Constraints),
			Optimum: c.info.Optimum, Axes: c.info.Spec.Space.Names(), Metrics: c.info.Spec.Keys(),
		}
	}
	for i := range list {
		if list[i].Name == "" { // no agent is kept on it
			list[i].Name = w.plan.Scenarios[i].Name
		}
	}
	return list
}

func terms(list []objective.Term) []dataset.Term {
	out := make([]dataset.Term, len(list))
	for i, t := range list {
		out[i] = dataset.Term(t)
	}
	return out
}

// workers are who works on the sweep; a sign of life is as old as the file that tells it, and what it says of them.
func (w *watch) workers() []Worker {
	list := make([]Worker, 0, len(w.live.Workers))
	for _, m := range w.live.Workers {
		silent := time.Since(w.liveAt) + w.live.Updated.Sub(m.Heard)
		list = append(list, Worker{
			Name: m.Name, Joined: m.Joined, SilentS: max(0, silent.Seconds()), Left: m.Left, Studies: m.Studies[:min(studiesShown, len(m.Studies))],
			At: len(m.Studies), Finished: m.Finished, Evaluations: m.Evaluations,
		})
	}
	return list
}
