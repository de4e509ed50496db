package functions_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
)

func TestFunctionsEqualTheReferenceVectors(t *testing.T) {
	vectors, err := functions.Vectors()
	require.NoError(t, err)
	require.Len(t, vectors, 440)
	for i, f := range functions.All() {
		for _, v := range vectors[i*40 : (i+1)*40] {
			require.Equal(t, v.Function, f.Name)
			require.NoError(t, f.Space.Check(v.Point))
			objectives, constraints := f.Eval(v.Point)
			what := fmt.Sprint(f.Name, v.Point)
			requireClose(t, what, v.Objectives, objectives)
			requireClose(t, what, v.Constraints, constraints)
			require.Len(t, objectives, f.Objectives)
			require.Len(t, constraints, f.Constraints)
		}
	}
}

func requireClose(t *testing.T, what string, want, got []float64) {
	t.Helper()
	require.Len(t, got, len(want), what)
	for i := range want {
		require.InDelta(t, want[i], got[i], 1e-9*max(1, want[i], -want[i]), what)
	}
}

// The sizes of the spaces as products of levels, and the reference points of the hypervolume.
func TestSpacesAndReferencePoints(t *testing.T) {
	sizes := []string{ // levels to the power of axes
		"10201", "85766121", "13422659310152401", "318644812890625000000", "1099511627776", "1073741824", "1073741824", "540225",
		"119042423827613001", "119042423827613001", "309629344375621415601",
	}
	for i, f := range functions.All() {
		require.Equal(t, sizes[i], f.Space.Size().String(), f.Name)
		require.Equal(t, f.Objectives > 1, len(f.Reference) == f.Objectives, f.Name)
		require.NotEmpty(t, f.Doc, f.Name)
	}
}

func TestBestIsTheValueAtTheKnownOptimum(t *testing.T) {
	for _, c := range []struct {
		f  functions.Function
		at space.Point
	}{
		{functions.Branin(), space.Point{96, 16}},
		{functions.Hartmann6(), space.Point{4, 3, 9, 6, 6, 13}},
		{functions.Rosenbrock10(), space.Point{30, 30, 30, 30, 30, 30, 30, 30, 30, 30}},
		{functions.TileAccel(), space.Point{3, 4, 5, 4, 4, 6, 0, 2}},
	} {
		objectives, constraints := c.f.Eval(c.at)
		require.InDelta(t, c.f.Best, objectives[0], 1e-12, c.f.Name)
		for _, g := range constraints {
			require.LessOrEqual(t, g, 0.0, c.f.Name)
		}
	}
}

// No outcome of Branin's whole grid is below Best, and Best occurs.
func TestBestOfBraninByEnumeration(t *testing.T) {
	f := functions.Branin()
	least := 1e9
	for p := range f.Space.Points() {
		objectives, _ := f.Eval(p)
		least = min(least, objectives[0])
	}
	require.InDelta(t, 0.40377012092497644, least, 1e-12)
}

func Example() {
	f := functions.Trap30()
	objectives, constraints := f.Eval(make(space.Point, 30))
	fmt.Println(f.Name, objectives, constraints)
	// Output: trap30 [23] []
}
