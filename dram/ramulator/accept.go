package ramulator

import "github.com/codesign-gym/codesign/dram/memory"

// offer hands a request to the controller in clock t; false if its buffer is full. first is the clock of its first offer.
func (m *controller) offer(t, first int64, d *memory.Demand) bool {
	r := request{
		address: d.Address, arrival: d.Cycle, offered: first, accepted: t, number: d.Number,
		bank: d.Bank, row: d.Row, column: d.Column, write: d.Write,
	}
	if m.limited {
		r.arrival = first
	}
	buffered := m.writes.has(d.Address, true) || !m.config.Defects && m.active.has(d.Address, true)
	switch {
	case buffered && d.Write:
		m.recorder.Coalesced++
		m.count(&r, t)
	case buffered:
		m.forward(t, &r)
	case d.Write && len(m.writes) < m.config.WriteBufferSize:
		r.held = m.mustFollow(d.Address)
		m.admit(t, &m.writes, &r)
	case !d.Write && len(m.reads) < m.config.ReadBufferSize:
		m.admit(t, &m.reads, &r)
	default:
		return false
	}
	m.wake = t
	return true
}

// forward answers a read with the data of a buffered write: at once, or (the peer) not before the reads that are on their way.
func (m *controller) forward(t int64, r *request) {
	m.recorder.Forwarded++
	if !m.config.Defects {
		m.count(r, t)
		return
	}
	m.owed[reading].n++
	m.answer(r, max(t, m.readEnd))
}

// mustFollow tells whether a write of the address has to wait for a read of it, and counts it then.
func (m *controller) mustFollow(address uint64) bool {
	if m.config.Defects || !m.reads.has(address, false) && !m.active.has(address, false) {
		return false
	}
	m.held++
	return true
}

// admit puts a request into its buffer.
func (m *controller) admit(t int64, buffer *list, r *request) {
	if !m.holds() {
		m.progress = t
	}
	m.recorder.Queue.Change(t, 1)
	m.owed[r.direction()].n++
	*buffer = append(*buffer, *r)
}

// answer answers a request in clock t, which may lie ahead.
func (m *controller) answer(r *request, t int64) {
	m.count(r, t)
	if !r.write {
		m.readEnd = t
	}
	if m.limited {
		m.owed[r.direction()].back.push(t)
	}
}

// count counts the latencies of a request that is answered in clock t.
func (m *controller) count(r *request, t int64) {
	latencies := &m.recorder.Reads
	if r.write {
		latencies = &m.recorder.Writes
	}
	latencies.Request.Add(t - r.offered)
	latencies.Accepted.Add(t - r.accepted)
	latencies.Arrival.Add(t - r.arrival)
	m.end = max(m.end, t)
}
