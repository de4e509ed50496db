package draw

// Nest is a loop nest over a memory hierarchy: a band per level, outermost first, with the loops that stand in it, each indented under the one before,
// and cells beside it (what each tensor keeps there).
type Nest struct {
	Title   string
	Columns []string // headings of the cells
	Levels  []NestLevel
}

// NestLevel is one level of the hierarchy.
type NestLevel struct {
	Name  string
	Loops []NestLoop // outermost first
	Cells []string   // parallel to Nest.Columns
}

// NestLoop is one loop: "for k in 0..4".
type NestLoop struct {
	Text    string
	Spatial bool // unrolled over hardware: drawn in another colour
}

// Sizes of a nest.
const (
	nestName   = 130.0
	nestLoops  = 420.0
	nestCell   = 130.0
	nestIndent = 12.0
)

// Kinds of loops, by colour.
const (
	temporalKind = iota
	spatialKind
)

// SVG draws the nest.
func (n Nest) SVG() []byte {
	rows := 0
	for _, l := range n.Levels {
		rows += max(len(l.Loops), 1)
	}
	left := margin + nestName + nestLoops
	width := left + nestCell*float64(len(n.Columns)) + margin
	height := headHeight + lineStep*float64(rows+1) + 6*float64(len(n.Levels)) + 2*margin

	var c canvas
	c.open(width, height, n.Title)
	c.legend([]string{"temporal loop", "spatial loop"})
	y := float64(headHeight) + lineStep
	for i, heading := range n.Columns {
		c.add(`<text x="%s" y="%s" font-weight="bold">%s</text>`+"\n", num(left+nestCell*float64(i)), num(y-4), cut(heading, nestCell-4))
	}
	depth := 0
	for _, l := range n.Levels {
		band := lineStep*float64(max(len(l.Loops), 1)) + 2
		c.add(`<rect class="box" x="%d" y="%s" width="%s" height="%s" rx="3"/>`, margin, num(y), num(width-2*margin), num(band))
		c.add(`<text x="%d" y="%s" font-weight="bold">%s</text>`+"\n", margin+6, num(y+12), cut(l.Name, nestName-8))
		for i, cell := range l.Cells[:min(len(l.Cells), len(n.Columns))] {
			c.add(`<text x="%s" y="%s">%s</text>`+"\n", num(left+nestCell*float64(i)), num(y+12), cut(cell, nestCell-4))
		}
		for i, loop := range l.Loops {
			kind := temporalKind
			if loop.Spatial {
				kind = spatialKind
			}
			x, top := margin+nestName+nestIndent*float64(min(depth, 16)), y+lineStep*float64(i)
			c.add(`<rect x="%s" y="%s" width="4" height="11" fill="%s"/>`, num(x), num(top+3), fill(kind))
			c.add(`<text x="%s" y="%s" font-family="monospace">%s</text>`+"\n", num(x+9), num(top+12), cut(loop.Text, left-x-14))
			depth++
		}
		y += band + 4
	}
	return c.close()
}
