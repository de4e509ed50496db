package dramsys

import (
	"math/bits"

	"github.com/codesign-gym/codesign/dram/device"
)

// refreshManager refreshes one rank in time.
type refreshManager interface {
	// evaluate is the command that refreshing needs now, or the clock of its next deadline.
	evaluate(now int64) proposal
	// issued follows every command to the rank or to one of its banks.
	issued(now int64, c device.Command, bank int)
}

func newRefreshManager(c Config, d *device.Device, k *controller, rank int) refreshManager {
	ranks := len(k.ranks)
	switch c.RefreshPolicy {
	case AllBank:
		return &rankRefresh{schedule: newSchedule(d.Timing.TREFI, c.RefreshMaxPostponed, c.RefreshMaxPulledIn, rank, ranks), k: k, rank: rank}
	case PerBank:
		r := &bankRefresh{
			schedule: newSchedule(d.Timing.TREFIPB, c.RefreshMaxPostponed*d.Banks(), c.RefreshMaxPulledIn*d.Banks(), rank, ranks), k: k, rank: rank,
		}
		r.due = make([]int, 0, d.Banks())
		r.refill()
		return r
	}
	return noRefresh{}
}

// noRefresh never refreshes.
type noRefresh struct{}

func (noRefresh) evaluate(int64) proposal           { return proposal{command: none, wake: forever} }
func (noRefresh) issued(int64, device.Command, int) {}

// schedule is the timetable of refreshes: a deadline each interval, some of which may be postponed or pulled in.
type schedule struct {
	interval int64
	deadline int64
	owed     int // postponed refreshes less those pulled in
	most     int // refreshes that may be owed
	least    int // minus the refreshes that may be pulled in
	pulling  bool
	asleep   bool
}

// newSchedule staggers the first deadlines of the ranks in bit-reversed order.
func newSchedule(interval, postponed, pulledIn, rank, ranks int) schedule {
	width := bits.Len(uint(ranks - 1))
	reversed := int(bits.Reverse(uint(rank)) >> (bits.UintSize - width))
	if width == 0 {
		reversed = 0
	}
	return schedule{
		interval: int64(interval), deadline: int64(interval - reversed*interval/ranks), most: postponed, least: -pulledIn,
	}
}

// wait is the proposal of nothing until the deadline. While the rank sleeps, a deadline that has come is not waited for: the end of the
// sleep is.
func (s *schedule) wait(now int64) proposal {
	if s.asleep && s.deadline <= now {
		return proposal{command: none, wake: forever}
	}
	return proposal{command: none, wake: s.deadline}
}

// postpone lets a deadline pass.
func (s *schedule) postpone(now int64) proposal {
	s.owed++
	s.deadline += s.interval
	return s.wait(now)
}

// resume ends pulling in.
func (s *schedule) resume() {
	s.pulling = false
	s.deadline += s.interval
}

// refreshed counts a refresh.
func (s *schedule) refreshed() {
	if s.pulling {
		s.owed--
	} else {
		s.pulling = true
	}
	if s.owed == s.least {
		s.resume()
	}
}

// slept restarts the timetable after self refresh, which ends with a refresh.
func (s *schedule) slept(now int64) {
	s.pulling, s.asleep = false, false
	s.deadline = now + s.interval
}

// follow keeps track of the low-power states.
func (s *schedule) follow(c device.Command) {
	switch c {
	case device.PDEA, device.PDEP:
		s.asleep = true
	case device.SREFEN:
		s.asleep, s.deadline = true, forever
	case device.PDXA, device.PDXP:
		s.asleep = false
	}
}
