package dramsys

import "math"

// forever is a clock that never comes.
const forever = math.MaxInt64

// agenda holds the pending wake-ups of the actors and divides a clock into rounds.
type agenda struct {
	now    int64
	round  int64 // counted over the whole run
	wakes  []wake
	future future
	next   []int32 // wake-ups of the next round, in the order in which they were asked for
	spare  []int32
}

// wake is one wake-up. It pends once at most: for the next round if at is the present clock, else for round 0 of clock at.
type wake struct {
	actor  int32
	at     int64 // forever = does not pend
	serial int64 // tells the latest request for it from replaced ones
}

// future orders the wake-ups of later clocks.
type future interface {
	// add notes that the wake-up now pends for a.wakes[w].at, in place of what it pended for before.
	add(a *agenda, w int32)
	// advance moves a.now to the earliest pending clock and appends its wake-ups to a.next in the order in which their actors run. False means
	// that nothing pends.
	advance(a *agenda) bool
}

func newAgenda(actors []int32, order EventOrder) *agenda {
	a := &agenda{}
	for _, actor := range actors {
		a.wakes = append(a.wakes, wake{actor: actor, at: forever})
	}
	if order == Peer {
		a.future = &heap{}
	} else {
		a.future = fixedOrder{}
	}
	return a
}

// ask makes a wake-up pend for now + delay, unless it pends for that clock or an earlier one already. Delay 0 is the next round.
func (a *agenda) ask(w int32, delay int64) {
	p := &a.wakes[w]
	if a.now+delay >= p.at {
		return
	}
	p.at = a.now + delay
	p.serial++
	if delay == 0 {
		a.next = append(a.next, w)
	} else {
		a.future.add(a, w)
	}
}

// begin starts the next round and returns its wake-ups, which no longer pend. The slice is good until the next call.
func (a *agenda) begin() []int32 {
	due := a.next
	a.next, a.spare = a.spare[:0], due
	a.round++
	for _, w := range due {
		a.wakes[w].at = forever
	}
	return due
}
