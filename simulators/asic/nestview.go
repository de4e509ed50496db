package asic

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/draw"
	"github.com/codesign-gym/codesign/simulators"
)

// detail explains a design layer by layer: the table and the MAESTRO file of details, the nests as text, and a drawing of the first one.
func (sc *nestScenario) detail(built *simulators.Built[nestDesign], all []work) func(context.Context, space.Point) ([]simulators.Artifact, error) {
	return func(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
		g := built.Config(p).genome
		g.clamp(&sc.loops)
		var text bytes.Buffer
		var first draw.Nest
		artifacts, err := details(built.Spec().Name, all, func(i int, w work, scratch *dataflow.Scratch) (o outcome, err error) {
			layer := w.layer.AsConv()
			o.hardware, o.mapping = sc.hardware(&g), g.mapping(&sc.loops, layer, nil)
			if o.stats, err = dataflow.Evaluate(o.hardware, layer, o.mapping, sc.profile, scratch); err != nil {
				return o, err
			}
			n := nestOf(layer, o)
			writeNest(&text, n)
			if i == 0 {
				first = n
			}
			return o, nil
		})
		if err != nil {
			return nil, err
		}
		return append(artifacts,
			simulators.Artifact{Name: "nest.txt", MediaType: "text/plain", Data: text.Bytes()},
			simulators.Artifact{Name: "nest.svg", MediaType: "image/svg+xml", Data: first.SVG()},
		), nil
	}
}

// nestOf is the nest of a layer as loops over tiles.
func nestOf(l dataflow.Layer, o outcome) draw.Nest {
	n := draw.Nest{
		Title:   fmt.Sprintf("%s: %d cycles, %.3g of %d PEs in use", l.Name, o.stats.RuntimeCycles, o.stats.ActivePEs(), o.hardware.PEs),
		Columns: []string{"units", "holds"},
	}
	held := map[dataflow.Dim]int{}
	for _, d := range nestDims() {
		held[d] = extentOf(l, d)
	}
	for _, d := range [...]dataflow.Dim{dataflow.N, dataflow.G} {
		held[d] = max(l.Size[d], 1)
	}
	units := o.hardware.PEs / o.mapping.ClusterPEs()
	for i, level := range o.mapping {
		if i > 0 {
			units = level.Units
		}
		out := draw.NestLevel{Name: fmt.Sprintf("level %d", i+1)}
		for _, m := range level.Maps {
			d := loopOf(m.Dim)
			tiles := (held[d] + m.Size - 1) / m.Size
			switch {
			case m.Spatial:
				out.Loops = append(out.Loops, draw.NestLoop{Text: fmt.Sprintf("parallel-for %s in 0..%d by %d", dimLabel(d), held[d], m.Size), Spatial: true})
			case tiles > 1:
				out.Loops = append(out.Loops, draw.NestLoop{Text: fmt.Sprintf("for %s in 0..%d by %d", dimLabel(d), held[d], m.Size)})
			}
			held[d] = min(held[d], m.Size)
		}
		out.Cells = []string{fmt.Sprint(units), holds(held)}
		n.Levels = append(n.Levels, out)
	}
	return n
}

// loopOf is the loop that a map is on, X and Y in outputs.
func loopOf(d dataflow.Dim) dataflow.Dim {
	switch d {
	case dataflow.OutY:
		return dataflow.Y
	case dataflow.OutX:
		return dataflow.X
	}
	return d
}

// holds lists what a unit holds.
func holds(held map[dataflow.Dim]int) string {
	var parts []string
	for _, d := range nestDims() {
		if held[d] > 1 {
			parts = append(parts, fmt.Sprintf("%s%d", dimLabel(d), held[d]))
		}
	}
	if parts == nil {
		return "1 product"
	}
	return strings.Join(parts, " ")
}

// writeNest writes a nest as text, one loop a line.
func writeNest(w *bytes.Buffer, n draw.Nest) {
	fmt.Fprintln(w, n.Title)
	indent := "  "
	for _, level := range n.Levels {
		fmt.Fprintf(w, "%s%s: %s units\n", indent, level.Name, level.Cells[0])
		for _, loop := range level.Loops {
			indent += "  "
			fmt.Fprintf(w, "%s%s\n", indent, loop.Text)
		}
		indent += "  "
		fmt.Fprintf(w, "%sa unit holds %s\n", indent, level.Cells[1])
	}
	fmt.Fprintln(w)
}
