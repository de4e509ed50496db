package agenttest_test

import (
	"encoding/csv"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/space"
)

// testdata/vectors.csv holds 40 points a function with the outputs of an independent implementation in Python.
func TestFunctionsEqualTheReferenceVectors(t *testing.T) {
	file, err := os.Open("testdata/vectors.csv")
	require.NoError(t, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	require.NoError(t, err)
	require.Len(t, rows, 441)
	functions := map[string]agenttest.Function{}
	for _, f := range agenttest.Functions() {
		functions[f.Name] = f
	}
	for _, row := range rows[1:] {
		f := functions[row[0]]
		var p space.Point
		for _, level := range numbers(t, row[2]) {
			p = append(p, int(level))
		}
		require.NoError(t, f.Space.Check(p))
		objectives, constraints := f.Eval(p)
		requireClose(t, row[0]+" "+row[2], numbers(t, row[3]), objectives)
		requireClose(t, row[0]+" "+row[2], numbers(t, row[4]), constraints)
		require.Len(t, objectives, f.Objectives)
		require.Len(t, constraints, f.Constraints)
	}
}

func numbers(t *testing.T, text string) []float64 {
	var out []float64
	for word := range strings.FieldsSeq(text) {
		v, err := strconv.ParseFloat(word, 64)
		require.NoError(t, err)
		out = append(out, v)
	}
	return out
}

func requireClose(t *testing.T, what string, want, got []float64) {
	t.Helper()
	require.Len(t, got, len(want), what)
	for i := range want {
		require.InDelta(t, want[i], got[i], 1e-9*max(1, abs(want[i])), what)
	}
}

func abs(v float64) float64 { return max(v, -v) }

func TestBestIsTheValueAtTheKnownOptimum(t *testing.T) {
	for _, c := range []struct {
		f  agenttest.Function
		at space.Point
	}{
		{agenttest.Branin(), space.Point{96, 16}},
		{agenttest.Hartmann6(), space.Point{4, 3, 9, 6, 6, 13}},
		{agenttest.Rosenbrock10(), space.Point{30, 30, 30, 30, 30, 30, 30, 30, 30, 30}},
		{agenttest.TileAccel(), space.Point{3, 4, 5, 4, 4, 6, 0, 2}},
	} {
		objectives, constraints := c.f.Eval(c.at)
		require.InDelta(t, c.f.Best, objectives[0], 1e-12, c.f.Name)
		for _, g := range constraints {
			require.LessOrEqual(t, g, 0.0, c.f.Name)
		}
	}
}
