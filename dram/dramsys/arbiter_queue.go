package dramsys

// queueArbiter accepts up to limit requests at once, and queues them for their channels and their responses for the source.
type queueArbiter struct {
	limit    int
	active   int
	held     int32 // the request that found no room, or nobody
	admitted int64
	channels []channelQueue
	lane     lane
	order    replyOrder
	replies  int64
}

// channelQueue holds the admitted requests of a channel.
type channelQueue struct {
	queue      ring[int32]
	busy       bool  // the controller has a request that it did not accept yet
	lastAccept int64 // clock of its last acceptance
}

// replyOrder says in which order the responses go back: it is the turn of a response from its admission number and the number of
// responses before it.
type replyOrder func(admission, replies int64) int64

func arrivalOrder(_, replies int64) int64     { return replies }
func admissionOrder(admission, _ int64) int64 { return admission }

func newQueueArbiter(c Config, channels int, order replyOrder) *queueArbiter {
	q := &queueArbiter{limit: c.MaxActiveTransactions, held: nobody, lane: newLane(), order: order, channels: make([]channelQueue, channels)}
	for i := range q.channels {
		q.channels[i].lastAccept = -1
	}
	return q
}

func (q *queueArbiter) handle(m *model, message item) {
	switch message.kind {
	case requested:
		if q.active < q.limit {
			q.active++
			q.admit(m, message.request)
		} else {
			q.held = message.request
		}
	case forward:
		q.forward(m, message)
	case accepted:
		channel := &q.channels[message.channel]
		channel.lastAccept = m.agenda.now
		channel.busy = channel.queue.n > 0
		if channel.busy {
			m.controllers[message.channel].offer(m, channel.queue.pop(), 1)
		}
	case responded:
		m.controllers[message.channel].acknowledge(m)
		message.kind = returned
		m.arbiterBox.send(m.agenda, message, 0)
	case returned:
		q.lane.put(m, q.order(m.requests.all[message.request].admission, q.replies), message.request)
		q.replies++
	case acknowledged:
		if q.held != nobody {
			q.admit(m, q.held)
			q.held = nobody
		} else {
			q.active--
		}
		q.lane.acknowledge(m)
	}
}

// admit accepts a request on behalf of its controller.
func (q *queueArbiter) admit(m *model, i int32) {
	r := &m.requests.all[i]
	r.admission = q.admitted
	q.admitted++
	m.source.box.send(m.agenda, item{kind: accepted, request: i, channel: r.Channel}, 0)
	m.arbiterBox.send(m.agenda, item{kind: forward, request: i, channel: r.Channel}, 0)
}

// forward queues an admitted request and hands it over if its controller is free.
func (q *queueArbiter) forward(m *model, message item) {
	channel := &q.channels[message.channel]
	channel.queue.push(message.request)
	if channel.busy {
		return
	}
	channel.busy = true
	delay := int64(0)
	if channel.lastAccept == m.agenda.now {
		delay = 1
	}
	m.controllers[message.channel].offer(m, channel.queue.pop(), delay)
}
