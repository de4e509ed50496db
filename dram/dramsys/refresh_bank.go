package dramsys

import (
	"slices"

	"github.com/codesign-gym/codesign/dram/device"
)

// bankRefresh refreshes the banks of a rank one at a time, idle ones first, each once in a round.
type bankRefresh struct {
	schedule
	k        *controller
	rank     int
	due      []int // banks still to refresh in this round, in order
	selected int   // bank chosen by the last evaluation
	held     bool  // it stays chosen until it is refreshed
}

// refill starts a round.
func (r *bankRefresh) refill() {
	r.due = r.due[:0]
	for i := range cap(r.due) {
		r.due = append(r.due, r.rank*cap(r.due)+i)
	}
}

func (r *bankRefresh) evaluate(now int64) proposal {
	if now < r.deadline {
		return r.wait(now)
	}
	r.k.ranks[r.rank].power.notice(now, refreshDue)
	if r.asleep {
		return r.wait(now)
	}
	if now-r.interval >= r.deadline {
		r.resume()
	}
	forced := !r.pulling && r.owed == r.most
	if !r.held {
		idle := r.selectIdle()
		switch {
		case idle || forced:
		case r.pulling:
			r.resume()
			return r.wait(now)
		default:
			return r.postpone(now)
		}
	}
	b := &r.k.banks[r.selected]
	if r.k.channel.Row(r.selected) >= 0 {
		return proposal{command: device.PRE, bank: r.selected}
	}
	if forced {
		b.block()
		r.held = true
	}
	return proposal{command: device.REFPB, bank: r.selected}
}

// selectIdle chooses the first idle bank that is due, else the first one that is due. It tells which.
func (r *bankRefresh) selectIdle() bool {
	for _, i := range r.due {
		if r.k.banks[i].idle() {
			r.selected = i
			return true
		}
	}
	r.selected = r.due[0]
	return false
}

func (r *bankRefresh) issued(now int64, c device.Command, bank int) {
	switch c {
	case device.REFPB:
		r.held = false
		r.due = slices.DeleteFunc(r.due, func(i int) bool { return i == bank })
		if len(r.due) == 0 {
			r.refill()
		}
		r.refreshed()
	case device.REF: // the one after self refresh
		r.held = false
		r.refill()
		r.slept(now)
	default:
		r.follow(c)
	}
}
