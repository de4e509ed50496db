package dramsys

// arbiter stands between the source and the controllers.
type arbiter interface {
	// handle deals with one message of the arbiter's mailbox.
	handle(m *model, message item)
}

func newArbiter(c Config, channels int) arbiter {
	switch c.Arbiter {
	case ArbiterFifo:
		return newQueueArbiter(c, channels, arrivalOrder)
	case ArbiterReorder:
		return newQueueArbiter(c, channels, admissionOrder)
	}
	return &simpleArbiter{lane: newLane()}
}

// lane is the way back to the source: one response at a time, one a clock.
type lane struct {
	queue     sequence
	busy      bool
	lastReply int64 // clock of the last acknowledgement
}

func newLane() lane { return lane{lastReply: -1} }

// put appends a response in its turn and sends the head if the source is idle.
func (l *lane) put(m *model, number int64, i int32) {
	l.queue.put(number, i, 0)
	if !l.busy {
		delay := int64(0)
		if l.lastReply == m.agenda.now {
			delay = 1
		}
		l.send(m, delay)
	}
}

// acknowledge notes that the source has received a response; the next one follows a clock later.
func (l *lane) acknowledge(m *model) {
	l.lastReply = m.agenda.now
	l.send(m, 1)
}

// send sends the head to the source, or marks it idle.
func (l *lane) send(m *model, delay int64) {
	_, l.busy = l.queue.head()
	if l.busy {
		i := l.queue.take()
		m.source.box.send(m.agenda, item{kind: responded, request: i, channel: m.requests.all[i].Channel}, delay)
	}
}
