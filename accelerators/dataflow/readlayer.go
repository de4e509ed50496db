package dataflow

// statedLayer is a layer as its file states it.
type statedLayer struct {
	MappedLayer
	typed        bool
	outRows      int // Y' and X', 0 when not stated
	outCols      int
	dims, mapped bool
}

func (p *networkReader) layer(line int) error {
	name, err := p.label()
	if err != nil {
		return err
	}
	l := statedLayer{MappedLayer: MappedLayer{Layer: Layer{Name: name}, Line: line}}
	for {
		t := p.next()
		switch t.text {
		case "Type":
			err = p.layerType(&l)
		case "Stride":
			if l.dims {
				return p.fail(t, "layer %q: the stride comes after the dimensions: want it before", name)
			}
			err = p.strides(&l)
		case "Dimensions":
			err = p.dimensions(&l)
		case "Dataflow":
			err = p.dataflow(&l)
		case "}":
			p.add(t, l)
			return nil
		default:
			err = p.fail(t, "layer %q: %s: want Type, Stride, Dimensions, Dataflow or \"}\"", name, t)
		}
		if err != nil {
			return err
		}
	}
}

// add checks a layer and appends it.
func (p *networkReader) add(t token, l statedLayer) {
	t.line = l.Line
	if !l.typed {
		p.errs = append(p.errs, p.fail(t, "layer %q has no Type", l.Layer.Name))
		return
	}
	if err := l.Layer.Check(); err != nil {
		p.errs = append(p.errs, p.fail(t, "%w", err))
		return
	}
	if !l.mapped && len(p.network.Layers) > 0 {
		l.Mapping = p.network.Layers[len(p.network.Layers)-1].Mapping
	}
	if l.Mapping != nil {
		if err := l.Mapping.Check(l.Layer); err != nil {
			p.errs = append(p.errs, p.fail(t, "layer %q: %w", l.Layer.Name, err))
			return
		}
	}
	p.network.Layers = append(p.network.Layers, l.MappedLayer)
}

func (p *networkReader) layerType(l *statedLayer) error {
	t := p.next()
	switch t.text {
	case "CONV", "TRCONV", "FC":
		l.Layer.Op = Conv
	case "DSCONV":
		l.Layer.Op = Depthwise
	case "NGCONV":
		l.Layer.Op = Grouped
	case "GEMM":
		l.Layer.Op = MatMul
	default:
		return p.fail(t, "layer %q: type %s: known are %s, TRCONV, FC", l.Layer.Name, t, opNames)
	}
	l.typed = true
	return nil
}

// pairs takes { name: number, … }.
func (p *networkReader) pairs(what string, set func(t token, d Dim, size int) error) error {
	if err := p.want("{"); err != nil {
		return err
	}
	for p.peek() != "}" {
		at := token{p.peek(), p.line()}
		d, err := p.dim()
		if err != nil {
			return err
		}
		size, err := p.number(what+" "+d.String(), p.constants, nil)
		if err != nil {
			return err
		}
		if err := set(at, d, size); err != nil {
			return err
		}
	}
	p.next()
	return nil
}

// line is that of the next token.
func (l *lexer) line() int {
	if l.at == len(l.tokens) {
		return l.tokens[l.at-1].line
	}
	return l.tokens[l.at].line
}

func (p *networkReader) strides(l *statedLayer) error {
	return p.pairs("stride", func(t token, d Dim, size int) error {
		switch d {
		case X, OutX:
			l.Layer.StrideX = size
		case Y, OutY:
			l.Layer.StrideY = size
		default:
			return p.fail(t, "layer %q: stride along %s: want X or Y", l.Layer.Name, d)
		}
		return nil
	})
}

func (p *networkReader) dimensions(l *statedLayer) error {
	l.dims = true
	err := p.pairs("size", func(t token, d Dim, size int) error {
		stated := &l.outRows
		switch d {
		case OutY:
		case OutX:
			stated = &l.outCols
		default:
			stated = &l.Layer.Size[d]
		}
		if *stated != 0 {
			return p.fail(t, "layer %q: %s is stated twice", l.Layer.Name, d)
		}
		*stated = size
		return nil
	})
	if err != nil {
		return err
	}
	for _, axis := range []struct {
		input, kernel Dim
		outputs       int
		stride        int
	}{{Y, R, l.outRows, l.Layer.StrideY}, {X, S, l.outCols, l.Layer.StrideX}} {
		size := &l.Layer.Size[axis.input]
		if axis.outputs > 0 && *size > 0 {
			return p.fail(token{line: l.Line}, "layer %q: both %s and %s' are stated", l.Layer.Name, axis.input, axis.input)
		}
		if axis.outputs > 0 {
			*size = (axis.outputs-1)*max(axis.stride, 1) + max(l.Layer.Size[axis.kernel], 1)
		}
	}
	return nil
}

func (p *networkReader) dataflow(l *statedLayer) error {
	if err := p.want("{"); err != nil {
		return err
	}
	l.mapped, l.Mapping = true, Mapping{{}}
	for {
		t := p.next()
		level := &l.Mapping[len(l.Mapping)-1]
		switch t.text {
		case "}":
			return nil
		case "TemporalMap", "SpatialMap":
			m, err := p.mapOf(t, l)
			if err != nil {
				return err
			}
			level.Maps = append(level.Maps, m)
		case "Cluster":
			units, err := p.number("cluster", p.constants, &l.Layer)
			if err != nil {
				return err
			}
			l.Mapping = append(l.Mapping, Level{Units: units})
			if p.peek() == "P" || p.peek() == "L" {
				p.next()
			}
		default:
			return p.fail(t, "layer %q: %s: want TemporalMap, SpatialMap, Cluster or \"}\"", l.Layer.Name, t)
		}
	}
}

// mapOf takes the sizes and the dimension of a map.
func (p *networkReader) mapOf(t token, l *statedLayer) (Map, error) {
	size, err := p.number("tile", p.constants, &l.Layer)
	if err != nil {
		return Map{}, err
	}
	step, err := p.number("step", p.constants, &l.Layer)
	if err != nil {
		return Map{}, err
	}
	d, err := p.dim()
	m := Map{Spatial: t.text == "SpatialMap", Dim: d, Size: size, Step: step}
	if kernel := l.Layer.Size[d.input()]; err == nil && !m.Spatial && (d == R || d == S) && (size != kernel || step != kernel) {
		return m, p.fail(t, "layer %q: %s: a temporal map of the kernel has to cover it: want (%d,%d), got (%d,%d)",
			l.Layer.Name, d, kernel, kernel, size, step)
	}
	return m, err
}
