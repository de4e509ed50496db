package sweep

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/study"
)

// agent makes the study's agent; a policy that has no form of its own for designs becomes a designer.
func (p *Plan) agent(s Study, task study.Task, rng *rand.Rand) (agents.Agent, error) {
	space := s.Scenario.instance.Simulator.Spec().Space
	if s.Agent.Factory.New != nil {
		return s.Agent.Factory.New(agents.Problem{
			Space: space, Objectives: len(task.Objective.Objectives()), Constraints: len(task.Objective.Constraints()), Budget: task.Trials,
		}, s.Agent.Options, rng)
	}
	split, err := env.NewSplit(space, s.Agent.Groups)
	if err != nil {
		return nil, err
	}
	policy, err := s.Agent.Factory.NewPolicy(split.Specs(nil), s.Agent.Options, rng)
	if err != nil {
		return nil, err
	}
	return agents.Designer(policy, split, task.Reward), nil
}

// rows walks a study's journal as dataset rows: scores follow from results, and a repaired design is recorded as what was evaluated.
func (p *Plan) rows(dir string, s Study) iter.Seq2[dataset.Row, error] {
	return func(yield func(dataset.Row, error) bool) {
		reader, err := journal.Open(journalPath(dir, s.Index), p.identity(s))
		if err != nil {
			yield(dataset.Row{}, err)
			return
		}
		defer reader.Close() //nolint:errcheck // read only
		task := s.Scenario.task(s.Mode, p.File)
		for rec, err := range reader.Records() {
			if err != nil {
				yield(dataset.Row{}, err)
				return
			}
			if !yield(s.row(task, rec), nil) {
				return
			}
		}
	}
}

// row scores one journal record.
func (s Study) row(task study.Task, rec journal.Record) dataset.Row {
	row := dataset.Row{Trial: rec.ID, Given: rec.ID < len(task.Starts), Point: rec.Point}
	if s.Mode == Steps {
		row.Result, row.Score = task.StepScore(rec.Result)
		return row
	}
	row.Result, row.Score = task.Score(rec.Result)
	if repair := s.Scenario.instance.Repair; repair != nil {
		row.Point, _ = repair(rec.Point)
	}
	return row
}

// writeTimings writes timings.parquet from the endings.
func (r *runner) writeTimings() error {
	rows := make([]dataset.Timing, len(r.endings))
	for i, e := range r.endings {
		rows[i] = dataset.Timing{
			Study: int32(i), AskS: e.AskS, TellS: e.TellS, EvaluateS: e.EvaluateS, WallS: e.WallS,
			Evaluations: int64(e.Evaluations), Replayed: int64(e.Replayed), Attempts: int64(e.Attempts),
		}
	}
	return dataset.WriteTimings(filepath.Join(r.dir.path, TimingsName), rows)
}

const TimingsName = "timings.parquet"

// Snapshot writes what an unfinished folder's journals hold so far as a dataset in the folder to, which must not exist.
func Snapshot(p *Plan, dir, to string) error {
	describe := make([]dataset.Study, len(p.Studies))
	for i, s := range p.Studies {
		describe[i] = s.describe()
	}
	w, err := dataset.Create(to, describe)
	if err != nil {
		return err
	}
	for _, s := range p.Studies {
		if _, err := os.Stat(journalPath(dir, s.Index)); err != nil {
			continue // not started
		}
		if err := w.Write(s.Index, p.rows(dir, s)); err != nil {
			return fmt.Errorf("%w (and %v)", err, w.Abort())
		}
	}
	return w.Close()
}
