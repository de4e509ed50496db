package dramsys

import (
	"math"

	"github.com/codesign-gym/codesign/dram/device"
)

// candidate is a command that could issue next.
type candidate struct {
	command device.Command
	rank    int
	bank    int
}

// contest finds the command that is over first, ties to the smallest number.
type contest struct {
	best   candidate
	end    int64 // of the best one
	start  int64
	number int64
	any    bool // there was a candidate
}

// Numbers of commands that serve no request: refreshes go before all requests, power-down after them.
const (
	refreshNumber = 0
	powerNumber   = math.MaxInt64
)

// enter compares a candidate with the best one.
func (t *contest) enter(c candidate, start, clocks, number int64) {
	if end := start + clocks; end < t.end || end == t.end && number < t.number {
		t.best, t.start, t.end, t.number = c, start, end, number
	}
}

// choose finds the command that issues now. The second result tells that there were candidates, issued or not.
func (k *controller) choose(now int64) (candidate, bool) {
	t := contest{best: candidate{command: none}, end: forever, start: forever, number: powerNumber}
	for i := range k.ranks {
		r := &k.ranks[i]
		if r.powering.command != none {
			k.propose(&t, i, r.powering, now, powerNumber)
			continue
		}
		if r.refreshing.command != none {
			k.propose(&t, i, r.refreshing, now, refreshNumber)
		}
		for j := r.first; j < r.end; j++ {
			b := &k.banks[j]
			if b.next == none {
				continue
			}
			t.any = true
			if k.mux.admits(k, b.next, b.number) {
				t.enter(candidate{b.next, i, j}, max(now, k.earliest(b)), int64(k.rules.Clocks[b.next]), b.number)
			}
		}
	}
	if t.start != now {
		t.best.command = none
	}
	return t.best, t.any
}

// propose enters the command of a manager.
func (k *controller) propose(t *contest, rank int, p proposal, now, number int64) {
	t.any = true
	t.enter(candidate{p.command, rank, p.bank}, max(now, k.when(rank, p)), int64(k.rules.Clocks[p.command]), number)
}
