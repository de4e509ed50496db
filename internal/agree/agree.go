// Package agree counts how far a model and the rows of a reference agree: what every golden package reports and `codesign validate` prints.
package agree

import "slices"

// Report says how far a model and a reference agree.
type Report struct {
	Reference            string
	Rows, Equal          int     // an equal row agrees in every column
	MedianRelativeError  float64 // over the rows, each with the largest error of its columns
	LargestRelativeError float64
	FirstDifference      string // empty when all rows are equal
}

// Tally is a report in the making. The zero value has seen no row.
type Tally struct {
	Report
	apart []float64
}

// Add takes a row into account: the largest relative error of its columns, and how it differs; empty = it is equal.
func (t *Tally) Add(relativeError float64, difference string) {
	t.Rows++
	t.apart = append(t.apart, relativeError)
	if difference == "" {
		t.Equal++
	} else if t.FirstDifference == "" {
		t.FirstDifference = difference
	}
}

// Sum is the report of the rows so far.
func (t *Tally) Sum() Report {
	r := t.Report
	if len(t.apart) > 0 {
		apart := slices.Sorted(slices.Values(t.apart))
		r.MedianRelativeError, r.LargestRelativeError = apart[len(apart)/2], apart[len(apart)-1]
	}
	return r
}
