package ramulator

import "github.com/codesign-gym/codesign/dram/device"

// plan is the next command.
type plan struct {
	kind    kind
	command device.Command
	index   int // of the request in its list
}

// kind says whose command a plan is.
type kind uint8

const (
	nothing kind = iota
	ofActive
	ofRead
	ofWrite
	ofPriority
)

// choose is the command for clock t. Without one, earliest is the first clock in which there is one unless the controller's state changes
// before.
func (m *controller) choose(t int64) (p plan, earliest int64) {
	p, earliest = m.best(t, ofActive, m.active)
	if p.kind != nothing {
		return p, t
	}
	if len(m.priority) > 0 {
		command, legal := m.first()
		if legal <= t {
			return plan{kind: ofPriority, command: command}, t
		}
		return p, min(earliest, legal)
	}
	m.switchMode()
	from, waiting := ofRead, m.reads
	if m.writeMode && (m.config.Defects || len(m.writes) > m.held) {
		from, waiting = ofWrite, m.writes
	}
	p, legal := m.best(t, from, waiting)
	return p, min(earliest, legal)
}

// switchMode turns to the writes or back to the reads.
func (m *controller) switchMode() {
	n := float32(len(m.writes))
	switch {
	case !m.writeMode:
		m.writeMode = n > m.high || len(m.reads) == 0
	case len(m.reads) > 0 && (n < m.low || n == 0 && !m.config.Defects):
		m.writeMode = false
	}
}

// best is the command of the oldest request of a list that may have one in clock t, and the first clock in which any of them may.
func (m *controller) best(t int64, from kind, waiting list) (p plan, earliest int64) {
	m.scan++
	protect := m.config.Scheduler == FrFcfsRowHit
	earliest = forever
	for i := range waiting {
		r := &waiting[i]
		if r.held {
			continue
		}
		command := m.needs(r)
		switch {
		case command != device.PRE:
			if command != device.ACT {
				m.banks[r.bank].hitIn = m.scan
			}
		case protect && m.banks[r.bank].hitIn == m.scan, from != ofActive && m.inUse(r.bank):
			continue
		}
		legal := m.channel.Earliest(command, int(r.bank))
		if legal <= t {
			return plan{from, command, i}, t
		}
		earliest = min(earliest, legal)
	}
	return plan{}, earliest
}

// needs is the next command of a request.
func (m *controller) needs(r *request) device.Command {
	switch row := m.channel.Row(int(r.bank)); {
	case row < 0:
		return device.ACT
	case row != r.row, m.full(r.bank):
		return device.PRE
	case r.write:
		return device.WR
	}
	return device.RD
}

// inUse tells whether an active request of the bank bars closing it.
func (m *controller) inUse(bank int32) bool { return len(m.active) > 0 && m.banks[bank].active > 0 }
