package dataset

import (
	"errors"
	"fmt"
)

// Splitting says how a dataset is cut in two. Share is that of the second part, in (0, 1).
type Splitting struct {
	By      By
	Seed    uint64
	Share   float64
	Holdout string // a scenario, all rows of which are the second part, instead of By; empty = none
	Latest  bool   // the last trials of each study are the second part, instead of By
}

// check reports a split that cannot be.
func (s Splitting) check(r *Reader) error {
	if s.Holdout != "" && s.Latest {
		return errors.New("dataset: split: one of a held-out scenario and the latest trials, not both")
	}
	if s.Holdout == "" && !(s.Share > 0 && s.Share < 1) {
		return fmt.Errorf("dataset: split: share %v of the second part is not between 0 and 1", s.Share)
	}
	if s.Holdout == "" {
		return nil
	}
	for _, study := range r.Studies() {
		if study.Scenario == s.Holdout {
			return nil
		}
	}
	return fmt.Errorf("dataset: split: no study is of the scenario %q", s.Holdout)
}

// Second tells, for every row in order, whether it is in the second part.
func (s Splitting) Second(r *Reader) ([]bool, error) {
	if err := s.check(r); err != nil {
		return nil, err
	}
	if s.Holdout != "" || s.Latest {
		return s.byStudy(r)
	}
	groups, err := Groups(r, s.By)
	if err != nil {
		return nil, err
	}
	second := make([]bool, len(groups))
	for i, group := range groups {
		second[i] = Side(s.Seed, group, s.Share)
	}
	return second, nil
}

// byStudy cuts by what the row's study and place in it say.
func (s Splitting) byStudy(r *Reader) ([]bool, error) {
	studies, counts := make([]int, 0, r.Len()), make([]int, len(r.Studies()))
	for rec, err := range r.Rows() {
		if err != nil {
			return nil, err
		}
		studies = append(studies, rec.Study)
		counts[rec.Study]++
	}
	second, nth := make([]bool, len(studies)), make([]int, len(counts))
	for i, study := range studies {
		if s.Holdout != "" {
			second[i] = r.Studies()[study].Scenario == s.Holdout
			continue
		}
		second[i] = nth[study] >= counts[study]-int(s.Share*float64(counts[study]))
		nth[study]++
	}
	return second, nil
}
