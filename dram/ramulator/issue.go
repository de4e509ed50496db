package ramulator

import "github.com/codesign-gym/codesign/dram/device"

// How a request finds its row.
const (
	rowOpen = iota
	rowClosed
	otherRow
	findings
)

// issue issues the planned command in clock t.
func (m *controller) issue(t int64, p plan) {
	switch {
	case p.kind == ofPriority:
		m.issueFirst(t, p.command)
		return
	case p.kind == ofActive:
		m.issueFor(t, p, &m.active)
	case p.kind == ofRead:
		m.issueFor(t, p, &m.reads)
	default:
		m.issueFor(t, p, &m.writes)
	}
}

// issueFor issues a command for a request of a list.
func (m *controller) issueFor(t int64, p plan, from *list) {
	r := &(*from)[p.index]
	if !r.begun {
		r.begun = true
		m.rows[found(p.command)]++
	}
	at := int(r.bank)
	if p.command.IsColumn() {
		p.command = m.lastUse(t, p.command, at)
	}
	m.channel.Issue(t, p.command, at, r.row, r.column)
	m.noteUse(p.command, at)
	switch {
	case p.command == device.ACT:
		m.promote(p, from)
	case p.command.IsColumn():
		m.serve(t, p, from)
	}
}

// found is how a request finds its row, from the first command that issues for it.
func found(first device.Command) int {
	switch first {
	case device.ACT:
		return rowClosed
	case device.PRE:
		return otherRow
	}
	return rowOpen
}

// promote moves the request whose row was opened to the active list. If that is full, the request stays where it is.
func (m *controller) promote(p plan, from *list) {
	at := (*from)[p.index].bank
	switch {
	case p.kind == ofActive:
		if m.config.Defects && len(m.active) < len(m.banks) {
			m.banks[at].active++
		}
	case len(m.active) < len(m.banks):
		m.active.insert(from.remove(p.index))
		m.inRank[m.channel.Rank(int(at))]++
		m.banks[at].active++
	}
}

// serve ends a request with its column command.
func (m *controller) serve(t int64, p plan, from *list) {
	r := from.remove(p.index)
	if p.kind == ofActive {
		m.inRank[m.channel.Rank(int(r.bank))]--
		m.banks[r.bank].active--
	}
	switch {
	case !r.write:
		m.answer(&r, t+int64(m.rules.ReadData))
	case m.config.Defects:
		m.answer(&r, t)
	default:
		m.answer(&r, t+int64(m.rules.WriteData))
	}
	m.recorder.Queue.Change(t, -1)
	m.progress = t
	if m.held > 0 && !r.write && !m.reads.has(r.address, false) && !m.active.has(r.address, false) {
		m.release(r.address)
	}
}

// release lets the write of an address go, whose older reads have all been served.
func (m *controller) release(address uint64) {
	for i := range m.writes {
		if w := &m.writes[i]; w.held && w.address == address {
			w.held = false
			m.held--
		}
	}
}
