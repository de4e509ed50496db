package dramsys

// sharedBuffer has its size in places for all requests.
type sharedBuffer int

func (size sharedBuffer) hasRoom(w *waiting) bool { return w.total() < int(size) }
