package dramsys

// grpFrFcfs serves the direction of the last column command while any request of it waits for the bank: the first hit, else the oldest.
type grpFrFcfs struct{ *waiting }

func (g grpFrFcfs) pick(b *bank) int32 {
	if i := g.best(b, g.last); i != nobody {
		return i
	}
	return g.best(b, 1-g.last)
}

func (g grpFrFcfs) further(b *bank) (request, hit bool) { return furtherOfWay(g.waiting, b) }

// furtherOfWay looks only at requests of the direction of the current one.
func furtherOfWay(w *waiting, b *bank) (request, hit bool) {
	way := direction(w.requests.all[b.current].Write)
	return w.several(b, way), w.hits(b, way)
}
