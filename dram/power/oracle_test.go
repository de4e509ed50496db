package power_test

import (
	"math"
	"slices"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/power"
)

// ledger books commands and spans of time at the clock to which they belong.
type ledger struct {
	d      *device.Device
	counts power.Counts
	pj     []float64 // by clock
}

func (l *ledger) cost(one power.Counts) float64 { return power.DRAMPower4(l.d, one).TotalPJ() }

func (l *ledger) command(t int64, one power.Counts, count *int64) {
	*count++
	l.book(t, l.cost(one))
}

func (l *ledger) book(t int64, pj float64) {
	for int64(len(l.pj)) <= t {
		l.pj = append(l.pj, 0)
	}
	l.pj[t] += pj
}

func (l *ledger) span(from, to int64, one power.Counts, count *int64) {
	cost := l.cost(one)
	for t := from; t < to; t++ {
		*count++
		l.book(t, cost)
	}
}

func (l *ledger) active(from, to int64) {
	l.span(from, to, power.Counts{ActiveCycles: 1}, &l.counts.ActiveCycles)
}

func (l *ledger) precharged(from, to int64) {
	l.span(from, to, power.Counts{PrechargedCycles: 1}, &l.counts.PrechargedCycles)
}

// rankOracle does what DRAMPower 4 does, as it does it: it puts the automatic precharges into the list of commands, sorts the list, and
// walks it.
func rankOracle(d *device.Device, steps []step, end int64) *ledger {
	l := &ledger{d: d}
	tm, rules, c := d.Timing, d.Rules(), &l.counts
	active := int64(tm.TRFC - tm.TRP)
	opened := map[int]int64{}
	var list []step
	for _, s := range steps {
		list = append(list, s)
		later := int64(rules.ReadToPre)
		switch s.c {
		case device.ACT:
			opened[s.bank] = s.t
			continue
		case device.RDA:
		case device.WRA:
			later = int64(rules.WriteToPre)
		default:
			continue
		}
		if at := max(s.t+later, opened[s.bank]+int64(tm.TRAS)); at <= end {
			list = append(list, step{at, device.PRE, s.bank})
		}
	}
	slices.SortStableFunc(list, func(a, b step) int {
		if a.t != b.t {
			return int(a.t - b.t)
		}
		return b2i(a.c != device.PRE) - b2i(b.c != device.PRE)
	})
	open := map[int]bool{}
	var firstAct, lastPre, entry int64
	var state device.Command
	for _, s := range list {
		switch s.c {
		case device.ACT:
			if !open[s.bank] {
				l.command(s.t, power.Counts{Activates: 1}, &c.Activates)
				if len(open) == 0 {
					l.precharged(lastPre, s.t)
					firstAct = s.t
				}
				open[s.bank] = true
			}
		case device.RD, device.RDA:
			l.command(s.t, power.Counts{Reads: 1}, &c.Reads)
		case device.WR, device.WRA:
			l.command(s.t, power.Counts{Writes: 1}, &c.Writes)
		case device.PRE, device.PREA:
			was := len(open)
			for bank := range d.Banks() {
				if open[bank] && (s.c == device.PREA || bank == s.bank) {
					l.command(s.t, power.Counts{Precharges: 1}, &c.Precharges)
					delete(open, bank)
				}
			}
			if was > 0 && len(open) == 0 {
				l.active(firstAct, s.t)
				lastPre = s.t
			}
		case device.REF:
			l.command(s.t, power.Counts{Refreshes: 1}, &c.Refreshes)
			l.precharged(lastPre, s.t)
			l.active(s.t, s.t+active)
			lastPre = s.t + active
		case device.REFPB:
			l.command(s.t, power.Counts{BankRefreshes: 1}, &c.BankRefreshes)
		case device.PDEA:
			l.active(firstAct, s.t)
			state, entry = s.c, s.t
		case device.PDEP, device.SREFEN:
			l.precharged(lastPre, s.t)
			state, entry = s.c, s.t
		case device.PDXA:
			l.span(entry, s.t, power.Counts{SlowActivePowerDownCycles: 1}, &c.SlowActivePowerDownCycles)
			state, firstAct = 0, s.t
		case device.PDXP:
			l.span(entry, s.t, power.Counts{SlowPrechargedPowerDownCycles: 1}, &c.SlowPrechargedPowerDownCycles)
			state, lastPre = 0, s.t
		case device.SREFEX:
			l.selfRefresh(entry, s.t)
			lastPre = max(s.t, entry+int64(tm.TRFC))
			l.span(s.t, entry+active, power.Counts{PowerUpActiveCycles: 1}, &c.PowerUpActiveCycles)
			l.span(max(s.t, entry+active), entry+int64(tm.TRFC), power.Counts{PowerUpPrechargedCycles: 1}, &c.PowerUpPrechargedCycles)
			state = 0
		}
	}
	switch {
	case state == device.PDEA:
		l.span(entry, end, power.Counts{SlowActivePowerDownCycles: 1}, &c.SlowActivePowerDownCycles)
	case state == device.PDEP:
		l.span(entry, end, power.Counts{SlowPrechargedPowerDownCycles: 1}, &c.SlowPrechargedPowerDownCycles)
	case state == device.SREFEN:
		l.selfRefresh(entry, end)
	case len(open) > 0:
		l.active(firstAct, end)
	default:
		l.precharged(lastPre, end)
	}
	return l
}

