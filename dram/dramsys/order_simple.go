package dramsys

// fixedOrder runs the actors of a clock in the order of their wake-ups' numbers: controllers, arbiter, source.
type fixedOrder struct{}

func (fixedOrder) add(*agenda, int32) {}

func (fixedOrder) advance(a *agenda) bool {
	earliest := int64(forever)
	for i := range a.wakes {
		earliest = min(earliest, a.wakes[i].at)
	}
	if earliest == forever {
		return false
	}
	a.now = earliest
	for i := range a.wakes {
		if a.wakes[i].at == earliest {
			a.next = append(a.next, int32(i))
		}
	}
	return true
}
