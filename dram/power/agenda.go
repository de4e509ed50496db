package power

import (
	"math"
	"slices"
)

// never is later than every clock.
const never = math.MaxInt64

// event is something that follows from a command and happens later than it.
type event struct {
	at   int64
	kind eventKind
	bank uint8
}

// eventKind tells what happens.
type eventKind uint8

// The events. The bank counts for the first two only.
const (
	autoPrecharge eventKind = iota
	bankRefreshEnd
	refreshEnd
	selfRefreshStart
	activePowerDown     // slow exit
	fastActivePowerDown // fast exit
	prechargedPowerDown
	fastPrechargedPowerDown
	powerUp
)

// agenda holds the events to come in order of time, those of one clock in the order in which they were added. Events are nearly always
// added at the end. Its memory grows with the most events that waited together, never with the run.
//
// Invariant: events[head:] is sorted by at.
type agenda struct {
	events []event
	head   int
}

// next is the time of the first event, never if there is none.
func (a *agenda) next() int64 {
	if a.head == len(a.events) {
		return never
	}
	return a.events[a.head].at
}

func (a *agenda) add(e event) {
	if len(a.events) == cap(a.events) && a.head > 0 {
		n := copy(a.events, a.events[a.head:])
		a.events, a.head = a.events[:n], 0
	}
	a.events = append(a.events, e)
	i := len(a.events) - 1
	for ; i > a.head && a.events[i-1].at > e.at; i-- {
		a.events[i] = a.events[i-1]
	}
	a.events[i] = e
}

// pop takes the first event; there must be one.
func (a *agenda) pop() event {
	e := a.events[a.head]
	if a.head++; a.head == len(a.events) {
		a.reset()
	}
	return e
}

// drop removes all events of the kinds.
func (a *agenda) drop(kinds ...eventKind) {
	kept := a.events[:0]
	for _, e := range a.events[a.head:] {
		if !slices.Contains(kinds, e.kind) {
			kept = append(kept, e)
		}
	}
	a.events, a.head = kept, 0
}

func (a *agenda) reset() { a.events, a.head = a.events[:0], 0 }
