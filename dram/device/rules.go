package device

import (
	"fmt"
	"slices"
)

// Rules derives all timing rules of the device from its delays. The equations stand in the package documentation. The device must have
// passed Check.
func (d *Device) Rules() *Rules {
	v, ok := d.derive()
	if !ok {
		panic(fmt.Sprintf("device: %q: no rules for %s", d.Name, d.Standard))
	}
	r := &Rules{
		Clocks:     v.lengths,
		ReadData:   v.lengths[RD] - 1 + v.readStart + d.BurstClocks(),
		WriteData:  v.lengths[WR] - 1 + v.writeStart + d.BurstClocks(),
		ReadToPre:  v.readToPre + v.lengths[RD] - v.lengths[PRE],
		WriteToPre: v.writeToPre + v.lengths[WR] - v.lengths[PRE],
	}
	if d.Standard == HBM2 {
		for _, c := range []Command{RD, RDA, WR, WRA} {
			r.Bus[c] = 1
		}
	}
	t := &d.Timing
	r.columnRules(t, v)
	r.rankSwitchRules(d)
	r.rowRules(t, v)
	r.bankRefreshRules(t, v)
	r.lowPowerRules(t, v)
	r.windows(t)
	r.prune()
	return r
}

// after makes every command of to wait after every command of from. The delay counts, as JEDEC's do, from the last clock of a command to
// the last clock of the next.
func (r *Rules) after(scope Scope, from, to set, delay int) {
	r.pairs(from, to, func(f, t Command) { r.raise(Constraint{f, t, scope, delay + r.Clocks[f] - r.Clocks[t]}) })
}

// apart is after with a delay that counts from issue to issue.
func (r *Rules) apart(scope Scope, from, to set, clocks int) {
	r.pairs(from, to, func(f, t Command) { r.raise(Constraint{f, t, scope, clocks}) })
}

func (r *Rules) pairs(from, to set, visit func(f, t Command)) {
	for f := range Command(Commands) {
		for t := range Command(Commands) {
			if from.has(f) && to.has(t) {
				visit(f, t)
			}
		}
	}
}

// raise keeps the longer of two distances for one pair and scope. One of 0 clocks or less is no rule.
func (r *Rules) raise(c Constraint) {
	if c.Clocks <= 0 {
		return
	}
	for i := range r.Constraints {
		old := &r.Constraints[i]
		if old.From == c.From && old.To == c.To && old.Scope == c.Scope {
			old.Clocks = max(old.Clocks, c.Clocks)
			return
		}
	}
	r.Constraints = append(r.Constraints, c)
}

// prune drops the rules that another implies: the same pair in a wider scope, at least as long.
func (r *Rules) prune() {
	r.Constraints = slices.DeleteFunc(slices.Clone(r.Constraints), func(c Constraint) bool {
		return slices.ContainsFunc(r.Constraints, func(o Constraint) bool {
			return o.From == c.From && o.To == c.To && c.Scope < o.Scope && o.Scope <= SameRank && o.Clocks >= c.Clocks
		})
	})
}
