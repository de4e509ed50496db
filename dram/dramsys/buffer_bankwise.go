package dramsys

// bankwiseBuffer has its size in places for each bank. It looks at the bank of the request stored last, not at that of the next one: a bank
// may hold one request more, and a full bank holds up all others.
type bankwiseBuffer int

func (size bankwiseBuffer) hasRoom(w *waiting) bool { return w.banks[w.lastBank].list.n < int(size) }
