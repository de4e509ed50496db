package chart

import (
	"math"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// plot is the figure, ready to be drawn.
func (f Figure) plot() *plot.Plot {
	p := newPlot(f.X, f.Y)
	grid := &plotter.Grid{}
	if f.X.Labels == nil && !f.upright() {
		grid.Vertical = gridLines()
	}
	if f.Y.Labels == nil && !f.Y.Bare {
		grid.Horizontal = gridLines()
	}
	if f.Y.Bare {
		grid.Vertical = gridLines()
	}
	p.Add(grid)
	for _, last := range []bool{false, true} {
		for _, s := range f.Series {
			if last == (s.Colour != Uncoloured) && !s.Extra {
				p.Add(marks{s, f.X, f.Y})
			}
		}
	}
	return p
}

// upright tells whether the figure is of values over trials, whose vertical grid would only distract.
func (f Figure) upright() bool {
	for _, s := range f.Series {
		if s.Mark == Band || s.Mark == Stair {
			return true
		}
	}
	return false
}

// marks draws a series.
type marks struct {
	Series
	x, y Axis
}

var _ plot.Plotter = marks{}

// Plot draws the marks of the series.
func (m marks) Plot(c draw.Canvas, p *plot.Plot) {
	switch m.Mark {
	case Band:
		m.band(c, p)
	case Stair:
		m.line(m.stairs(0, len(m.X), m.Y), c, p)
	case Points:
		scatter := plotter.Scatter{XYs: m.points(), GlyphStyle: glyphStyle(m.Colour)}
		scatter.Plot(c, p)
	case BorderUp, BorderDown:
		steps := map[Mark]plotter.StepKind{BorderUp: plotter.PostStep, BorderDown: plotter.PreStep}
		border := plotter.Line{XYs: m.points(), StepStyle: steps[m.Mark], LineStyle: lineStyle(m.Colour)}
		border.Plot(c, p)
	case Rule:
		for _, y := range m.Y {
			rule := plotter.Line{XYs: plotter.XYs{{X: p.X.Min, Y: m.y.at(y)}, {X: p.X.Max, Y: m.y.at(y)}}, LineStyle: ruleStyle()}
			rule.Plot(c, p)
		}
	case Interval:
		m.intervals(c, p)
	case Violin:
		m.violin(c, p)
	case Bar:
		m.bars(c, p)
	case Path:
		m.paths(c, p)
	case Text:
		m.texts(c, p)
	}
}

func ruleStyle() draw.LineStyle {
	return draw.LineStyle{Color: keyColour(inkPart, 0), Width: 1, Dashes: []vg.Length{7, 3}}
}

func (m marks) line(xys plotter.XYs, c draw.Canvas, p *plot.Plot) {
	line := plotter.Line{XYs: xys, LineStyle: lineStyle(m.Colour)}
	line.Plot(c, p)
}

func (m marks) fill(outline plotter.XYs, c draw.Canvas, p *plot.Plot) {
	area := plotter.Polygon{XYs: []plotter.XYs{outline}, Color: fillOf(m.Colour)}
	area.Plot(c, p)
}

func (m marks) at(x, y float64) plotter.XY {
	return plotter.XY{X: m.x.at(m.x.clamp(x)), Y: m.y.at(m.y.clamp(y))}
}

func (m marks) points() plotter.XYs {
	xys := make(plotter.XYs, len(m.X))
	for i, x := range m.X {
		xys[i] = m.at(x, m.Y[i])
	}
	return xys
}

// band draws the band, unless the series has no colour, as far as one quartile is known, and the line over it as far as the median is.
func (m marks) band(c draw.Canvas, p *plot.Plot) {
	if m.Colour != Uncoloured {
		for _, s := range m.stretches(func(i int) bool { return Finite(m.Low[i]) || Finite(m.High[i]) }) {
			outline, high := m.stairs(s[0], s[1], m.Low), m.stairs(s[0], s[1], m.High)
			for i := len(high) - 1; i >= 0; i-- {
				outline = append(outline, high[i])
			}
			m.fill(outline, c, p)
		}
	}
	for _, s := range m.stretches(func(i int) bool { return Finite(m.Y[i]) }) {
		m.line(m.stairs(s[0], s[1], m.Y), c, p)
	}
}

// stretches cuts the indices into the runs of neighbours that are known, [first, beyond).
func (m marks) stretches(known func(int) bool) [][2]int {
	var found [][2]int
	start := -1
	for i := range m.X {
		switch {
		case known(i) && start < 0:
			start = i
		case !known(i) && start >= 0:
			found, start = append(found, [2]int{start, i}), -1
		}
	}
	if start >= 0 {
		found = append(found, [2]int{start, len(m.X)})
	}
	return found
}

// stairs is the outline of values that hold until they change, cut off at the ends of the axis; corners only where they change.
func (m marks) stairs(first, beyond int, values []float64) plotter.XYs {
	var corners plotter.XYs
	previous := math.NaN()
	for i := first; i < beyond; i++ {
		corner := m.at(m.X[i], values[i])
		if corner.Y != previous || i == beyond-1 {
			if i > first {
				corners = append(corners, plotter.XY{X: corner.X, Y: previous})
			}
			corners = append(corners, corner)
			previous = corner.Y
		}
	}
	return corners
}

// intervals draws each interval as a line with its estimate.
func (m marks) intervals(c draw.Canvas, p *plot.Plot) {
	solid := lineStyle(m.Colour)
	solid.Dashes = nil
	for i, x := range m.X {
		if Finite(m.Low[i]) && Finite(m.High[i]) {
			line := plotter.Line{XYs: plotter.XYs{m.at(m.Low[i], m.Y[i]), m.at(m.High[i], m.Y[i])}, LineStyle: solid}
			line.Plot(c, p)
		}
		if Finite(x) {
			dot := plotter.Scatter{XYs: plotter.XYs{m.at(x, m.Y[i])}, GlyphStyle: glyphStyle(m.Colour)}
			dot.Plot(c, p)
		}
	}
}

// Half heights in a category, which is 1 high.
const (
	violinHalf = 0.4
	barHalf    = 0.3
	boxHalf    = 0.06
)

// violin draws the density, the box of the quartiles, the median, and few values as dots.
func (m marks) violin(c draw.Canvas, p *plot.Plot) {
	if len(m.X) == 0 {
		return
	}
	middle := m.Y[0]
	at, height := density(m.X, m.x)
	outline := make(plotter.XYs, 0, 2*len(at))
	for i := range at {
		outline = append(outline, plotter.XY{X: m.x.at(at[i]), Y: middle + violinHalf*height[i]})
	}
	for i := len(at) - 1; i >= 0; i-- {
		outline = append(outline, plotter.XY{X: m.x.at(at[i]), Y: middle - violinHalf*height[i]})
	}
	m.fill(outline, c, p)
	low, high := stats.Quantile(m.X, 0.25), stats.Quantile(m.X, 0.75)
	box := plotter.XYs{m.at(low, middle-boxHalf), m.at(high, middle-boxHalf), m.at(high, middle+boxHalf), m.at(low, middle+boxHalf)}
	m.fill(box, c, p)
	const fewDots = 200
	if len(m.X) <= fewDots {
		dots := plotter.Scatter{GlyphStyle: draw.GlyphStyle{Color: glyphStyle(m.Colour).Color, Radius: 1.2, Shape: draw.CircleGlyph{}}}
		for _, x := range m.X {
			dots.XYs = append(dots.XYs, m.at(x, middle))
		}
		dots.Plot(c, p)
	}
	median := plotter.Scatter{XYs: plotter.XYs{m.at(stats.Median(m.X), middle)}, GlyphStyle: glyphStyle(m.Colour)}
	median.Plot(c, p)
}

func (m marks) bars(c draw.Canvas, p *plot.Plot) {
	for i, x := range m.X {
		m.fill(plotter.XYs{m.at(0, m.Y[i]-barHalf), m.at(x, m.Y[i]-barHalf), m.at(x, m.Y[i]+barHalf), m.at(0, m.Y[i]+barHalf)}, c, p)
		edge := lineStyle(m.Colour)
		edge.Dashes = nil
		line := plotter.Line{XYs: plotter.XYs{m.at(x, m.Y[i]-barHalf), m.at(x, m.Y[i]+barHalf)}, LineStyle: edge}
		line.Plot(c, p)
	}
}

// paths draws one line, broken where a value is not known.
func (m marks) paths(c draw.Canvas, p *plot.Plot) {
	for _, s := range m.stretches(func(i int) bool { return Finite(m.Y[i]) }) {
		var xys plotter.XYs
		for i := s[0]; i < s[1]; i++ {
			xys = append(xys, m.at(m.X[i], m.Y[i]))
		}
		m.line(xys, c, p)
		dots := plotter.Scatter{XYs: xys, GlyphStyle: draw.GlyphStyle{Color: glyphStyle(m.Colour).Color, Radius: 1.8, Shape: draw.CircleGlyph{}}}
		dots.Plot(c, p)
	}
}

func (m marks) texts(c draw.Canvas, p *plot.Plot) {
	toX, toY := p.Transforms(&c)
	style := p.X.Tick.Label
	style.Font.Size, style.Rotation = 9, 0
	style.XAlign, style.YAlign = draw.XCenter, draw.YCenter
	for i, label := range m.Labels {
		at := m.at(m.X[i], m.Y[i])
		c.FillText(style, vg.Point{X: toX(at.X), Y: toY(at.Y)}, label)
	}
}
