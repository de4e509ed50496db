package dataflow

import (
	"errors"
	"io"
)

// ReadNetwork reads a MAESTRO network with or without mappings: constants and networks of layers
//
//	Constant Rows 3;
//	Network name {
//	  Layer name {
//	    Type: CONV                              CONV, DSCONV, NGCONV, TRCONV, FC or GEMM
//	    Stride { X: 1, Y: 1 }
//	    Dimensions { K: 64, C: 3, R: Rows, S: 3, Y: 224, X: 224 }
//	    Dataflow {
//	      SpatialMap(1,1) K;
//	      TemporalMap(Sz(R),1) Y;
//	      Cluster(64, P);                       P or L, which mean the same
//	      …
//	    }
//	  }
//	}
//
// name is the file's name in errors. Y and X include the border; Y' and X', the output size, may stand for them. A size is a number, a constant or, in
// a mapping, Sz of a dimension. A layer without Dataflow has the mapping of the layer before, with that layer's sizes. A transposed convolution is taken
// as a convolution, as MAESTRO does. Several networks in a file become one, with the name of the first. Mistakes come with their line: the first of
// the syntax, all of the shapes and maps.
func ReadNetwork(name string, r io.Reader) (Network, error) {
	text, err := readAll(name, r)
	if err != nil {
		return Network{}, err
	}
	p := networkReader{lexer: lex(name, text), constants: map[string]int{}, network: Network{Name: name}}
	if err := p.file(); err != nil {
		return Network{}, err
	}
	if err := errors.Join(p.errs...); err != nil {
		return Network{}, err
	}
	return p.network, nil
}

// networkReader is the state of ReadNetwork.
type networkReader struct {
	*lexer
	constants map[string]int
	network   Network
	named     bool
	errs      []error // mistakes that are not of the syntax
}

func (p *networkReader) file() error {
	for {
		switch t := p.next(); t.text {
		case "":
			if len(p.network.Layers) == 0 && len(p.errs) == 0 {
				return p.fail(t, "no layers")
			}
			return nil
		case "Constant":
			if err := p.constant(); err != nil {
				return err
			}
		case "Network":
			if err := p.layers(); err != nil {
				return err
			}
		default:
			return p.fail(t, "%s: want Network or Constant", t)
		}
	}
}

func (p *networkReader) constant() error {
	t := p.next()
	if t.text == "" || t.text == "{" || t.text == "}" {
		return p.fail(t, "%s: want the name of a constant", t)
	}
	value, err := p.number("constant "+t.text, p.constants, nil)
	p.constants[t.text] = value
	return err
}

// label takes the words up to an opening brace.
func (p *networkReader) label() (string, error) {
	var name string
	for {
		switch t := p.next(); t.text {
		case "{":
			return name, nil
		case "", "}":
			return "", p.fail(t, "%s: want \"{\"", t)
		default:
			if name != "" {
				name += " "
			}
			name += t.text
		}
	}
}

func (p *networkReader) layers() error {
	name, err := p.label()
	if err != nil {
		return err
	}
	if !p.named && name != "" {
		p.network.Name, p.named = name, true
	}
	for {
		switch t := p.next(); t.text {
		case "}":
			return nil
		case "Layer":
			if err := p.layer(t.line); err != nil {
				return err
			}
		default:
			return p.fail(t, "%s: want Layer or \"}\"", t)
		}
	}
}

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
