package chart

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// legendRow is the height of a row of the legend in a file.
const legendRow vg.Length = 16

// SVG writes the figure as a file of its own, with its legend, in the light scheme: few programs beside browsers know CSS variables.
func (f Figure) SVG(w io.Writer) error {
	legend := f.legend()
	height := f.height() + legendRow*vg.Length(len(legend))
	element, err := inlineSVG(f.ID, f.Title, f.Caption, figureWidth, height, func(c draw.Canvas) {
		f.draw(draw.Crop(c, 0, 0, legendRow*vg.Length(len(legend)), 0))
		drawLegend(c, legend)
	})
	if err != nil {
		return err
	}
	start := fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>`+"\n"+
		`<svg xmlns="http://www.w3.org/2000/svg" width="%g" height="%g" font-family="Liberation Sans, Arial, Helvetica, sans-serif" viewBox=`,
		figureWidth.Points(), height.Points())
	text := strings.Replace(string(element), "<svg viewBox=", start, 1)
	_, err = io.WriteString(w, light().Replace(text)+"\n")
	return err
}

// legend lists the series of the legend in rows of two.
func (f Figure) legend() [][]Series {
	var rows [][]Series
	seen := map[string]bool{}
	for _, s := range f.Series {
		known := seen[s.Name]
		seen[s.Name] = true
		switch {
		case s.Name == "" || known || s.Colour == Uncoloured || f.Y.Labels != nil:
		case len(rows) > 0 && len(rows[len(rows)-1]) == 1:
			rows[len(rows)-1] = append(rows[len(rows)-1], s)
		default:
			rows = append(rows, []Series{s})
		}
	}
	return rows
}

// drawLegend draws the rows at the bottom of the canvas.
func drawLegend(c draw.Canvas, rows [][]Series) {
	style := newPlot(Axis{}, Axis{}).X.Tick.Label
	style.Font = font.From(style.Font, 11)
	style.XAlign, style.YAlign = draw.XLeft, draw.YCenter
	for i, row := range rows {
		for j, s := range row {
			left := c.Min.X + 8 + vg.Length(j)*(c.Max.X-c.Min.X)/2
			middle := c.Min.Y + legendRow*(vg.Length(len(rows)-1-i)+0.5)
			c.StrokeLine2(lineStyle(s.Colour), left, middle, left+keyWidth, middle)
			c.DrawGlyph(glyphStyle(s.Colour), vg.Point{X: left + keyWidth/2, Y: middle})
			c.FillText(style, vg.Point{X: left + keyWidth + 6, Y: middle}, Shorten(s.Name, 36))
		}
	}
}

// CSV writes the figure's data: a row a value of a series, or a bar, an interval, a design.
func (f Figure) CSV(w io.Writer) error {
	out := csv.NewWriter(w)
	rows := [][]string{{"series", "mark", "category", f.X.column("x"), f.Y.column("y"), "low", "high", "text"}}
	for _, s := range f.Series {
		for i := range max(len(s.X), len(s.Y)) {
			rows = append(rows, []string{
				s.Name, s.Mark.String(), f.category(s, i), cell(s.X, i), cell(s.Y, i), cell(s.Low, i), cell(s.High, i), text(s.Labels, i),
			})
		}
	}
	return out.WriteAll(rows)
}

// column is the head of an axis' column.
func (a Axis) column(otherwise string) string {
	if a.Name == "" || a.Labels != nil {
		return otherwise
	}
	return a.Name
}

// category is the label at which a mark stands, on the axis that has labels.
func (f Figure) category(s Series, i int) string {
	for _, on := range []struct {
		a  Axis
		at []float64
	}{{f.X, s.X}, {f.Y, s.Y}} {
		if at := min(i, len(on.at)-1); on.a.Labels != nil && at >= 0 { // a violin has one height for all its values
			if n := int(math.Round(on.at[at])); n >= 0 && n < len(on.a.Labels) {
				return on.a.Labels[n]
			}
		}
	}
	return ""
}

// cell is a value to full precision; empty where there is none.
func cell(values []float64, i int) string {
	if i >= len(values) || math.IsNaN(values[i]) {
		return ""
	}
	return strconv.FormatFloat(values[i], 'g', -1, 64)
}

func text(labels []string, i int) string {
	if i >= len(labels) {
		return ""
	}
	return labels[i]
}
