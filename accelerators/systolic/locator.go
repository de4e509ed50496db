package systolic

// locator finds elements of an ifmap without a division: it holds where the window of each pixel starts, and where each kept depth lies in it.
type locator struct {
	pixels        []pixelPlace
	depths        []depthPlace
	height, width int32 // of the feature map: rows, and elements of a row
}

type pixelPlace struct {
	top, left int32 // row, and element of a row
	base      int64 // address of its first element, were there no border
	inside    bool  // the whole window lies in the feature map
}

type depthPlace struct {
	row, left int32
	offset    int64
}

// fill writes down m pixels and k kept depths.
func (l *locator) fill(p *patches, m, k int64) {
	g := &p.geometry
	l.height, l.width = g.Height, g.Width*g.Channels
	l.pixels, l.depths = l.pixels[:0], l.depths[:0]
	lastRow, lastLeft := (g.KernelHeight-1)*g.DilationHeight, (g.KernelWidth-1)*g.DilationWidth*g.Channels
	width := int64(l.width)
	c := p.cursor(0)
	for range m {
		top, left := int32(c.top), int32(c.left)
		l.pixels = append(l.pixels, pixelPlace{
			top: top, left: left, base: c.top*width + c.left,
			inside: top >= 0 && top+lastRow < l.height && left >= 0 && left+lastLeft < l.width,
		})
		c.next()
	}
	for i := range k {
		_, row, left := p.stretch(p.kept.depth(i))
		l.depths = append(l.depths, depthPlace{int32(row), int32(left), row*width + left})
	}
}

// holds tells whether the element of a pixel at a depth is none of the border.
func (l *locator) holds(p *pixelPlace, d *depthPlace) bool {
	return p.inside || uint32(p.top+d.row) < uint32(l.height) && uint32(p.left+d.left) < uint32(l.width)
}
