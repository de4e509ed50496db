package dramsys

// item is one message of the arbiter's or the source's mailbox.
type item struct {
	kind    kind
	request int32
	channel int32
}

// kind says what a message means.
type kind uint8

const (
	requested    kind = iota // source to arbiter: a request begins
	acknowledged             // source to arbiter: the response was received
	accepted                 // controller to arbiter, arbiter to source: the request was accepted
	responded                // controller to arbiter, arbiter to source: here is the response
	forward                  // arbiter to itself: an admitted request
	returned                 // arbiter to itself: a response
)

// mailbox holds the messages of an actor. Messages without delay come first, then the delayed ones by clock; equal ones in order of sending.
type mailbox struct {
	wake  int32
	soon  ring[stamped]
	later []delayed // sorted by clock; a handful
}

// stamped is a message sent in a round, to be read from the next one on.
type stamped struct {
	item
	round int64
}

type delayed struct {
	item
	at int64
}

// send puts a message into the box, and wakes the owner when it is due.
func (b *mailbox) send(a *agenda, m item, delay int64) {
	if delay == 0 {
		b.soon.push(stamped{m, a.round})
	} else {
		at := a.now + delay
		i := len(b.later)
		b.later = append(b.later, delayed{})
		for ; i > 0 && b.later[i-1].at > at; i-- {
			b.later[i] = b.later[i-1]
		}
		b.later[i] = delayed{m, at}
	}
	a.ask(b.wake, delay)
}

// receive takes the next message that may be read in this round. When there is none, the owner is woken for the earliest one left.
func (b *mailbox) receive(a *agenda) (item, bool) {
	if b.soon.n > 0 && b.soon.front().round < a.round {
		return b.soon.pop().item, true
	}
	if len(b.later) == 0 {
		return item{}, false
	}
	if b.later[0].at > a.now {
		a.ask(b.wake, b.later[0].at-a.now)
		return item{}, false
	}
	m := b.later[0].item
	copy(b.later, b.later[1:])
	b.later = b.later[:len(b.later)-1]
	return m, true
}
