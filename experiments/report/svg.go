package report

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

// Sizes of a figure and of a legend key, in points of the SVG's own coordinates; the page scales figures to their column.
const (
	figureWidth, figureHeight vg.Length = 560, 340
	keyWidth, keyHeight       vg.Length = 40, 12
)

// inlineSVG draws to an SVG element for the page. The title and description are what a screen reader says; id makes theirs unique.
func inlineSVG(id, title, description string, width, height vg.Length, render func(draw.Canvas)) (template.HTML, error) {
	canvas := vgsvg.NewWith(vgsvg.UseWH(width, height))
	render(draw.New(canvas))
	var document bytes.Buffer
	if _, err := canvas.WriteTo(&document); err != nil {
		return "", fmt.Errorf("report: figure %s: %w", id, err)
	}
	_, element, _ := strings.Cut(document.String(), "<svg") // without the XML prologue
	_, body, _ := strings.Cut(element, ">")                 // and with a start tag of our own
	body = strings.ReplaceAll(body, "font-family:Liberation Sans;font-variant:normal;font-weight:normal;font-style:normal;", "")
	head := fmt.Sprintf(`<svg viewBox="0 0 %g %g" role="img" aria-labelledby="%s-title %s-desc"><title id="%s-title">%s</title><desc id="%s-desc">%s</desc>`,
		width.Points(), height.Points(), id, id, id, template.HTMLEscapeString(title), id, template.HTMLEscapeString(description))
	return template.HTML(head + styled(body)), nil
}

// legendKey is an agent's line and glyph, for the tables. It says nothing to a screen reader: the label stands beside it.
func legendKey(colour int) (template.HTML, error) {
	svg, err := inlineSVG("key", "", "", keyWidth, keyHeight, func(c draw.Canvas) {
		middle := c.Center()
		c.StrokeLine2(agentLine(colour), c.Min.X, middle.Y, c.Max.X, middle.Y)
		c.DrawGlyph(agentGlyph(colour), middle)
	})
	_, body, _ := strings.Cut(string(svg), "</desc>")
	return template.HTML(fmt.Sprintf(`<svg class="key" viewBox="0 0 %g %g" aria-hidden="true">`, keyWidth.Points(), keyHeight.Points()) + body), err
}

// newPlot is an empty plot in the page's style; its ranges are set, not gathered from what is added.
func newPlot(x, y axis) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = nil
	sans := font.Font{Typeface: "Liberation", Variant: "Sans"}
	ink := placeholder(inkPart, 0)
	for _, set := range []struct {
		target *plot.Axis
		source axis
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
	}
	return p
}

// gridLines is the style of the grid.
func gridLines() draw.LineStyle { return draw.LineStyle{Color: placeholder(gridPart, 0), Width: 0.6} }
