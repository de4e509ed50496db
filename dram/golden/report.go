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
	Rules     bool // the commands are held against the JEDEC rules, and not the results against the row; Order is not read then
	Rows      []Row
}

// Classes sorts rows into classes by peer and device, those of DRAMSys in its own event order. Rows that the peer never finished are apart.
func Classes(rows []Row) []Class {
	return classify(Class{Order: dramsys.Peer}, rows, func(r Row) string {
		reference := r.Peer + ", " + r.Device
		switch {
		case !r.Usable():
			reference += ", livelocked"
		case r.Peer == peerDRAMSys:
			reference += ", peer order"
		}
		return reference
	})
}

// SimpleClass is the one class of all rows of DRAMSys, each once, in the simple event order: its bar is a share of the rows.
func SimpleClass(rows []Row) Class {
	c := Class{Reference: peerDRAMSys + ", simple order", Order: dramsys.Simple}
	for _, r := range distinct(rows) {
		if r.Peer == peerDRAMSys {
			c.Rows = append(c.Rows, r)
		}
	}
	return c
}

// RuleClasses are the rows of each peer, each row once, whose runs are held against the JEDEC rules: see CheckRules.
func RuleClasses(rows []Row) []Class {
	return classify(Class{Rules: true}, distinct(rows), func(r Row) string { return "JEDEC rules, rows of " + r.Peer })
}

// classify sorts rows into classes of the same kind by the name of their reference.
func classify(kind Class, rows []Row, reference func(Row) string) (classes []Class) {
	for _, r := range rows {
		name := reference(r)
		i := slices.IndexFunc(classes, func(c Class) bool { return c.Reference == name })
		if i < 0 {
			i = len(classes)
			classes = append(classes, kind)
			classes[i].Reference = name
		}
		classes[i].Rows = append(classes[i].Rows, r)
	}
	return classes
}

// distinct leaves out rows of a run that is there already.
func distinct(rows []Row) (list []Row) {
	seen := map[string]bool{}
	for _, r := range rows {
		if !seen[r.String()] {
			seen[r.String()] = true
			list = append(list, r)
		}
	}
	return list
}

// Sum makes the report of a class from the outcomes of its rows, in their order.
func (c Class) Sum(outcomes []Outcome) Report {
	report := Report{Reference: c.Reference, Rows: len(c.Rows), Simple: !c.Rules && c.Order == dramsys.Simple}
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

// Outcome compares one row of the class. A row that the peer never finished is equal if the model makes no progress either; with Rules, a row
// is equal if no command breaks a rule.
func (c Class) Outcome(r Row) (Outcome, error) {
	if c.Rules {
		return rulesOutcome(r)
	}
	o, err := Compare(r, c.Order)
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
