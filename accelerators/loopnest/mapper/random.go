package mapper

// random draws whole mappings.
func (t *trial) random() {
	g := t.space.newGenome()
	for !t.done() {
		t.space.draw(t.rng, g)
		t.try(g)
	}
}
