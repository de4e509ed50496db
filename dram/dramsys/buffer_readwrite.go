package dramsys

// readWriteBuffer has its size in places for reads and as many for writes, and accepts nothing while either are taken.
type readWriteBuffer int

func (size readWriteBuffer) hasRoom(w *waiting) bool {
	return w.count[0] < int(size) && w.count[1] < int(size)
}
