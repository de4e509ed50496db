package dramsys

// scheduler chooses among the requests of a bank. Both methods only read.
type scheduler interface {
	// pick is the request that the bank should serve next, or nobody. The list of the bank is not empty.
	pick(b *bank) int32
	// further tells whether a further request waits besides the current one, and whether one of the further ones hits the open row.
	further(b *bank) (request, hit bool)
}

func newScheduler(c Config, w *waiting) scheduler {
	switch c.Scheduler {
	case Fifo:
		return fifo{w}
	case FrFcfsGrp:
		return frFcfsGrp{frFcfs{w}}
	case GrpFrFcfs:
		return grpFrFcfs{w}
	case GrpFrFcfsWm:
		return grpFrFcfsWm{w}
	}
	return frFcfs{w}
}
