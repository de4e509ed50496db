package chart

import (
	"bytes"
	"encoding/xml"
	"io"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// everything is a figure with every kind of mark but those of categories.
func everything() Figure {
	f := Figure{ID: "all", Title: "A <title>", Caption: "a & b", X: Axis{Name: "trials"}, Y: Axis{Name: "latency_ns (ns)"}}
	for _, v := range []float64{1, 4} {
		f.X.Include(v)
		f.Y.Include(v)
	}
	f.X.Settle()
	f.Y.Settle()
	x, y := []float64{1, 2, 4}, []float64{math.Inf(1), 3, 2}
	for mark := Band; mark <= Text; mark++ {
		f.Series = append(f.Series, Series{
			Name: mark.String(), Mark: mark, Colour: int(mark) % Colours, X: x, Y: y, Low: []float64{2, 1, 1}, High: y, Labels: []string{"p", "q", "r"},
		})
	}
	f.Series = append(f.Series, Series{Name: "another", Mark: Points, Colour: Uncoloured, X: x, Y: x})
	return f
}

func TestInlineFiguresAreStyledByThePage(t *testing.T) {
	svg, err := everything().Inline()
	require.NoError(t, err)
	requireXML(t, string(svg))
	require.Contains(t, string(svg), "<title id=\"all-title\">A &lt;title&gt;</title>")
	require.Contains(t, string(svg), "var(--agent3)")
	require.Contains(t, string(svg), "fill-opacity:var(--band)")
	require.NotRegexp(t, `#000[1-9A-F]`, string(svg), "key colours are replaced")
	for _, v := range variables() {
		require.Contains(t, StyleSheet(), v.name+": "+v.light+";")
	}
}

func TestFilesNeedNoStyleSheet(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, everything().SVG(&out))
	requireXML(t, out.String())
	require.NotContains(t, out.String(), "var(")
	require.Contains(t, out.String(), "#cc79a7")
	require.Equal(t, 1, strings.Count(out.String(), ">band<"), "the legend names each series once")
	require.NotContains(t, out.String(), ">another<", "one of many is not in the legend")
}

func TestCSVHasEveryValue(t *testing.T) {
	f := Figure{X: Axis{Name: "latency_ns (ns)"}, Y: Categories("", []string{"ga", "bo"})}
	f.Series = []Series{
		{Name: "bo", Mark: Interval, X: []float64{2.5}, Y: []float64{1}, Low: []float64{2}, High: []float64{math.Inf(1)}},
		{Name: "ga", Mark: Violin, X: []float64{4, 5}, Y: []float64{0}},
	}
	var out bytes.Buffer
	require.NoError(t, f.CSV(&out))
	require.Equal(t, `series,mark,category,latency_ns (ns),y,low,high,text
bo,interval,bo,2.5,1,2,+Inf,
ga,violin,ga,4,0,,,
ga,violin,ga,5,,,,
`, out.String())
}

func TestDensityHasItsPeakWhereTheValuesAre(t *testing.T) {
	a := Axis{Low: 0, High: 10}
	places, heights := density([]float64{1, 2, 2, 2, 3, 9}, a)
	require.InDelta(t, 1.0, places[0], 1e-12)
	require.InDelta(t, 9.0, places[len(places)-1], 1e-12, "nothing is shown beyond the values")
	peak := 0
	for i, h := range heights {
		require.True(t, h >= 0 && h <= 1)
		if h > heights[peak] {
			peak = i
		}
	}
	require.InDelta(t, 2.0, places[peak], 0.3)
	require.InDelta(t, 1.0, heights[peak], 1e-12)

	_, flat := density([]float64{4, 4, 4}, a)
	require.Equal(t, []float64{1, 1}, flat)
	logs, _ := density([]float64{10, 1000}, Axis{Low: 1, High: 1e4, Log: true})
	require.InDelta(t, 1000, logs[len(logs)-1], 1e-6)
}

func TestShorten(t *testing.T) {
	require.Equal(t, "as it is", Shorten("as it is", 8))
	require.Equal(t, "as it …", Shorten("as it is", 7))
}

// Whatever values come, a figure is well formed and holds numbers only.
func TestFiguresOfAnyValues(t *testing.T) {
	value := rapid.OneOf(rapid.Float64(), rapid.Float64Range(-2, 2), rapid.SampledFrom([]float64{0, math.Inf(1), math.NaN(), 5e-324, math.MaxFloat64}))
	rapid.Check(t, func(t *rapid.T) {
		finite := rapid.Float64Range(-1e300, 1e300)
		f := Figure{ID: "any", X: Axis{Name: "x"}, Y: Axis{Name: "y"}}
		n := rapid.IntRange(1, 5).Draw(t, "n")
		x := rapid.SliceOfN(finite, n, n).Draw(t, "x")
		y := rapid.SliceOfN(value, n, n).Draw(t, "y")
		for i := range n {
			f.X.Include(x[i])
			f.Y.Include(y[i])
		}
		if !f.Y.Known() {
			return
		}
		f.X.Settle()
		f.Y.Settle()
		for _, mark := range []Mark{Band, Interval, Violin, Path} {
			f.Series = append(f.Series, Series{Mark: mark, X: x, Y: y, Low: y, High: y})
		}
		f.Series[2].Y = []float64{f.Y.Low}
		svg, err := f.Inline()
		require.NoError(t, err)
		require.NotRegexp(t, `NaN|[+-]Inf`, string(svg))
	})
}

func requireXML(t *testing.T, text string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(text))
	for {
		_, err := decoder.Token()
		if err == io.EOF {
			return
		}
		require.NoError(t, err)
	}
}
