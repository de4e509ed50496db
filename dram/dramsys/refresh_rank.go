package dramsys

import "github.com/codesign-gym/codesign/dram/device"

// rankRefresh refreshes all banks of a rank at once.
type rankRefresh struct {
	schedule
	k    *controller
	rank int
}

func (r *rankRefresh) evaluate(now int64) proposal {
	if now < r.deadline {
		return r.wait(now)
	}
	rank := &r.k.ranks[r.rank]
	rank.power.notice(now, refreshDue)
	if r.asleep {
		return r.wait(now)
	}
	if now-r.interval >= r.deadline {
		r.resume()
	}
	busy := r.busy()
	switch {
	case r.pulling && busy:
		r.resume()
		return r.wait(now)
	case !r.pulling && r.owed == r.most:
		for i := rank.first; i < rank.end; i++ {
			r.k.banks[i].block()
		}
	case !r.pulling && busy:
		return r.postpone(now)
	}
	if r.k.channel.OpenBanks(r.rank) > 0 {
		return proposal{command: device.PREA}
	}
	return proposal{command: device.REF}
}

// busy tells whether any bank works for a request.
func (r *rankRefresh) busy() bool {
	rank := &r.k.ranks[r.rank]
	for i := rank.first; i < rank.end; i++ {
		if !r.k.banks[i].idle() {
			return true
		}
	}
	return false
}

func (r *rankRefresh) issued(now int64, c device.Command, _ int) {
	switch {
	case c != device.REF:
		r.follow(c)
	case r.asleep:
		r.slept(now)
	default:
		r.refreshed()
	}
}
