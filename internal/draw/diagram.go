package draw

// Diagram is a block diagram: boxes in columns, joined by links. The caller chooses the columns (processors, buses, memories); within one, boxes stand
// in the order given.
type Diagram struct {
	Title string
	Kinds []string // the legend: what the colours mean
	Boxes []Box
	Links []Link
}

// Box is one block.
type Box struct {
	Title  string
	Lines  []string // under the title
	Kind   int      // of Diagram.Kinds: the colour of its edge
	Column int      // from the left, >= 0
	Tip    string   // shown when pointed at
}

// Link joins two boxes, by index. Links to boxes that are not there are left out.
type Link struct {
	From, To int
	Label    string
	Tip      string
}

// Sizes of a diagram.
const (
	boxWidth  = 210.0
	boxGap    = 18.0
	columnGap = 90.0
	lineStep  = 15.0
	boxHead   = 22.0
)

// place is where a box stands.
type place struct{ x, y, height float64 }

// SVG draws the diagram.
func (d Diagram) SVG() []byte {
	places, width, height := d.layout()
	var c canvas
	c.open(width, height, d.Title)
	c.legend(d.Kinds)
	for _, l := range d.Links {
		if l.From < 0 || l.To < 0 || l.From >= len(places) || l.To >= len(places) {
			continue
		}
		c.wire(l, places[l.From], places[l.To])
	}
	for i, b := range d.Boxes {
		c.box(b, places[i])
	}
	return c.close()
}

// layout puts each column's boxes under each other, columns centred against the tallest.
func (d Diagram) layout() (places []place, width, height float64) {
	columns := 1
	for _, b := range d.Boxes {
		columns = max(columns, b.Column+1)
	}
	heights := make([]float64, columns)
	places = make([]place, len(d.Boxes))
	for i, b := range d.Boxes {
		column := max(b.Column, 0)
		h := boxHead + lineStep*float64(len(b.Lines)) + 4
		places[i] = place{margin + float64(column)*(boxWidth+columnGap), heights[column], h}
		heights[column] += h + boxGap
	}
	tallest := 0.0
	for _, h := range heights {
		tallest = max(tallest, h)
	}
	for i, b := range d.Boxes {
		places[i].y += headHeight + (tallest-heights[max(b.Column, 0)])/2
	}
	return places, margin + float64(columns)*(boxWidth+columnGap), headHeight + tallest + margin
}

// wire draws a link: between columns from side to side, within one as a bow on the right.
func (c *canvas) wire(l Link, from, to place) {
	if from.x > to.x {
		from, to = to, from
	}
	x1, y1, x2, y2 := from.x+boxWidth, from.y+from.height/2, to.x, to.y+to.height/2
	bend := (x2 - x1) / 2
	if from.x == to.x {
		x2, bend = x1, columnGap/2
		c.add(`<path class="wire" d="M%s %sC%s %s %s %s %s %s">`, num(x1), num(y1), num(x1+bend), num(y1), num(x2+bend), num(y2), num(x2), num(y2))
	} else {
		c.add(`<path class="wire" d="M%s %sC%s %s %s %s %s %s">`, num(x1), num(y1), num(x1+bend), num(y1), num(x2-bend), num(y2), num(x2), num(y2))
	}
	c.add("<title>%s</title></path>\n", escape(l.Tip))
	if l.Label != "" {
		c.add(`<text x="%s" y="%s" text-anchor="middle">%s</text>`+"\n", num((x1+x2)/2), num((y1+y2)/2-3), cut(l.Label, columnGap))
	}
}

// box draws a block.
func (c *canvas) box(b Box, p place) {
	c.add(`<g><title>%s</title><rect class="box" x="%s" y="%s" width="%s" height="%s" rx="4"/><rect x="%s" y="%s" width="5" height="%s" fill="%s"/>`,
		escape(b.Tip), num(p.x), num(p.y), num(boxWidth), num(p.height), num(p.x), num(p.y), num(p.height), fill(b.Kind))
	c.add(`<text x="%s" y="%s" font-weight="bold">%s</text>`, num(p.x+12), num(p.y+15), cut(b.Title, boxWidth-16))
	for i, line := range b.Lines {
		c.add(`<text x="%s" y="%s">%s</text>`, num(p.x+12), num(p.y+15+lineStep*float64(i+1)), cut(line, boxWidth-16))
	}
	c.WriteString("</g>\n")
}
