package nas

import (
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

// Part is a stretch of the networks of a space whose layers share what is chosen for them beside the network, such as their bit widths.
type Part struct {
	Name   string       // of axes: lower case, with underscores
	Layers []string     // names of its layers, or what their names begin with before a dot
	When   []space.Cond // on axes of the space: the networks have the part; none = all networks
}

// Partitioned is a SearchSpace that says which of its layers belong together. A layer that multiplies belongs to one part; a part that is in a network has such
// a layer there.
type Partitioned interface {
	SearchSpace
	Parts() []Part
}

// partIndex finds the part of a layer by its name.
type partIndex map[string]int

func indexParts(parts []Part) partIndex {
	index := partIndex{}
	for i, p := range parts {
		for _, name := range p.Layers {
			index[name] = i
		}
	}
	return index
}

// of is the part of a layer, the one with the longest name that fits.
func (x partIndex) of(layer string) (part int, ok bool) {
	for {
		if part, ok = x[layer]; ok {
			return part, true
		}
		dot := strings.LastIndexByte(layer, '.')
		if dot < 0 {
			return 0, false
		}
		layer = layer[:dot]
	}
}
