package golden

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/dram/dramsys"
)

// Report says how far the model and one class of rows agree.
type Report struct {
	Reference            string
	Rows, Equal, Within  int
	Simple               bool // of DRAMSys in the simple event order, where Within counts, and not Equal
	MedianRelativeError  float64
	LargestRelativeError float64
	FirstDifference      string // empty if all rows are equal
}

// Class is a set of rows that are reported together.
type Class struct {
	Reference string
	Order     dramsys.EventOrder
	Rows      []Row
}

// Classes sorts rows into classes by peer and device, those of DRAMSys in its own event order. Rows that the peer never finished are apart.
func Classes(rows []Row) (classes []Class) {
	for _, r := range rows {
		reference := r.Peer + ", " + r.Device
		switch {
		case !r.Usable():
			reference += ", livelocked"
		case r.Peer == peerDRAMSys:
			reference += ", peer order"
		}
		i := slices.IndexFunc(classes, func(c Class) bool { return c.Reference == reference })
		if i < 0 {
			i = len(classes)
			classes = append(classes, Class{Reference: reference, Order: dramsys.Peer})
		}
		classes[i].Rows = append(classes[i].Rows, r)
	}
	return classes
}

// SimpleClass is the one class of all rows of DRAMSys, each once, in the simple event order: its bar is a share of the rows.
func SimpleClass(rows []Row) Class {
	c := Class{Reference: peerDRAMSys + ", simple order", Order: dramsys.Simple}
	seen := map[string]bool{}
	for _, r := range rows {
		if r.Peer == peerDRAMSys && !seen[r.String()] {
			seen[r.String()] = true
			c.Rows = append(c.Rows, r)
		}
	}
	return c
}

// Sum makes the report of a class from the outcomes of its rows, in their order.
func (c Class) Sum(outcomes []Outcome) Report {
	report := Report{Reference: c.Reference, Rows: len(c.Rows), Simple: c.Order == dramsys.Simple}
	apart := make([]float64, len(outcomes))
	for i, o := range outcomes {
		apart[i] = o.RelativeError
		if o.Equal {
			report.Equal++
		} else if report.FirstDifference == "" {
			report.FirstDifference = o.Difference
		}
		if o.Within {
			report.Within++
		}
	}
	if len(apart) > 0 {
		slices.Sort(apart)
		report.MedianRelativeError, report.LargestRelativeError = apart[len(apart)/2], apart[len(apart)-1]
	}
	return report
}

// Outcome compares one row of the class. A row that the peer never finished is equal if the model makes no progress either.
func (c Class) Outcome(r Row) (Outcome, error) {
	o, err := Compare(r, c.Order, nil)
	if r.Usable() {
		return o, err
	}
	switch {
	case Stuck(err):
		return Outcome{Equal: true, Within: true}, nil
	case err != nil:
		return Outcome{}, err
	}
	return Outcome{Difference: fmt.Sprintf("%s: the model finished, the peer did not", r)}, nil
}
