package accuracy

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// Row is the measured accuracy of one network.
type Row struct {
	Point   space.Point
	Percent float64
}

// Table is measured accuracies, an Oracle of the networks that it has.
type Table struct {
	space        space.Space
	percent      map[string]float64
	noisePercent float64
}

// NewTable is a table of rows of a space. noisePercent is the standard deviation of repeated trainings of one network.
func NewTable(s space.Space, rows []Row, noisePercent float64) (*Table, error) {
	t := &Table{space: s, percent: make(map[string]float64, len(rows)), noisePercent: noisePercent}
	for i, r := range rows {
		if err := s.Check(r.Point); err != nil {
			return nil, fmt.Errorf("accuracy: row %d: %w", i+1, err)
		}
		if !(r.Percent >= 0 && r.Percent <= 100) {
			return nil, fmt.Errorf("accuracy: row %d: accuracy %v out of range [0, 100] %%", i+1, r.Percent)
		}
		key := s.Key(r.Point)
		if _, twice := t.percent[key]; twice {
			return nil, fmt.Errorf("accuracy: row %d: the network %v is in the table twice", i+1, s.Design(r.Point))
		}
		t.percent[key] = r.Percent
	}
	return t, nil
}

// Accuracy implements Oracle.
func (t *Table) Accuracy(p space.Point) (Estimate, error) {
	percent, ok := t.percent[t.space.Key(p)]
	if !ok {
		return Estimate{}, fmt.Errorf("accuracy: the network is not among the %d of the table", len(t.percent))
	}
	return Estimate{Percent: percent, ErrorPercent: t.noisePercent}, nil
}

// Class is the rows of one table that are trainings of networks that compute the same functions.
type Class struct {
	Point space.Point // the canonical one
	Rows  []Row
}

// Classes groups rows, the largest class first, equal ones in the order of their points: an order that depends on which networks a table
// has, not on its accuracies or the order of its rows.
func Classes(s nas.SearchSpace, rows []Row) []Class {
	at := map[string]int{}
	var list []Class
	for _, r := range rows {
		c := s.Canonical(r.Point)
		key := s.Space().Key(c)
		i, ok := at[key]
		if !ok {
			i = len(list)
			at[key] = i
			list = append(list, Class{Point: c})
		}
		list[i].Rows = append(list[i].Rows, r)
	}
	slices.SortFunc(list, func(a, b Class) int {
		return cmp.Or(cmp.Compare(len(b.Rows), len(a.Rows)), slices.Compare(a.Point, b.Point))
	})
	for _, c := range list {
		slices.SortFunc(c.Rows, func(a, b Row) int { return slices.Compare(a.Point, b.Point) })
	}
	return list
}

// splitParts is how many parts Split makes; the last is held out.
const splitParts = 5

// Split holds out every fifth class in the order of Classes, so that small and large ones are held out alike and no held-out network has a twin that is not.
func Split(classes []Class) (fitted, heldOut []Class) {
	for i, c := range classes {
		if i%splitParts == splitParts-1 {
			heldOut = append(heldOut, c)
		} else {
			fitted = append(fitted, c)
		}
	}
	return fitted, heldOut
}
