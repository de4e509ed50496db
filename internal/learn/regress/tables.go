package regress

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/internal/learn/lookup"
)

// Tables is a sum of tables: each has a value for every combination of the levels of a few axes. The levels of an axis are the different features that
// it had in training; at another one the tables of the axis are left out.
type Tables struct {
	Base   float64       `json:"base"`
	Levels [][][]float64 `json:"levels"` // of each axis: the features of each level, ascending
	Tables []Table       `json:"tables"`
}

// Table is one summand.
type Table struct {
	Axes   []int     `json:"axes"`   // ascending
	Values []float64 `json:"values"` // row-major in the levels of the axes
}

// unknown is the level of features that training rows did not have.
const unknown = -1

// Level is the level of an axis with these features.
func (m *Tables) Level(axis int, features []float64) int {
	at, found := slices.BinarySearchFunc(m.Levels[axis], features, slices.Compare)
	if !found {
		return unknown
	}
	return at
}

// Predict implements Model.
func (m *Tables) Predict(x, into []float64) {
	width := 0
	for _, levels := range m.Levels {
		width += len(levels[0])
	}
	at := make([]int, len(m.Levels))
	for i := range into {
		row := x[i*width : (i+1)*width]
		for a, levels := range m.Levels {
			n := len(levels[0])
			at[a], row = m.Level(a, row[:n]), row[n:]
		}
		into[i] = m.sum(at)
	}
}

// sum adds up the tables at one row's levels.
func (m *Tables) sum(at []int) float64 {
	sum := m.Base
	for _, t := range m.Tables {
		if cell := m.cell(t.Axes, at); cell >= 0 {
			sum += t.Values[cell]
		}
	}
	return sum
}

// cell is the place of a row's levels in a table of the axes; negative where a level is unknown.
func (m *Tables) cell(axes, at []int) int {
	cell := 0
	for _, a := range axes {
		if at[a] == unknown {
			return unknown
		}
		cell = cell*len(m.Levels[a]) + at[a]
	}
	return cell
}

// On is the tables over the levels of axes that have these features each, in the order given.
func (m *Tables) On(features [][][]float64) []lookup.Table {
	out := make([]lookup.Table, len(m.Tables))
	for i, t := range m.Tables {
		out[i].Axes = t.Axes
		at := make([]int, len(m.Levels))
		var fill func(axes []int)
		fill = func(axes []int) {
			if len(axes) > 0 {
				for _, f := range features[axes[0]] {
					at[axes[0]] = m.Level(axes[0], f)
					fill(axes[1:])
				}
				return
			}
			value := 0.0
			if cell := m.cell(t.Axes, at); cell >= 0 {
				value = t.Values[cell]
			}
			out[i].Values = append(out[i].Values, value)
		}
		fill(t.Axes)
	}
	return out
}

// cells is the size of a table of the axes.
func (m *Tables) cells(axes []int) int {
	n := 1
	for _, a := range axes {
		n *= len(m.Levels[a])
	}
	return n
}

// check reports tables that do not fit together.
func (m *Tables) check(features int) error {
	width := 0
	for a, levels := range m.Levels {
		if len(levels) == 0 || len(levels[0]) == 0 || slices.ContainsFunc(levels, func(l []float64) bool { return len(l) != len(levels[0]) }) {
			return fmt.Errorf("regress: tables: axis %d has no levels, or levels of different widths", a)
		}
		width += len(levels[0])
	}
	if width != features {
		return fmt.Errorf("regress: a model of %d features for rows of %d", width, features)
	}
	for i, t := range m.Tables {
		if slices.ContainsFunc(t.Axes, func(a int) bool { return a < 0 || a >= len(m.Levels) }) || !slices.IsSorted(t.Axes) || len(t.Values) != m.cells(t.Axes) {
			return fmt.Errorf("regress: tables: table %d has %d values for the axes %v of %d", i, len(t.Values), t.Axes, len(m.Levels))
		}
	}
	return nil
}
