package dramsim3

import (
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
)

// refresh says which rank is to be refreshed. Ranks become due in turn, and are refreshed in the order in which they became due.
type refresh struct {
	ranks    int64
	together int64 // ranks that become due at a time
	interval int64
	next     int64 // clock in which the next becomes due
	due      int64 // refreshes that became due so far
	done     int64
}

func newRefresh(p RefreshPolicy, j *memory.Job) refresh {
	r := refresh{ranks: int64(j.Ranks), together: 1, interval: int64(j.Device.Timing.TREFI), next: far}
	switch p {
	case NoRefresh:
		return r
	case RankStaggered:
		r.interval = max(r.interval/r.ranks, 1)
	case RankSimultaneous:
		r.together = r.ranks
	}
	r.next = r.interval
	return r
}

// becomeDue counts the refreshes of clock c, and says whether there are any.
func (r *refresh) becomeDue(c int64) bool {
	if c < r.next {
		return false
	}
	r.due += r.together
	r.next += r.interval
	return true
}

// rank is the rank whose refresh is due, or -1.
func (r *refresh) rank() int {
	if r.due == r.done {
		return -1
	}
	return int(r.done % r.ranks)
}

// issueRefresh issues a PRE or the REF that a due refresh needs, if one is legal in clock c, and then returns c; else the first clock in
// which one is.
func (ch *controller) issueRefresh(c int64, rank int) int64 {
	next := int64(far)
	if ch.memory.OpenBanks(rank) == 0 {
		if next = ch.memory.EarliestOfRank(device.REF, rank); next <= c {
			ch.memory.IssueToRank(c, device.REF, rank)
			ch.refresh.done++
		}
		return max(next, c)
	}
	banks := len(ch.banks) / len(ch.standby)
	for b := rank * banks; b < (rank+1)*banks; b++ {
		if ch.memory.Row(b) == memory.Closed {
			continue
		}
		at := ch.memory.Earliest(device.PRE, b)
		if at <= c {
			ch.memory.Issue(c, device.PRE, b, 0, 0)
			ch.countStandby(c, rank)
			ch.replan(&ch.banks[b])
			return c
		}
		next = min(next, at)
	}
	return next
}
