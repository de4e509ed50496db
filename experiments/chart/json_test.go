package chart

import (
	"math"
	"os"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestJSONIsWhatTheFigureHolds(t *testing.T) {
	f := Figure{ID: "f", Title: "a < b", X: Axis{Name: "x", Low: 0.1, High: 2}, Y: Categories("", []string{"ga"})}
	f.Across = []Axis{{Name: "rows", Low: 1, High: 8, Log: true}}
	f.Series = []Series{
		{Name: "ga", Mark: Interval, Colour: 2, X: []float64{1.23456789}, Y: []float64{0}, Low: []float64{math.Inf(-1)}, High: []float64{math.NaN()}},
		{Mark: BorderDown, Colour: Ink, X: []float64{1e22, 1}, Y: []float64{0, -2}, Facts: [][]Fact{{{"rows", "8 PE"}, {"cols", "8 PE"}}, nil}},
		{Name: "ga", Mark: Violin, X: []float64{1, 1, 1}, Y: []float64{0}, Extra: true},
	}
	got, err := JSON([]Figure{f})
	require.NoError(t, err)
	require.Equal(t, `{"strings":["rows","8 PE","cols"],"figures":[{"id":"f","title":"a \u003c b",`+
		`"x":{"name":"x","low":0.1,"high":2},"y":{"name":"","low":-0.6,"high":0.6,"labels":["ga"]},"across":[{"name":"rows","low":1,"high":8,"log":true}],"series":[`+
		`{"name":"ga","mark":"interval","colour":2,"x":[1.234568],"y":[0],"low":[null],"high":[null]},`+
		`{"name":"","mark":"border-down","colour":-2,"x":[1e+22,1],"y":[0,-2],"facts":[[0,1,2,1],[]]},`+
		`{"name":"ga","mark":"violin","colour":0,"x":[1,1,1],"y":[0],"shape":{"at":[0.9962,1.0038],"height":[1,1],"quartiles":[1,1,1]}}]}]}`, string(got))
}

// TestScriptsKnowTheSameFields compares the names that are written with those that the page's script declares.
func TestScriptsKnowTheSameFields(t *testing.T) {
	source, err := os.ReadFile("../../web/src/report/data.ts")
	require.NoError(t, err)
	for _, s := range []any{document{}, figure{}, axis{}, series{}, shape{}} {
		for _, field := range reflect.VisibleFields(reflect.TypeOf(s)) {
			name, _, _ := strings.Cut(field.Tag.Get("json"), ",")
			require.Regexp(t, `\b`+name+`\??: `, string(source))
		}
	}
	for mark := Band; mark <= Text; mark++ {
		require.Contains(t, string(source), `"`+mark.code()+`"`)
	}
}

func TestStillFiguresLeaveOutWhatTheyHaveNoRoomFor(t *testing.T) {
	f := everything()
	without, err := f.Inline()
	require.NoError(t, err)
	f.Series = append(f.Series, Series{Name: "more", Mark: Path, X: []float64{1, 2}, Y: []float64{1, 2}, Extra: true})
	with, err := f.Inline()
	require.NoError(t, err)
	require.Equal(t, without, with)
}
