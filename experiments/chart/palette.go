package chart

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// part is what a stroke or a fill belongs to. Figures are drawn in the key colour #00<part><index>, which styled replaces by CSS
// variables of the page: gonum/plot knows no style sheets.
type part uint8

const (
	inkPart   part = iota + 1 // axes and text
	gridPart                  // grid lines
	mutedPart                 // series beyond the colours
	linePart                  // index = colour of the series
	bandPart
	shadePart // fills of no series
)

// fillOf is the colour of an area of the series with this colour.
func fillOf(colour int) color.Color {
	if colour < 0 {
		return keyColour(shadePart, 0)
	}
	return keyColour(bandPart, colour)
}

func keyColour(p part, index int) color.Color {
	return color.NRGBA{G: uint8(p), B: uint8(index), A: 0xff}
}

// styled replaces the key colours of an SVG document.
func styled(svg string) string {
	var swaps []string
	swap := func(p part, index int, variable, extra string) {
		from := fmt.Sprintf("#%02X%02X%02X", 0, uint8(p), index)
		swaps = append(swaps,
			"fill:"+from, "fill:var("+variable+")"+extra,
			"stroke:"+from, "stroke:var("+variable+")")
	}
	swap(inkPart, 0, "--ink", "")
	swap(gridPart, 0, "--grid", "")
	swap(mutedPart, 0, "--muted", "")
	swap(shadePart, 0, "--ink", ";fill-opacity:var(--band)")
	for i := range Colours {
		variable := fmt.Sprintf("--agent%d", i)
		swap(linePart, i, variable, "")
		swap(bandPart, i, variable, ";fill-opacity:var(--band)")
	}
	return strings.NewReplacer(swaps...).Replace(svg)
}

// lineStyle is the line of the series with this colour: colour and dashes, so that a print in grey can be read too.
func lineStyle(colour int) draw.LineStyle {
	switch colour {
	case Uncoloured:
		return draw.LineStyle{Color: keyColour(mutedPart, 0), Width: 0.8}
	case Ink:
		return draw.LineStyle{Color: keyColour(inkPart, 0), Width: 0.8}
	}
	dashes := [Colours][]vg.Length{nil, {7, 3}, {2, 2}, {9, 3, 2, 3}, {4, 3}, {14, 3}, {9, 2, 2, 2, 2, 2}}
	return draw.LineStyle{Color: keyColour(linePart, colour), Width: 1.8, Dashes: dashes[colour]}
}

// glyphStyle is the mark of the series with this colour.
func glyphStyle(colour int) draw.GlyphStyle {
	switch colour {
	case Uncoloured:
		return draw.GlyphStyle{Color: keyColour(mutedPart, 0), Radius: 1.5, Shape: draw.CircleGlyph{}}
	case Ink:
		return draw.GlyphStyle{Color: keyColour(inkPart, 0), Radius: 2, Shape: draw.CircleGlyph{}}
	}
	shapes := [Colours]draw.GlyphDrawer{
		draw.CircleGlyph{},
		spikes{Count: 4, TurnFrac: 0.125}, // square
		spikes{Count: 3, TurnFrac: 0.25},  // triangle
		spikes{Count: 4},                  // diamond
		spikes{Count: 3, TurnFrac: 0.75},  // triangle on its tip
		spikes{Count: 5, TurnFrac: 0.25, WaistFrac: 0.4},
		spikes{Count: 4, TurnFrac: 0.125, WaistFrac: 0.3}, // cross
	}
	return draw.GlyphStyle{Color: keyColour(linePart, colour), Radius: 3.6, Shape: shapes[colour]}
}
