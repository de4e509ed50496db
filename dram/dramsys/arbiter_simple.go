package dramsys

// simpleArbiter passes everything on. The source has only one request at a time that is not accepted, so that only the responses of several
// channels can get in each other's way.
type simpleArbiter struct {
	lane    lane
	replies int64 // responses so far
}

func (s *simpleArbiter) handle(m *model, message item) {
	switch message.kind {
	case requested:
		m.controllers[message.channel].offer(m, message.request, 0)
	case accepted:
		m.source.box.send(m.agenda, message, 0)
	case responded:
		s.lane.put(m, s.replies, message.request)
		s.replies++
	case acknowledged:
		m.controllers[message.channel].acknowledge(m)
		s.lane.acknowledge(m)
	}
}
