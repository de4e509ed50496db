package format

import (
	"bytes"
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/soc"
)

// WriteDOT is a design as a Graphviz graph: blocks by kind, links, and under each processor and memory what is on it.
func WriteDOT(g *soc.Graph, l soc.Library, d *soc.Design) []byte {
	var b bytes.Buffer
	b.WriteString("graph soc {\n  rankdir=LR;\n  node [fontname=\"sans-serif\"];\n")
	for i, block := range d.Blocks {
		label := block.ID + "\n" + l.Name(g, block)
		for t, pe := range d.TaskPE {
			if pe == i {
				label += "\n" + g.Tasks[t].Name
			}
		}
		for f, memory := range d.FlowMemory {
			if memory == i {
				label += "\n" + FlowName(g, f)
			}
		}
		fmt.Fprintf(&b, "  %s [shape=%s, label=%s];\n", strconv.Quote(block.ID), shape(block.Kind), strconv.Quote(label))
	}
	for _, link := range d.Links {
		fmt.Fprintf(&b, "  %s -- %s;\n", strconv.Quote(d.Blocks[link.A].ID), strconv.Quote(d.Blocks[link.B].ID))
	}
	b.WriteString("}\n")
	return b.Bytes()
}

func shape(k soc.Kind) string {
	switch {
	case k == soc.Bus:
		return "ellipse"
	case k.IsMemory():
		return "cylinder"
	}
	return "box"
}
