package draw_test

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/internal/draw"
)

// elements counts the elements of a document by name and gathers its texts; it fails on what is not XML.
func elements(t require.TestingT, svg []byte) (count map[string]int, texts []string) {
	count = map[string]int{}
	for d := xml.NewDecoder(strings.NewReader(string(svg))); ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return count, texts
		}
		require.NoError(t, err, "%s", svg)
		switch v := token.(type) {
		case xml.StartElement:
			count[v.Name.Local]++
		case xml.CharData:
			if s := strings.TrimSpace(string(v)); s != "" {
				texts = append(texts, s)
			}
		}
	}
}

func TestGanttPlacesBarsByTime(t *testing.T) {
	svg := draw.Gantt{
		Title: "frames", Unit: "ms", Lanes: []string{"npu", "gpu"}, Kinds: []string{"run", "wait"},
		Bars:  []draw.Bar{{Lane: 0, Start: 0, End: 50, Tip: "first"}, {Lane: 1, Start: 50, End: 100, Kind: 1, Pale: true}},
		Marks: []draw.Mark{{Lane: -1, At: 75, Tip: "deadline"}},
	}.SVG()
	count, texts := elements(t, svg)
	require.Equal(t, 4, count["rect"], "two of the legend, two bars")
	require.Subset(t, texts, []string{"frames", "ms", "npu", "gpu", "run", "wait", "first", "deadline", "0", "20", "100"})
	require.Contains(t, string(svg), `<rect x="40" y="49" width="500" height="12" fill="#0072b2"><title>first`, "half of the 1,000 wide axis")
	require.Contains(t, string(svg), `<rect x="540" y="65" width="500" height="16" fill="#e69f00" fill-opacity="0.22">`)
	require.Contains(t, string(svg), `<path d="M790 46v36"`)
}

func TestGanttSaysWhatItDoesNotDraw(t *testing.T) {
	g := draw.Gantt{Title: "many", Lanes: make([]string, draw.MaxLanes+2)}
	for range draw.MaxBars + 7 {
		g.Bars = append(g.Bars, draw.Bar{Lane: 1, End: 1})
	}
	g.Bars = append(g.Bars, draw.Bar{Lane: draw.MaxLanes, End: 1}, draw.Bar{Lane: 0, Start: math.NaN()}, draw.Bar{Lane: 0, Start: 2, End: 1}, draw.Bar{Lane: -1})
	count, texts := elements(t, g.SVG())
	require.Contains(t, texts, "many (not drawn: 2 lanes, 8 bars)")
	require.Equal(t, draw.MaxBars, count["rect"])
}

func TestGanttOfNothing(t *testing.T) {
	_, texts := elements(t, draw.Gantt{Title: "idle"}.SVG())
	require.Contains(t, texts, "idle")
}

func TestDiagramJoinsBoxes(t *testing.T) {
	svg := draw.Diagram{
		Title: "soc", Kinds: []string{"processor", "memory"},
		Boxes: []draw.Box{{Title: "A53", Lines: []string{"1 GHz"}}, {Title: "DRAM", Kind: 1, Column: 1}},
		Links: []draw.Link{{From: 0, To: 1, Label: "8 B"}, {From: 0, To: 5}},
	}.SVG()
	count, texts := elements(t, svg)
	require.Subset(t, texts, []string{"A53", "1 GHz", "DRAM", "8 B"})
	require.Equal(t, 1, strings.Count(string(svg), `class="wire"`), "the link to a box that is not there is left out")
	require.Equal(t, 2+2*2, count["rect"])
}

func TestNestIndentsLoops(t *testing.T) {
	svg := string(draw.Nest{
		Title: "layer", Columns: []string{"weights"},
		Levels: []draw.NestLevel{
			{Name: "DRAM", Loops: []draw.NestLoop{{Text: "for m in 0..4"}, {Text: "for p in 0..7"}}, Cells: []string{"864 words", "dropped"}},
			{Name: "buffer"},
			{Name: "PE", Loops: []draw.NestLoop{{Text: "for q in 0..2", Spatial: true}}},
		},
	}.SVG())
	_, texts := elements(t, []byte(svg))
	require.Subset(t, texts, []string{"layer", "weights", "DRAM", "for m in 0..4", "864 words", "buffer", "PE", "for q in 0..2"})
	require.NotContains(t, svg, "dropped")
	require.Contains(t, svg, `<rect x="138" y="64" width="4" height="11" fill="#0072b2"/>`)
	require.Contains(t, svg, `<rect x="150" y="79" width="4" height="11" fill="#0072b2"/>`, "one step further right, one line down")
	require.Contains(t, svg, `fill="#e69f00"/><text x="171"`, "the spatial loop in the other colour, two steps in")
}

func TestAnyTextsMakeXML(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String()
		at := rapid.Float64Range(-1e12, 1e12)
		g := draw.Gantt{Title: text.Draw(t, "title"), Unit: text.Draw(t, "unit"), Lanes: []string{text.Draw(t, "lane")}, Kinds: []string{text.Draw(t, "kind")},
			Bars: []draw.Bar{{Start: at.Draw(t, "start"), End: at.Draw(t, "end"), Label: text.Draw(t, "label"), Tip: text.Draw(t, "tip"), Kind: rapid.IntRange(-20, 20).Draw(t, "colour")}}}
		elements(t, g.SVG())
		require.Equal(t, g.SVG(), g.SVG())
		d := draw.Diagram{Title: g.Title, Kinds: g.Kinds, Boxes: []draw.Box{{Title: g.Unit, Lines: g.Lanes, Tip: g.Title}}, Links: []draw.Link{{Label: g.Unit, Tip: g.Title}}}
		elements(t, d.SVG())
		n := draw.Nest{Title: g.Title, Columns: g.Lanes, Levels: []draw.NestLevel{{Name: g.Unit, Loops: []draw.NestLoop{{Text: g.Title}}, Cells: g.Kinds}}}
		elements(t, n.SVG())
	})
}
