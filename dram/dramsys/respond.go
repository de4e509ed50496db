package dramsys

// acknowledge tells the controller that its response was received.
func (k *controller) acknowledge(m *model) {
	k.replied = m.agenda.now
	m.agenda.ask(k.firstWake+wakeReply, 0)
}

// respond releases the response that was acknowledged in this clock and sends the next one.
func (k *controller) respond(m *model) {
	now := m.agenda.now
	if k.answering {
		if k.replied != now {
			return
		}
		k.answering, k.released = false, now
	}
	ready, ok := k.responses.head()
	if !ok || ready > now {
		k.awaitData(m)
		return
	}
	delay := int64(0)
	if k.released == now {
		delay = 1
	}
	i := k.responses.take()
	k.answering, k.replied = true, -1
	m.arbiterBox.send(m.agenda, item{kind: responded, request: i, channel: k.number}, delay)
}

// awaitData wakes the controller when the data of the head response are complete, if that lies ahead.
func (k *controller) awaitData(m *model) {
	if ready, ok := k.responses.head(); ok && ready > m.agenda.now {
		m.agenda.ask(k.firstWake+wakeData, ready-m.agenda.now)
	}
}