func (l *ledger) selfRefresh(entry, t int64) {
	tm, c := l.d.Timing, &l.counts
	active, refreshed := entry+int64(tm.TRFC-tm.TRP), entry+int64(tm.TRFC)
	l.span(entry, min(t, active), power.Counts{SelfRefreshActiveCycles: 1}, &c.SelfRefreshActiveCycles)
	l.span(active, min(t, refreshed), power.Counts{SelfRefreshPrechargedCycles: 1}, &c.SelfRefreshPrechargedCycles)
	l.span(refreshed, t, power.Counts{SelfRefreshCycles: 1}, &c.SelfRefreshCycles)
}

// peakMW adds up every window clock by clock. The last one takes what is left of the run.
func (l *ledger) peakMW(windowClocks, end int64) float64 {
	windows := end / windowClocks
	if windows == 0 {
		return l.sum(0, math.MaxInt64) / (float64(end) * l.d.ClockNS())
	}
	var peak float64
	for w := range windows {
		peak = max(peak, l.sum(w*windowClocks, (w+1)*windowClocks)/float64(windowClocks))
	}
	last := (windows - 1) * windowClocks
	return max(peak, l.sum(last, math.MaxInt64)/float64(end-last)) / l.d.ClockNS()
}

func (l *ledger) sum(from, to int64) float64 {
	var sum float64
	for t := from; t < min(to, int64(len(l.pj))); t++ {
		sum += l.pj[t]
	}
	return sum
}

