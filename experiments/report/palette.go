package report

import (
	"fmt"
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// colours is the number of agents that a figure tells apart: the palette of Okabe and Ito without yellow, which is lost on white.
const colours = 7

// uncoloured marks an agent beyond the colours.
const uncoloured = -1

// part is what a stroke or a fill belongs to. Figures are drawn in the placeholder colour #00<part><index>, which styled replaces by CSS
// variables of the page: gonum/plot knows no style sheets.
type part uint8

const (
	inkPart   part = iota + 1 // axes and text
	gridPart                  // grid lines
	mutedPart                 // agents beyond the colours
	linePart                  // index = colour of the agent
	bandPart
)

func placeholder(p part, index int) color.Color {
	return color.NRGBA{G: uint8(p), B: uint8(index), A: 0xff}
}

// styled replaces the placeholders of an SVG document.
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
	for i := range colours {
		variable := fmt.Sprintf("--agent%d", i)
		swap(linePart, i, variable, "")
		swap(bandPart, i, variable, ";fill-opacity:var(--band)")
	}
	return strings.NewReplacer(swaps...).Replace(svg)
}

// agentLine is the line of the agent with this colour: colour and dashes, so that a print in grey can be read too.
func agentLine(colour int) draw.LineStyle {
	if colour == uncoloured {
		return draw.LineStyle{Color: placeholder(mutedPart, 0), Width: 0.8}
	}
	dashes := [colours][]vg.Length{nil, {7, 3}, {2, 2}, {9, 3, 2, 3}, {4, 3}, {14, 3}, {9, 2, 2, 2, 2, 2}}
	return draw.LineStyle{Color: placeholder(linePart, colour), Width: 1.8, Dashes: dashes[colour]}
}

// agentGlyph is the mark of the agent with this colour.
func agentGlyph(colour int) draw.GlyphStyle {
	if colour == uncoloured {
		return draw.GlyphStyle{Color: placeholder(mutedPart, 0), Radius: 1.5, Shape: draw.CircleGlyph{}}
	}
	shapes := [colours]draw.GlyphDrawer{
		draw.CircleGlyph{},
		spikes{Count: 4, TurnFrac: 0.125}, // square
		spikes{Count: 3, TurnFrac: 0.25},  // triangle
		spikes{Count: 4},                  // diamond
		spikes{Count: 3, TurnFrac: 0.75},  // triangle on its tip
		spikes{Count: 5, TurnFrac: 0.25, WaistFrac: 0.4},
		spikes{Count: 4, TurnFrac: 0.125, WaistFrac: 0.3}, // cross
	}
	return draw.GlyphStyle{Color: placeholder(linePart, colour), Radius: 3.6, Shape: shapes[colour]}
}

// paint gives every agent its colour, in the file's order: all of them, or the best by median when there are more agents than colours.
func paint(minimise bool, summaries []summary) []int {
	order := rank(minimise, summaries)
	painted := make([]int, len(summaries))
	for place, agent := range order {
		painted[agent] = 0
		if place >= colours {
			painted[agent] = uncoloured
		}
	}
	next := 0
	for agent, colour := range painted {
		if colour != uncoloured {
			painted[agent] = next
			next++
		}
	}
	return painted
}
