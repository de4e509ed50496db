package dataflow

import (
	"fmt"
	"strings"
)

// Template is a published dataflow as a function of the layer, the PEs and the NoC bandwidth. The zero value is KCP.
type Template uint8

// The templates. KCP, YXP and YRP are MAESTRO's names for the dimensions that run in parallel; they are mappings. The others are systolic arrays.
const (
	KCP Template = iota // NVDLA: weight stationary, output channels over clusters of 64 PEs that share the input channels
	YXP                 // ShiDianNao: output stationary, output rows over clusters of 8 PEs that share the columns
	YRP                 // Eyeriss: row stationary, output rows over clusters of as many PEs as the kernel has rows
	OS                  // systolic array, outputs stay
	WS                  // systolic array, weights stay
	IS                  // systolic array, inputs stay
	numTemplates
)

// templateNames are the names of the templates, in the order of the constants.
const templateNames = "kcp yxp yrp os ws is"

// Templates lists the templates.
func Templates() []Template { return []Template{KCP, YXP, YRP, OS, WS, IS} }

// Systolic tells whether the template is a systolic array, which has no mapping.
func (t Template) Systolic() bool { return t >= OS }

// String returns the lower-case name.
func (t Template) String() string {
	if names := strings.Fields(templateNames); int(t) < len(names) {
		return names[t]
	}
	return fmt.Sprintf("Template(%d)", uint8(t))
}

// MarshalText writes the name; an unknown template is an error.
func (t Template) MarshalText() ([]byte, error) {
	if t >= numTemplates {
		return nil, fmt.Errorf("dataflow: unknown template %s: known are %s", t, templateNames)
	}
	return []byte(t.String()), nil
}

// UnmarshalText reads a name that MarshalText wrote.
func (t *Template) UnmarshalText(text []byte) error {
	for known := range numTemplates {
		if known.String() == string(text) {
			*t = known
			return nil
		}
	}
	return fmt.Errorf("dataflow: unknown template %q: known are %s", text, templateNames)
}

// Sizes of the templates, those of MAESTRO's own mappings.
const (
	kcpCluster  = 64 // PEs that share the input channels
	yxpCluster  = 8  // PEs that share the output columns, and the output columns of a tile
	yrpChannels = 16 // output channels of a tile
)

// Evaluate costs a layer on hardware under the template. A matrix product runs as a convolution, see Layer.AsConv.
func (t Template) Evaluate(h Hardware, l Layer, p Profile, s *Scratch) (Stats, error) {
	if t >= numTemplates {
		return Stats{}, fmt.Errorf("dataflow: unknown template %s: known are %s", t, templateNames)
	}
	if err := l.Check(); err != nil {
		return Stats{}, err
	}
	if t.Systolic() {
		return t.systolic(h, l)
	}
	l = l.AsConv()
	s.mapping = t.Map(l, s.mapping)
	return Evaluate(h, l, s.mapping, p, s)
}

// Map writes the mapping of a convolution into m, whose memory it reuses, and returns it; a systolic template has none and gives an empty one. Samples and
// groups follow each other in time. Depthwise layers have a nest of one level, the channels over the PEs, in KCP and YRP.
func (t Template) Map(l Layer, m Mapping) Mapping {
	l = l.filled()
	r, s := l.Size[R], l.Size[S]
	rows, cols := Temporal(R, r, r), Temporal(S, s, s)
	depthwise := l.Op == Depthwise
	b := nest{m: m[:0]}
	if t.Systolic() {
		return b.m
	}
	b.level(0)
	for _, d := range [...]Dim{N, G} {
		if l.Size[d] > 1 {
			b.add(Temporal(d, 1, 1))
		}
	}
	switch {
	case t == YXP:
		if !depthwise {
			b.add(Temporal(K, 1, 1))
		}
		b.add(Temporal(C, 1, 1), Spatial(Y, r, 1), Temporal(X, yxpCluster+s-1, yxpCluster), rows, cols)
		b.level(yxpCluster)
		b.add(Spatial(X, s, 1), rows, cols)
	case depthwise:
		b.add(Spatial(C, 1, 1), Temporal(Y, r, 1), Temporal(X, s, 1), rows, cols)
	case t == YRP:
		b.add(Spatial(OutY, 1, 1), Temporal(OutX, 1, 1), Temporal(C, 1, 1), Temporal(K, yrpChannels, yrpChannels), rows, cols)
		b.level(r)
		b.add(Spatial(Y, 1, 1), Spatial(R, 1, 1), cols)
	default:
		b.add(Spatial(K, 1, 1), Temporal(C, kcpCluster, kcpCluster), rows, cols, Temporal(Y, r, 1), Temporal(X, s, 1))
		b.level(kcpCluster)
		b.add(Spatial(C, 1, 1), Temporal(Y, r, 1), Temporal(X, s, 1), rows, cols)
	}
	return b.m
}

// nest builds a mapping in the memory of an older one.
type nest struct{ m Mapping }

func (b *nest) level(units int) {
	if n := len(b.m); n < cap(b.m) {
		b.m = b.m[:n+1]
		b.m[n] = Level{Units: units, Maps: b.m[n].Maps[:0]}
		return
	}
	b.m = append(b.m, Level{Units: units})
}

func (b *nest) add(maps ...Map) {
	level := &b.m[len(b.m)-1]
	level.Maps = append(level.Maps, maps...)
}
