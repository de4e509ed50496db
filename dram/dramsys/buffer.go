package dramsys

// buffer limits how many requests wait.
type buffer interface {
	// hasRoom tells whether one more request may be accepted.
	hasRoom(w *waiting) bool
}

func newBuffer(c Config) buffer {
	switch c.SchedulerBuffer {
	case ReadWrite:
		return readWriteBuffer(c.RequestBufferSize)
	case Shared:
		return sharedBuffer(c.RequestBufferSize)
	}
	return bankwiseBuffer(c.RequestBufferSize)
}
