package mapper

// hybrid draws trips and tensors, and tries every order of the loops that can be best for them.
func (t *trial) hybrid() {
	g, p := t.space.newGenome(), newPermuter(t)
	for !t.done() {
		t.space.draw(t.rng, g)
		p.best(g)
	}
}
