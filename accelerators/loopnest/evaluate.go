package loopnest

// Evaluate costs a mapping and keeps the result, which it overwrites. An error is a mapping that does not belong to the model: wrong levels, unknown
// dimensions or tensors, loops that do not cover a dimension or run past it. A mapping that does not fit is a result without counts, see
// Result.Infeasible. Nothing is allocated when the result was used with the model before.
func (m *Model) Evaluate(mapping *Mapping, r *Result) error {
	if err := m.lay(&r.nest, mapping); err != nil {
		return err
	}
	m.reset(r)
	m.fit(r)
	if r.Infeasible.Cause != Feasible {
		return nil
	}
	m.count(r)
	m.time(r)
	m.energy(r)
	return nil
}

// reset clears a result, keeping its memory.
func (m *Model) reset(r *Result) {
	for len(r.Levels) < len(m.levels) {
		r.Levels = append(r.Levels, LevelResult{})
	}
	r.Levels = r.Levels[:len(m.levels)]
	for i := range r.Levels {
		l := &r.Levels[i]
		for len(l.Tensors) < len(m.tensors) {
			l.Tensors = append(l.Tensors, TensorResult{})
		}
		tensors := l.Tensors[:len(m.tensors)]
		clear(tensors)
		*l = LevelResult{Tensors: tensors}
	}
	r.Infeasible, r.Computes, r.Steps, r.Cycles, r.UtilizationFrac, r.EnergyPJ, r.ComputePJ = Infeasible{}, m.computes, 0, 0, 0, 0, 0
}
