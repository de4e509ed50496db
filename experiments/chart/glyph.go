package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// spikes is a filled glyph: a star with so many spikes, or without a waist a regular polygon with so many corners. gonum's own
// outlined glyphs are drawn too thin to tell apart.
type spikes struct {
	Count     int
	TurnFrac  float64 // of the full circle, counter-clockwise from the right
	WaistFrac float64 // radius between the spikes, of the glyph's; 0 = none
}

var _ draw.GlyphDrawer = spikes{}

// DrawGlyph fills the outline.
func (s spikes) DrawGlyph(c *draw.Canvas, style draw.GlyphStyle, at vg.Point) {
	var outline vg.Path
	corner := func(turnFrac, radiusFrac float64) {
		sin, cos := math.Sincos(2 * math.Pi * turnFrac)
		radius := style.Radius * vg.Length(radiusFrac)
		point := at.Add(vg.Point{X: radius * vg.Length(cos), Y: radius * vg.Length(sin)})
		if outline == nil {
			outline.Move(point)
		} else {
			outline.Line(point)
		}
	}
	for i := range s.Count {
		turn := s.TurnFrac + float64(i)/float64(s.Count)
		corner(turn, 1)
		if s.WaistFrac > 0 {
			corner(turn+0.5/float64(s.Count), s.WaistFrac)
		}
	}
	outline.Close()
	c.SetColor(style.Color)
	c.Fill(outline)
}
