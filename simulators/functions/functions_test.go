package functions_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/functions"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func open(t testing.TB, name string) simulators.Simulator {
	t.Helper()
	for _, f := range functions.Factories() {
		if f.Name == name {
			in, _, err := f.Open(nil)
			require.NoError(t, err)
			return in.Simulator
		}
	}
	require.Fail(t, "no function "+name)
	return nil
}

func TestContract(t *testing.T) {
	for _, f := range functions.Factories() {
		t.Run(f.Name, func(t *testing.T) {
			simtest.Test(t, simulators.Instance{Simulator: open(t, f.Name)}, simtest.Points(16), simtest.Whole(0))
		})
	}
}

func TestNamesAndMetrics(t *testing.T) {
	want := map[string][]string{
		"functions/branin_grid": {"value"}, "functions/hartmann6_grid": {"value"}, "functions/rosenbrock10_grid": {"value"},
		"functions/ackley20_mixed": {"value"}, "functions/nk20_cat": {"value"}, "functions/trap30": {"value"},
		"functions/mkp30": {"value", "c1", "c2", "c3"}, "functions/tile_accel": {"value", "c1", "c2"},
		"functions/zdt1_grid10": {"f1", "f2"}, "functions/zdt2_grid10": {"f1", "f2"}, "functions/dtlz2_grid12": {"f1", "f2", "f3"},
	}
	got := map[string][]string{}
	for _, f := range functions.Factories() {
		got[f.Name] = open(t, f.Name).Spec().Keys()
	}
	require.Equal(t, want, got)
}

func TestFunctionsEqualTheReferenceVectors(t *testing.T) {
	list, err := functions.Check().Run(context.Background(), "")
	require.NoError(t, err)
	require.Len(t, list, 11)
	for _, a := range list {
		require.Equal(t, [2]int{40, 40}, [2]int{a.Rows, a.Equal}, "%s: %s", a.Reference, a.FirstDifference)
		require.LessOrEqual(t, a.LargestRelativeError, 1e-9, a.Reference)
		require.Empty(t, a.Failure())
	}
}

// Bounds of 0 score the constraints as they are: the empty knapsack holds all three, the full one breaks all of them.
func TestConstraintsHoldAtZero(t *testing.T) {
	sim := open(t, "functions/mkp30")
	o, err := objective.New(objective.Config{Minimise: []string{"value"}, AtMost: map[string]float64{"c1": 0, "c2": 0, "c3": 0}}, sim.Spec().Metrics)
	require.NoError(t, err)
	empty, full := make(space.Point, 30), make(space.Point, 30)
	for i := range full {
		full[i] = 1
	}
	results, err := sim.Evaluate(context.Background(), []space.Point{empty, full})
	require.NoError(t, err)
	none, err := o.Score(results[0])
	require.NoError(t, err)
	require.Equal(t, objective.Score{Objectives: []float64{0}, Violations: []float64{-258, -258, -271, 0}}, none)
	all, err := o.Score(results[1])
	require.NoError(t, err)
	require.Equal(t, objective.Score{Objectives: []float64{1129}, Violations: []float64{518, 517, 544, 0}}, all)
}

// The best design of Branin's grid.
func Example() {
	sim := functions.Factories()[0]
	in, _, err := sim.Open(nil)
	if err != nil {
		panic(err)
	}
	results, err := in.Simulator.Evaluate(context.Background(), []space.Point{{96, 16}})
	if err != nil {
		panic(err)
	}
	fmt.Printf("%s %.6f\n", sim.Name, results[0].Values[0])
	// Output: functions/branin_grid 0.403770
}

func BenchmarkEvaluate(b *testing.B) {
	for _, name := range []string{"functions/branin_grid", "functions/nk20_cat", "functions/tile_accel"} {
		sim := open(b, name)
		points := []space.Point{make(space.Point, sim.Spec().Space.Len())}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := sim.Evaluate(b.Context(), points); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
