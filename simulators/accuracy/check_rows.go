package accuracy

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// finder says which network the row of a table is about.
type finder struct {
	columns []string
	find    func(fields []string) (p space.Point, ok bool, err error) // not ok: a row to leave out
}

// named finds networks by their names.
func named(s nas.Named) finder {
	return finder{s.Columns(), func(fields []string) (space.Point, bool, error) {
		p, err := s.Parse(fields...)
		return p, true, err
	}}
}

// compare compares numbers of every row with computed ones: a row is equal when none differs by more than the tolerance.
func (r *reference) compare(name, file string, values []string, tolerance float64, at finder, compute func(space.Point) ([]float64, error)) error {
	content, ok, err := r.read(name, file)
	if !ok {
		return err
	}
	t, err := newTable(content)
	if err != nil {
		return wrapFile(file, err)
	}
	columns, err := t.columns(slices.Concat(at.columns, values)...)
	if err != nil {
		return wrapFile(file, err)
	}
	c := comparison{agreement: simulators.Agreement{Reference: name}, values: values, tolerance: tolerance}
	fields := make([]string, len(columns))
	err = t.each(func(record []string) error {
		for i, column := range columns {
			fields[i] = record[column]
		}
		names, numbers := fields[:len(at.columns)], fields[len(at.columns):]
		p, ok, err := at.find(names)
		if err != nil || !ok {
			return err
		}
		computed, err := compute(p)
		if err != nil {
			return err
		}
		return c.row(fmt.Sprint(names), computed, numbers)
	})
	r.list = append(r.list, c.done())
	return wrapFile(file, err)
}

// comparison counts the rows that agree.
type comparison struct {
	agreement simulators.Agreement
	values    []string
	tolerance float64
	errors    []float64 // the largest relative one of each row
}

// row compares the numbers of one row.
func (c *comparison) row(name string, computed []float64, published []string) error {
	c.agreement.Rows++
	equal, largest := true, 0.0
	for i, got := range computed {
		want, err := strconv.ParseFloat(published[i], 64)
		if err != nil {
			return fmt.Errorf("column %s: %q is not a number", c.values[i], published[i])
		}
		off := math.Abs(got - want)
		if off > 0 {
			largest = max(largest, off/math.Abs(want))
		}
		if !(off <= c.tolerance) {
			equal = false
			if c.agreement.FirstDifference == "" {
				c.agreement.FirstDifference = fmt.Sprintf("%s: %s = %v, published %v", name, c.values[i], got, want)
			}
		}
	}
	if equal {
		c.agreement.Equal++
	}
	c.errors = append(c.errors, largest)
	return nil
}

func (c *comparison) done() simulators.Agreement {
	if len(c.errors) > 0 {
		slices.Sort(c.errors)
		c.agreement.MedianRelativeError = c.errors[len(c.errors)/2]
		c.agreement.LargestRelativeError = c.errors[len(c.errors)-1]
	}
	return c.agreement
}

// wrapFile names the file of an error.
func wrapFile(file string, err error) error {
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
