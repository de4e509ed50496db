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
