package onnx

// spelled finds layer normalisations that a graph spells out,
//
//	d = x − mean(x), d / √(mean(d²) + ε)
//
// so that a network is the same layers whether its exporter knew the operation or not. norms maps the node of the division to x, skip are the
// nodes before it, none of which anything else reads.
func (im *importer) spelled(g *graph) (norms map[int]string, skip map[int]bool) {
	norms, skip = map[int]string{}, map[int]bool{}
	from := map[string]int{}
	for i := range g.nodes {
		for _, out := range g.nodes[i].outputs {
			from[out] = i
		}
	}
	p := pattern{im, g, from, nil}
	for i := range g.nodes {
		if n := &g.nodes[i]; n.op == "Div" {
			p.inner = nil
			if x, ok := p.layerNorm(n); ok {
				norms[i] = x
				for _, at := range p.inner {
					skip[at] = true
				}
			}
		}
	}
	return norms, skip
}

// pattern follows a graph backwards and notes the nodes on its way.
type pattern struct {
	im    *importer
	g     *graph
	from  map[string]int // the node that yields a value
	inner []int
}

// step goes from a value to the node that yields it, if that is the operation and the value is read as often as the pattern does.
func (p *pattern) step(value, op string, reads int) (*node, bool) {
	i, ok := p.from[value]
	if !ok || p.g.nodes[i].op != op || p.im.uses[value] != reads || len(p.g.nodes[i].outputs) != 1 {
		return nil, false
	}
	p.inner = append(p.inner, i)
	return &p.g.nodes[i], true
}

// layerNorm matches the division at the end of a layer normalisation and returns what is normalised.
func (p *pattern) layerNorm(div *node) (x string, ok bool) {
	d := div.input(0)
	root, ok := p.step(div.input(1), "Sqrt", 1)
	if !ok {
		return "", false
	}
	variance := root.input(0)
	if sum, ok := p.step(variance, "Add", 1); ok {
		if variance = sum.input(0); p.im.values[variance].constant {
			variance = sum.input(1)
		}
	}
	mean, ok := p.step(variance, "ReduceMean", 1)
	if !ok {
		return "", false
	}
	reads := 2 // of d: the division and the square
	square, ok := p.step(mean.input(0), "Pow", 1)
	if !ok {
		if square, ok = p.step(mean.input(0), "Mul", 1); !ok || square.input(1) != d {
			return "", false
		}
		reads = 3
	}
	difference, ok := p.step(d, "Sub", reads)
	if !ok || square.input(0) != d {
		return "", false
	}
	x = difference.input(0)
	average, ok := p.step(difference.input(1), "ReduceMean", 1)
	return x, ok && average.input(0) == x
}
