package golden

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/internal/agree"
)

// Report says how far the model and one class of rows agree.
type Report struct {
	agree.Report
	Within int
	Simple bool // of DRAMSys in the simple event order, where Within counts, and not Equal
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
	tally, within := agree.Tally{Report: agree.Report{Reference: c.Reference}}, 0
	for _, o := range outcomes {
		tally.Add(o.RelativeError, o.Difference)
		if o.Within {
			within++
		}
	}
	return Report{tally.Sum(), within, !c.Rules && c.Order == dramsys.Simple}
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
