package ramulator

import (
	"slices"

	"github.com/codesign-gym/codesign/dram/device"
)

// full tells whether the open row of a bank must serve no further request. The peer has no such rule.
func (m *controller) full(bank int32) bool {
	return m.config.RowPolicy == ClosedCap && !m.config.Defects && m.banks[bank].uses >= m.config.Cap
}

// closeRows puts the PRE of each bank that has reached the cap into the priority list, as soon as it is legal.
func (m *controller) closeRows(t int64) {
	if m.exceeded == 0 {
		return
	}
	for i := range m.banks {
		b := &m.banks[i]
		if b.uses < m.config.Cap || b.injected {
			continue
		}
		legal := m.channel.Earliest(device.PRE, i)
		if legal > t {
			m.wake = min(m.wake, legal)
			continue
		}
		b.injected = true
		m.exceeded--
		m.priority = append(m.priority, task{at: int32(i)})
	}
}

// lastUse turns a column command into one with auto-precharge if it is the last one that the cap allows and that is legal in clock t.
func (m *controller) lastUse(t int64, command device.Command, bank int) device.Command {
	if m.config.RowPolicy != ClosedCap {
		return command
	}
	uses := m.banks[bank].uses
	if !m.config.Defects {
		uses++
	}
	closing := device.RDA
	if command == device.WR {
		closing = device.WRA
	}
	if uses >= m.config.Cap && m.channel.Earliest(closing, bank) <= t {
		return closing
	}
	return command
}

// noteUse counts the uses of an open row after a command.
func (m *controller) noteUse(command device.Command, bank int) {
	if m.config.RowPolicy != ClosedCap {
		return
	}
	b := &m.banks[bank]
	switch command {
	case device.RD, device.WR:
		b.uses++
		if b.uses == m.config.Cap && !b.injected {
			m.exceeded++
		}
	case device.RDA, device.WRA, device.PRE, device.PREA:
		if b.uses >= m.config.Cap && !b.injected {
			m.exceeded--
		}
		if b.injected && !m.config.Defects {
			pre := task{at: int32(bank)}
			m.priority = slices.DeleteFunc(m.priority, func(t task) bool { return t == pre })
		}
		b.uses, b.injected = 0, false
	}
}
