package sweep

import (
	"errors"
	"io/fs"
	"iter"
	"os"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/study"
)

// rows walks a study's journal as dataset rows: scores follow from results, and a repaired design is recorded as what was evaluated.
func (p *Plan) rows(dir string, s Study) iter.Seq2[dataset.Row, error] {
	return func(yield func(dataset.Row, error) bool) {
		reader, err := journal.Open(journalPath(dir, s.Index), p.journalIdentity(s))
		if err != nil {
			yield(dataset.Row{}, err)
			return
		}
		defer reader.Close() // read only
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

// row is a journal record with its scores and the design that was evaluated.
func (s Study) row(task study.Task, rec journal.Record) dataset.Row {
	row := s.scored(task, rec)
	row.Point = s.Evaluated(row.Point)
	return row
}

// scored is a journal record with its scores.
func (s Study) scored(task study.Task, rec journal.Record) dataset.Row {
	row := dataset.Row{Trial: rec.ID, Given: rec.ID < len(task.Starts), Point: rec.Point}
	if s.Mode == Steps {
		row.Result, row.Score = task.StepScore(rec.Result)
	} else {
		row.Result, row.Score = task.Score(rec.Result)
	}
	return row
}

// Snapshot writes what an unfinished folder's journals hold so far as a dataset in the folder to, which must not exist.
func Snapshot(p *Plan, dir, to string) error {
	w, err := dataset.Create(to, p.Describe())
	if err != nil {
		return err
	}
	for _, s := range p.Studies {
		_, err := os.Stat(journalPath(dir, s.Index))
		if errors.Is(err, fs.ErrNotExist) {
			continue // not begun
		}
		if err == nil {
			err = w.Write(s.Index, p.rows(dir, s))
		}
		if err != nil {
			return errors.Join(err, w.Abort())
		}
	}
	return w.Close()
}

// Describe is what the dataset records of the studies.
func (p *Plan) Describe() []dataset.Study {
	list := make([]dataset.Study, len(p.Studies))
	for i, s := range p.Studies {
		list[i] = s.Describe()
	}
	return list
}
