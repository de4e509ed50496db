package asic

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
)

// style is a dataflow of asic/allocation. The zero value is the NVDLA-like one.
type style uint8

const (
	dla style = iota // weights stay: input channels over the PEs, which reduce
	shi              // outputs stay: output rows over the PEs, input channels innermost
	eye              // rows stay: kernel rows over the PEs of a cluster, output rows over the clusters
)

func styles() []style { return []style{dla, shi, eye} }

// String returns the name.
func (s style) String() string {
	switch s {
	case dla:
		return "dla"
	case shi:
		return "shi"
	case eye:
		return "eye"
	}
	return fmt.Sprintf("style(%d)", uint8(s))
}

// MarshalText writes the name.
func (s style) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a name that MarshalText wrote.
func (s *style) UnmarshalText(text []byte) error {
	for _, known := range styles() {
		if known.String() == string(text) {
			*s = known
			return nil
		}
	}
	return fmt.Errorf("unknown dataflow %q: known are dla, shi, eye", text)
}

// nest maps a convolution on so many PEs, each of which holds so many output channels; a depthwise layer has one.
func (s style) nest(l dataflow.Layer, pes, filters int) dataflow.Mapping {
	r, c := max(l.Size[dataflow.R], 1), max(l.Size[dataflow.S], 1)
	rows, cols := dataflow.Temporal(dataflow.R, r, r), dataflow.Temporal(dataflow.S, c, c)
	y, x := dataflow.Temporal(dataflow.OutY, 1, 1), dataflow.Temporal(dataflow.OutX, 1, 1)
	channels := dataflow.Temporal(dataflow.C, 1, 1)
	var outer []dataflow.Map
	for _, d := range []dataflow.Dim{dataflow.N, dataflow.G} {
		if l.Size[d] > 1 {
			outer = append(outer, dataflow.Temporal(d, 1, 1))
		}
	}
	if l.Op != dataflow.Depthwise {
		outer = append(outer, dataflow.Temporal(dataflow.K, filters, filters))
	}
	switch s {
	case dla:
		return dataflow.Mapping{{Maps: append(outer, dataflow.Spatial(dataflow.C, 1, 1), rows, cols, y, x)}}
	case shi:
		return dataflow.Mapping{{Maps: append(outer, dataflow.Spatial(dataflow.OutY, 1, 1), x, channels, rows, cols)}}
	}
	return dataflow.Mapping{
		{Maps: append(outer, channels, dataflow.Spatial(dataflow.OutY, 1, 1), x, rows, cols)},
		{Units: min(r, pes), Maps: []dataflow.Map{dataflow.Spatial(dataflow.Y, 1, 1), dataflow.Spatial(dataflow.R, 1, 1), cols}},
	}
}
