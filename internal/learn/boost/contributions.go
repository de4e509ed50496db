package boost

// Gains is, for each feature, the sum of the gains of its splits.
func (m *Model) Gains() []float64 {
	gains := make([]float64, m.Features)
	for _, t := range m.Trees {
		for at, n := range t.Nodes {
			gains[n.Feature] += t.Gains[at]
		}
	}
	return gains
}

// Contributions fills in what each feature adds to the score of a row along its paths and returns the rest: the score is the rest and all contributions.
// The row and into have Features values. It allocates nothing.
func (m *Model) Contributions(row, into []float64) (rest float64) {
	clear(into)
	rest = m.Base
	for i := range m.Trees {
		t := &m.Trees[i]
		rest += t.Values[0]
		for at := 0; ; {
			n := t.Nodes[at]
			next := int(n.Left + above(row[n.Feature], n.Threshold))
			if next == at {
				break
			}
			into[n.Feature] += t.Values[next] - t.Values[at]
			at = next
		}
	}
	return rest
}
