package power_test

import (
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/dram/device"
)

// stream draws command streams that keep all timing rules between two commands.
type stream struct {
	t       *rapid.T
	d       *device.Device
	rules   *device.Rules
	open    []bool
	closing []int64        // when a bank that auto-precharges is closed
	asleep  device.Command // the entry into power-down or self refresh; 0 = none
	steps   []step
}

// drawStream draws n commands. Where still is set, power-down begins only when no auto-precharge is pending.
func drawStream(t *rapid.T, d *device.Device, n int, still bool) []step {
	s := &stream{t: t, d: d, rules: d.Rules(), open: make([]bool, d.Banks()), closing: make([]int64, d.Banks())}
	for range n {
		s.next(still)
	}
	return s.steps
}

func (s *stream) next(still bool) {
	bank := rapid.IntRange(0, min(3, s.d.Banks()-1)).Draw(s.t, "bank")
	c := rapid.SampledFrom(s.choices(bank)).Draw(s.t, "command")
	at := s.earliest(c, bank)
	if gap := rapid.IntRange(0, 12).Draw(s.t, "gap"); gap < 10 {
		at += int64(gap * gap)
	} else {
		at += int64(400 * (gap - 9))
	}
	if still && (c == device.PDEA || c == device.PDEP) {
		for _, closed := range s.closing {
			at = max(at, closed)
		}
	}
	s.issue(step{at, c, bank})
}

// choices are the commands that the states of the rank and the bank allow.
func (s *stream) choices(bank int) []device.Command {
	switch s.asleep {
	case device.PDEA:
		return []device.Command{device.PDXA}
	case device.PDEP:
		return []device.Command{device.PDXP}
	case device.SREFEN:
		return []device.Command{device.SREFEX}
	}
	anyOpen := false
	for _, open := range s.open {
		anyOpen = anyOpen || open
	}
	var choices []device.Command
	if s.open[bank] {
		choices = []device.Command{device.RD, device.RDA, device.WR, device.WRA, device.PRE, device.RD, device.WR}
	} else {
		choices = []device.Command{device.ACT, device.ACT, device.ACT, device.ACT}
		if s.d.Standard == device.LPDDR4 {
			choices = append(choices, device.REFPB)
		}
	}
	if anyOpen {
		return append(choices, device.PREA, device.PDEA)
	}
	return append(choices, device.REF, device.PDEP, device.SREFEN)
}

// earliest is the first clock that the rules allow: a look at all commands before it.
func (s *stream) earliest(c device.Command, bank int) int64 {
	at := int64(0)
	if n := len(s.steps); n > 0 {
		at = s.steps[n-1].t + 1
	}
	for _, r := range s.rules.Constraints {
		if r.To != c {
			continue
		}
		for _, old := range s.steps {
			if r.From != old.c {
				continue
			}
			same := r.Scope == device.SameRank || r.Scope == device.SameBank && old.bank == bank ||
				r.Scope == device.SameGroup && old.bank/s.d.BanksPerGroup == bank/s.d.BanksPerGroup
			if same {
				at = max(at, old.t+int64(r.Clocks))
			}
		}
	}
	return at
}

func (s *stream) issue(x step) {
	s.steps = append(s.steps, x)
	switch x.c {
	case device.ACT:
		s.open[x.bank] = true
	case device.RDA, device.WRA:
		s.open[x.bank] = false
		s.closing[x.bank] = x.t + int64(max(s.rules.ReadToPre, s.rules.WriteToPre)+s.d.Timing.TRAS)
	case device.PRE:
		s.open[x.bank] = false
	case device.PREA:
		clear(s.open)
	case device.PDEA, device.PDEP, device.SREFEN:
		s.asleep = x.c
	case device.PDXA, device.PDXP, device.SREFEX:
		s.asleep = 0
	}
}
