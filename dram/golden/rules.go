package golden

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/jedec"
	"github.com/codesign-gym/codesign/dram/ramulator"
)

// CheckRules runs a row as the model does by default, without the defects of the peer, and holds every command against the JEDEC rules, the
// rate of refreshes included. Rows of DRAMSys run in both event orders. It counts the violations and names the first one. A row that the
// peer never finished is run as well: repaired, it ends. An error is a row that cannot be run.
func CheckRules(r Row) (violations int, first string, err error) {
	orders := []dramsys.EventOrder{dramsys.Simple}
	if r.Peer == peerDRAMSys {
		orders = dramsys.EventOrders()
	}
	for _, order := range orders {
		broken, one, err := r.violations(order, false)
		if err != nil {
			return 0, "", err
		}
		if violations == 0 {
			first = one
		}
		violations += broken
	}
	return violations, first, nil
}

// violations counts the commands of a row that break a rule, and names the first.
func (r Row) violations(order dramsys.EventOrder, defects bool) (n int, first string, err error) {
	c, work, err := r.setup(order, defects)
	if err != nil {
		return 0, "", err
	}
	d := c.Map.Geometry().Device
	checker, err := jedec.New(d, jedec.Options{Refresh: refreshes(c), RefreshSlackCycles: refreshSlackCycles(c, d)})
	if err != nil {
		return 0, "", fmt.Errorf("golden: %s: %w", r, err)
	}
	count := func(broken []jedec.Violation) {
		if n == 0 && len(broken) > 0 {
			first = broken[0].String()
		}
		n += len(broken)
	}
	stats, err := dram.Simulate(c, dram.Traffic{
		Source: work.Open(), MaxOutstanding: work.MaxOutstanding, Log: func(i device.Issued) { count(checker.Check(i)) },
	})
	if err != nil {
		return 0, "", fmt.Errorf("golden: %s: %w", r, err)
	}
	count(checker.Finish(stats.TotalCycles))
	return n, first, nil
}

// refreshes tells whether the controller refreshes at all.
func refreshes(c dram.Config) bool {
	switch c.Structure {
	case dram.DRAMsim3:
		return c.DRAMsim3.RefreshPolicy != dramsim3.NoRefresh
	case dram.Ramulator:
		return c.Ramulator.Refresh != ramulator.NoRefresh
	}
	return c.DRAMSys.RefreshPolicy != dramsys.NoRefresh
}

// refreshSlackCycles is how late a refresh of the run may be. A controller that is allowed to postpone as many refreshes as the standard permits, as
// in DRAMSys' rows refpost8, begins to close the rows at the very clock in which the REF is due at the latest. REF follows when the rows are
// closed: after what the last ACT or column command keeps them open for, and tRP. All other runs need no slack.
func refreshSlackCycles(c dram.Config, d *device.Device) int64 {
	if c.Structure != dram.DRAMSys || c.DRAMSys.RefreshMaxPostponed == 0 {
		return 0
	}
	open, closing := 0, 0
	for _, rule := range d.Rules().Constraints {
		switch {
		case rule.To == device.PREA && (rule.From == device.ACT || rule.From.IsColumn()):
			open = max(open, rule.Clocks)
		case rule.From == device.PREA && rule.To == device.REF:
			closing = rule.Clocks
		}
	}
	return int64(open + closing)
}

// rulesOutcome is the outcome of CheckRules.
func rulesOutcome(r Row) (Outcome, error) {
	violations, first, err := CheckRules(r)
	if err != nil || violations == 0 {
		return Outcome{Equal: true, Within: true}, err
	}
	return Outcome{Difference: fmt.Sprintf("%s: violations of JEDEC rules: %d, the first: %s", r, violations, first)}, nil
}
