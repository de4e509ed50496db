package chart

import (
	"bytes"
	"fmt"
	"html/template"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// Sizes of a figure and of a legend key, in points of the SVG's own coordinates; a page scales figures to their column.
const (
	figureWidth, figureHeight vg.Length = 560, 340
	keyWidth, keyHeight       vg.Length = 40, 12
	labelTurn                           = 0.35 // of a horizontal axis of categories, in radians
	categoryHeight            vg.Length = 24   // of a vertical axis
	frameHeight               vg.Length = 70   // above and below the categories
)

// height is that of the figure: a vertical axis of categories makes room for all of them.
func (f Figure) height() vg.Length {
	if f.Y.Labels == nil {
		return figureHeight
	}
	return frameHeight + categoryHeight*vg.Length(len(f.Y.Labels))
}

// Inline is the figure as an element for a page that has StyleSheet.
func (f Figure) Inline() (template.HTML, error) {
	return inlineSVG(f.ID, f.Title, f.Caption, figureWidth, f.height(), f.draw)
}

// draw leaves room for labels that stand out at the sides and at the top.
func (f Figure) draw(c draw.Canvas) {
	left := vg.Length(0)
	if f.X.Labels != nil {
		left = 40 // of the first turned label
	}
	f.plot().Draw(draw.Crop(c, left, -10, 0, -6))
}

// inlineSVG draws to an SVG element for the page. The title and description are what a screen reader says; id makes theirs unique.
func inlineSVG(id, title, description string, width, height vg.Length, render func(draw.Canvas)) (template.HTML, error) {
	canvas := vgsvg.NewWith(vgsvg.UseWH(width, height))
	render(draw.New(canvas))
	var document bytes.Buffer
	if _, err := canvas.WriteTo(&document); err != nil {
		return "", fmt.Errorf("chart: figure %s: %w", id, err)
	}
	_, element, _ := strings.Cut(document.String(), "<svg") // without the XML prologue
	_, body, _ := strings.Cut(element, ">")                 // and with a start tag of our own
	body = strings.ReplaceAll(body, "font-family:Liberation Sans;font-variant:normal;font-weight:normal;font-style:normal;", "")
	head := fmt.Sprintf(`<svg viewBox="0 0 %g %g" role="img" aria-labelledby="%s-title %s-desc"><title id="%s-title">%s</title><desc id="%s-desc">%s</desc>`,
		width.Points(), height.Points(), id, id, id, template.HTMLEscapeString(title), id, template.HTMLEscapeString(description))
	return template.HTML(head + styled(body)), nil
}

// Key is the line and glyph of a colour, for tables. It says nothing to a screen reader: the name stands beside it.
func Key(colour int) (template.HTML, error) {
	svg, err := inlineSVG("key", "", "", keyWidth, keyHeight, func(c draw.Canvas) {
		middle := c.Center()
		c.StrokeLine2(lineStyle(colour), c.Min.X, middle.Y, c.Max.X, middle.Y)
		c.DrawGlyph(glyphStyle(colour), middle)
	})
	_, body, _ := strings.Cut(string(svg), "</desc>")
	return template.HTML(fmt.Sprintf(`<svg class="key" viewBox="0 0 %g %g" aria-hidden="true">`, keyWidth.Points(), keyHeight.Points()) + body), err
}

// newPlot is an empty plot in the page's style; its ranges are set, not gathered from what is added.
func newPlot(x, y Axis) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	sans := font.Font{Typeface: "Liberation", Variant: "Sans"}
	ink := keyColour(inkPart, 0)
	for _, set := range []struct {
		target *plot.Axis
		source Axis
	}{{&p.X, x}, {&p.Y, y}} {
		target := set.target
		target.Label.Text = set.source.label()
		target.Label.TextStyle.Font, target.Label.TextStyle.Color = font.From(sans, 12), ink
		target.Label.Padding = 4
		target.Tick.Label.Font, target.Tick.Label.Color = font.From(sans, 11), ink
		target.Tick.LineStyle.Color, target.Tick.Length = ink, 5
		target.LineStyle.Color = ink
		target.Padding = 0
		set.source.apply(target)
		if set.source.Labels != nil && target == &p.X {
			target.Tick.Label.Rotation = labelTurn
			target.Tick.Label.XAlign, target.Tick.Label.YAlign = draw.XRight, draw.YCenter
		}
		if set.source.Bare {
			target.LineStyle.Width, target.Tick.Marker = 0, plot.ConstantTicks(nil)
		}
	}
	return p
}

// gridLines is the style of the grid.
func gridLines() draw.LineStyle { return draw.LineStyle{Color: keyColour(gridPart, 0), Width: 0.6} }
