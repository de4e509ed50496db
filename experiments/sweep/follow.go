package sweep

import (
	"errors"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/study"
)

// Follower reads the trials of a study while they are recorded, each once. It serves one goroutine and never writes.
type Follower struct {
	study   Study
	task    study.Task
	journal *journal.Follower
}

// Follow reads a study of the plan from its first trial on, in the results folder of the plan. Its journal need not be there yet.
func (p *Plan) Follow(dir string, study int) *Follower {
	s := p.Studies[study]
	return &Follower{s, s.Scenario.task(s.Mode, p.File), journal.Follow(journalPath(dir, study), p.journalIdentity(s))}
}

// Trials walks what was recorded since the last walk, with its scores; designs are as the agent asked for them (see Study.Evaluated). An error ends the walk
// and is yielded once, last.
func (f *Follower) Trials() iter.Seq2[dataset.Row, error] {
	return func(yield func(dataset.Row, error) bool) {
		for rec, err := range f.journal.Records() {
			if err != nil {
				yield(dataset.Row{}, err)
				return
			}
			if !yield(f.study.scored(f.task, rec), nil) {
				return
			}
		}
	}
}

// Complete tells whether all trials of a finished study were read.
func (f *Follower) Complete() bool { return f.journal.Complete() }

// Evaluated is the design that was evaluated where the agent asked for this one: repaired, where the simulator repairs.
func (s Study) Evaluated(p space.Point) space.Point {
	if repair := s.Scenario.instance.Repair; repair != nil && s.Mode != Steps {
		p, _ = repair(p)
	}
	return p
}

// Begun lists the studies of a results folder that have begun: those with a journal.
func Begun(dir string) ([]int, error) {
	entries, err := os.ReadDir(filepath.Join(dir, journalsName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []int
	for _, e := range entries {
		name, ok := strings.CutSuffix(e.Name(), ".journal")
		if study, err := strconv.Atoi(name); ok && err == nil && study >= 0 {
			list = append(list, study)
		}
	}
	return list, nil
}
