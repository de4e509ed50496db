package dramsys

// pagePolicy decides what becomes of a row after an access.
type pagePolicy interface {
	// closes tells whether the access of the bank's current request, a hit, precharges the bank.
	closes(s scheduler, b *bank) bool
}

func newPagePolicy(c Config) pagePolicy {
	switch c.PagePolicy {
	case OpenAdaptive:
		return openAdaptivePage{}
	case Closed:
		return closedPage{}
	case ClosedAdaptive:
		return closedAdaptivePage{}
	}
	return openPage{}
}
