package timeloop

import (
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/internal/draw"
)

// Drawing is a mapping as a loop nest over the levels, with the words of each tensor that they keep.
func Drawing(m *loopnest.Model, mapping *loopnest.Mapping, r *loopnest.Result) draw.Nest {
	p, a := m.Problem(), m.Architecture()
	n := draw.Nest{Title: p.Name}
	for _, t := range p.Tensors {
		n.Columns = append(n.Columns, t.Name)
	}
	for i, l := range mapping.Levels {
		level := draw.NestLevel{Name: a.Levels[i].Name}
		for t := range p.Tensors {
			cell := ""
			if l.Keep.Has(t) {
				cell = fmt.Sprintf("%d words", r.Levels[i].Tensors[t].TileWords)
			}
			level.Cells = append(level.Cells, cell)
		}
		for _, loop := range l.Temporal {
			level.Loops = append(level.Loops, draw.NestLoop{Text: loopLabel(p, loop.Dimension, loop.Trips)})
		}
		for _, s := range l.Spatial {
			axis := " along X"
			if s.Y {
				axis = " along Y"
			}
			level.Loops = append(level.Loops, draw.NestLoop{Text: loopLabel(p, s.Dimension, s.Trips) + axis, Spatial: true})
		}
		n.Levels = append(n.Levels, level)
	}
	return n
}

func loopLabel(p *loopnest.Problem, dimension int, trips int64) string {
	return fmt.Sprintf("for %s in 0..%d", strings.ToLower(p.Dimensions[dimension].Name), trips)
}
