package dramsys

// marks are the clocks from which latencies count, and the direction.
type marks struct {
	arrival, begin, accepted int64
	way                      int32
}

// answer is a response that waits for its turn.
type answer struct {
	marks
	at int64 // clock from which on it may go; 0 = not known yet
}

// jumpOutput is the way of the responses back to the source: one a clock, as they come or in order of the requests.
type jumpOutput struct {
	byIssue bool  // the controller sends them in order of the column commands
	inOrder bool  // the controller or the arbiter sends them in order of the requests
	sent    int64 // clock of the controller's last one
	end     int64 // clock of the source's last one

	turn    int64    // number of the request that is next in order
	waiting []answer // ring by number, from the oldest request without a response to the newest one with data
}

func newJumpOutput(c Config) jumpOutput {
	o := jumpOutput{byIssue: c.RespQueue == RespFifo, inOrder: c.RespQueue == RespReorder || c.Arbiter == ArbiterReorder, sent: -1, turn: 1}
	if o.inOrder {
		o.waiting = make([]answer, 64)
	}
	return o
}

// respond works out when the source has the response whose data end at a clock, and in order also those that waited for it.
func (j *jump) respond(h *held, dataEnd int64) {
	o := &j.output
	if o.byIssue {
		dataEnd = max(dataEnd, o.sent+1)
		o.sent = dataEnd
	}
	if !o.inOrder {
		j.deliver(dataEnd, &h.marks)
		return
	}
	w := o.room(h.number)
	w.marks, w.at = h.marks, dataEnd
	for {
		w := o.at(o.turn)
		if w.at == 0 {
			return
		}
		j.deliver(max(w.at, o.end+1), &w.marks)
		w.at = 0
		o.turn++
	}
}

func (o *jumpOutput) at(number int64) *answer { return &o.waiting[number&int64(len(o.waiting)-1)] }

// room is the place of an answer in the ring, which doubles until it spans all numbers from turn on.
func (o *jumpOutput) room(number int64) *answer {
	for number-o.turn >= int64(len(o.waiting)) {
		old := *o
		o.waiting = make([]answer, 2*len(old.waiting))
		for i := range int64(len(old.waiting)) {
			*o.at(o.turn + i) = *old.at(o.turn + i)
		}
	}
	return o.at(number)
}

// deliver counts a response that the source has at clock t.
func (j *jump) deliver(t int64, m *marks) {
	j.output.end = t
	l := &j.recorder.Reads
	if m.way == 1 {
		l = &j.recorder.Writes
	}
	l.Request.Add(t - m.begin)
	l.Accepted.Add(t - m.accepted)
	l.Arrival.Add(t - m.arrival)
	if j.source.limited || j.source.queues {
		j.source.answered(t, int(m.way))
	}
}
