package jedec_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
)

// The rules of package device were derived apart from this package. Here a generator issues random commands as early as those rules allow;
// the checker must accept each at that clock, and refuse it one clock earlier.

// generator issues commands of a channel of two ranks, and keeps what the rules need to know.
type generator struct {
	device *device.Device
	rules  *device.Rules
	issued []device.Issued // the last 400
	open   [2][]int        // row of each bank, -1 = closed
	asleep [2]device.Command
	round  [2]map[int]bool
}

const awake = device.Command(device.Commands)

func newGenerator(d *device.Device) *generator {
	g := &generator{device: d, rules: d.Rules(), asleep: [2]device.Command{awake, awake}}
	for r := range g.open {
		g.open[r] = make([]int, d.Banks())
		for b := range g.open[r] {
			g.open[r][b] = -1
		}
		g.round[r] = map[int]bool{}
	}
	return g
}

// anyOpen tells whether a bank of the rank has an open row.
func (g *generator) anyOpen(rank int) bool {
	for _, row := range g.open[rank] {
		if row >= 0 {
			return true
		}
	}
	return false
}

// draw is a command that the state of its rank allows.
func (g *generator) draw(r *rand.Rand) device.Issued {
	for {
		c := device.Issued{Command: device.Command(r.IntN(device.Commands)), Rank: r.IntN(2), Bank: r.IntN(g.device.Banks())}
		if c.Command >= device.PREA && r.IntN(8) > 0 { // most are bank commands
			continue
		}
		if !g.allows(&c) {
			continue
		}
		switch {
		case c.Command == device.ACT:
			c.Row = r.IntN(3)
		case c.Command.IsColumn():
			c.Row = g.open[c.Rank][c.Bank]
		}
		if !c.Command.OfBank() {
			c.Bank = 0
		}
		return c
	}
}

func (g *generator) allows(c *device.Issued) bool {
	if asleep := g.asleep[c.Rank]; asleep != awake {
		return c.Command == asleep+1 // the exits follow their entries
	}
	row := g.open[c.Rank][c.Bank]
	switch c.Command {
	case device.ACT:
		return row < 0
	case device.RD, device.RDA, device.WR, device.WRA, device.PRE:
		return row >= 0
	case device.REFPB:
		return row < 0 && g.device.Timing.TRFCPB > 0 && !g.round[c.Rank][c.Bank]
	case device.PREA, device.PDEA:
		return g.anyOpen(c.Rank)
	case device.REF, device.PDEP, device.SREFEN:
		return !g.anyOpen(c.Rank)
	}
	return false
}

// earliest is the first clock that the rules allow.
func (g *generator) earliest(c device.Issued) (at int64) {
	raise := func(clock int64) { at = max(at, clock) }
	group := func(bank int) int { return bank / g.device.BanksPerGroup }
	for _, e := range g.issued {
		if g.rules.Bus[e.Command] == g.rules.Bus[c.Command] {
			raise(e.Cycle + int64(g.rules.Clocks[e.Command]))
		} else {
			raise(e.Cycle)
		}
		for _, k := range g.rules.Constraints {
			if k.From != e.Command || k.To != c.Command {
				continue
			}
			same := e.Rank == c.Rank
			switch k.Scope {
			case device.SameBank:
				same = same && e.Bank == c.Bank
			case device.SameGroup:
				same = same && group(e.Bank) == group(c.Bank)
			case device.OtherRank:
				same = !same
			}
			if same {
				raise(e.Cycle + int64(k.Clocks))
			}
		}
	}
	for _, w := range g.rules.Windows {
		var members []device.Issued
		for _, e := range g.issued {
			if e.Rank == c.Rank && w.Members[e.Command] {
				members = append(members, e)
			}
		}
		if n := len(members) - w.Count; n >= 0 && w.Clocks[c.Command] > 0 {
			e := members[n]
			raise(e.Cycle + int64(g.rules.Clocks[e.Command]) - 1 + int64(w.Clocks[c.Command]))
		}
	}
	return at
}

// issue changes the state.
func (g *generator) issue(c device.Issued) {
	g.issued = append(g.issued, c)
	if len(g.issued) > 400 {
		g.issued = g.issued[1:]
	}
	rows := g.open[c.Rank]
	switch c.Command {
	case device.ACT:
		rows[c.Bank] = c.Row
	case device.RDA, device.WRA, device.PRE:
		rows[c.Bank] = -1
	case device.PREA:
		for b := range rows {
			rows[b] = -1
		}
	case device.PDEA, device.PDEP, device.SREFEN:
		g.asleep[c.Rank] = c.Command
	case device.PDXA, device.PDXP, device.SREFEX:
		g.asleep[c.Rank] = awake
	}
	switch c.Command {
	case device.REFPB:
		g.round[c.Rank][c.Bank] = true
		if len(g.round[c.Rank]) == len(rows) {
			clear(g.round[c.Rank])
		}
	case device.REF, device.SREFEX:
		clear(g.round[c.Rank])
	}
}

func TestRulesOfTheDevicesAreTheseRules(t *testing.T) {
	additive := ddr3()
	additive.Timing.AL = 9
	for _, d := range append(device.Catalogue(), additive, ddr4(), ddr5(), lpddr4(), lpddr5(), hbm2(), gddr6()) {
		t.Run(d.Name, func(t *testing.T) {
			for seed := range uint64(2) {
				r := rand.New(rand.NewPCG(seed, 1))
				g := newGenerator(d)
				var all []device.Issued
				for range 250 {
					c := g.draw(r)
					c.Cycle = g.earliest(c)
					g.issue(c)
					all = append(all, c)
				}
				require.Empty(t, replay(t, d, jedec.Options{Ranks: 2}, all), "the rules of the device allow too much")
				for i, c := range all {
					if c.Cycle--; c.Cycle < 0 {
						continue
					}
					early := replay(t, d, jedec.Options{Ranks: 2}, append(all[:i:i], c))
					require.NotEmpty(t, early, "the rules of the device delay %+v for nothing", c)
				}
			}
		})
	}
}
