package ramulator

import (
	"slices"

	"github.com/codesign-gym/codesign/dram/device"
)

// task is an entry of the priority list: the refresh of a rank, or the PRE of a bank.
type task struct {
	refresh bool
	at      int32 // rank or bank
}

// refresh puts the refreshes that are due in clock t into the priority list.
func (m *controller) refresh(t int64) {
	if t < m.nextRefresh {
		return
	}
	m.nextRefresh += m.interval
	for rank := range m.ranks {
		m.priority = append(m.priority, task{refresh: true, at: int32(rank)})
	}
}

// first is the command of the head of the priority list, and the first clock in which it is legal: forever as long as it would close a
// bank that an active request needs.
func (m *controller) first() (command device.Command, legal int64) {
	head := m.priority[0]
	at := int(head.at)
	switch {
	case !head.refresh && m.inUse(head.at):
		return device.PRE, forever
	case !head.refresh:
		return device.PRE, m.channel.Earliest(device.PRE, at)
	case m.channel.OpenBanks(at) == 0:
		return device.REF, m.channel.EarliestOfRank(device.REF, at)
	case m.inRank[at] > 0:
		return device.PREA, forever
	}
	return device.PREA, m.channel.EarliestOfRank(device.PREA, at)
}

// issueFirst issues the command of the head of the priority list; PREA leaves the refresh at the head.
func (m *controller) issueFirst(t int64, command device.Command) {
	at := int(m.priority[0].at)
	switch command {
	case device.PRE:
		m.priority = slices.Delete(m.priority, 0, 1)
		m.channel.Issue(t, device.PRE, at, 0, 0)
		m.noteUse(device.PRE, at)
	case device.REF:
		m.priority = slices.Delete(m.priority, 0, 1)
		m.channel.IssueToRank(t, device.REF, at)
	case device.PREA:
		m.channel.IssueToRank(t, device.PREA, at)
		first := at * len(m.banks) / m.ranks
		for bank := first; bank < first+len(m.banks)/m.ranks; bank++ {
			m.noteUse(device.PREA, bank)
		}
	}
}