// bankOracle colours every clock of every bank by what DRAMPower 5 sees there, and counts the colours.
func bankOracle(d *device.Device, steps []step, end int64) power.Bankwise {
	tm, rules := d.Timing, d.Rules()
	var c power.Bankwise
	busy := make([][]bool, d.Banks()) // open or refreshing
	for i := range busy {
		busy[i] = make([]bool, end)
	}
	down := make([]device.Command, end)
	paint := func(bank int, from, to int64) {
		for t := from; t < min(to, end); t++ {
			busy[bank][t] = true
		}
	}
	from, open := make([]int64, d.Banks()), make([]bool, d.Banks())
	opened := make([]int64, d.Banks())
	resting := make([]int64, d.Banks()) // no power-down before this clock
	var pending []step                  // automatic precharges
	closeBank := func(bank int, at int64) {
		if open[bank] {
			c.Precharges++
			paint(bank, from[bank], at)
			open[bank] = false
			resting[bank] = max(resting[bank], at+int64(tm.TRP))
		}
	}
	var entered int64
	wake := func(out int64) { // the active time of open banks starts anew
		mark(down, entered, min(out, end), device.PDEA)
		for bank := range open {
			if open[bank] {
				paint(bank, from[bank], entered)
				from[bank] = out
				resting[bank] = max(resting[bank], out+int64(tm.TRCDRD))
			}
		}
	}
	settle := func(t int64) {
		for len(pending) > 0 && pending[0].t <= t {
			if p := pending[0]; p.c == device.PDXA {
				wake(p.t)
			} else {
				closeBank(p.bank, p.t)
			}
			pending = pending[1:]
		}
	}
	wait := func(s step) {
		pending = append(pending, s)
		slices.SortStableFunc(pending, func(a, b step) int { return int(a.t - b.t) })
	}
	earliest := func(t int64) int64 {
		for bank := range resting {
			t = max(t, resting[bank])
		}
		return t
	}
	for _, s := range steps {
		settle(s.t)
		switch s.c {
		case device.ACT, device.REF, device.REFPB, device.SREFEN: // no power-down any more that had to wait for earlier work
			pending = slices.DeleteFunc(pending, func(p step) bool {
				if p.c == device.PDXA && entered < s.t {
					wake(s.t)
				}
				return p.c == device.PDXA
			})
		}
		switch s.c {
		case device.ACT:
			c.Activates++
			from[s.bank], opened[s.bank], open[s.bank] = s.t, s.t, true
			resting[s.bank] = max(resting[s.bank], s.t+int64(tm.TRCDRD))
		case device.PRE:
			closeBank(s.bank, s.t)
		case device.PREA:
			for bank := range open {
				closeBank(bank, s.t)
			}
		case device.RDA, device.WRA:
			later := int64(rules.ReadToPre)
			if s.c == device.WRA {
				later = int64(rules.WriteToPre)
			}
			wait(step{max(s.t+later, opened[s.bank]+int64(tm.TRAS)), s.c, s.bank})
		case device.REF, device.SREFEN:
			c.Refreshes++
			for bank := range open {
				paint(bank, s.t, s.t+int64(tm.TRFC))
				resting[bank] = max(resting[bank], s.t+int64(tm.TRFC))
			}
			entered = s.t + int64(tm.TRFC)
		case device.REFPB:
			c.BankRefreshes++
			paint(s.bank, s.t, s.t+int64(tm.TRFCPB))
			resting[s.bank] = max(resting[s.bank], s.t+int64(tm.TRFCPB))
		case device.PDEA, device.PDEP:
			entered = earliest(s.t)
		case device.PDXA:
			wait(step{earliest(s.t), s.c, 0})
		case device.PDXP:
			mark(down, entered, min(earliest(s.t), end), device.PDEP)
		case device.SREFEX:
			mark(down, entered, min(s.t, end), device.SREFEN)
		}
	}
	settle(end)
	switch last := steps[len(steps)-1]; last.c {
	case device.PDEA, device.PDEP, device.SREFEN:
		mark(down, entered, end, last.c)
	}
	for bank := range open {
		if open[bank] {
			paint(bank, from[bank], end)
		}
	}
	for t := range end {
		var banks int64
		for bank := range busy {
			banks += int64(b2i(busy[bank][t]))
		}
		switch {
		case down[t] == device.PDEA:
			c.SlowActivePowerDownCycles++
		case down[t] == device.PDEP:
			c.SlowPrechargedPowerDownCycles++
		case down[t] == device.SREFEN:
			c.SelfRefreshCycles++
		case banks > 0:
			c.ActiveCycles++
			c.BankActiveCycles += banks
		default:
			c.PrechargedCycles++
		}
	}
	for _, s := range steps {
		switch s.c {
		case device.RD:
			c.Reads++
		case device.WR:
			c.Writes++
		case device.RDA:
			c.AutoReads++
		case device.WRA:
			c.AutoWrites++
		}
	}
	return c
}

func mark(down []device.Command, from, to int64, c device.Command) {
	for t := from; t < to; t++ {
		down[t] = c
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
