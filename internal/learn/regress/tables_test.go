package regress_test

import (
	"encoding/json"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/learn/measure"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// gridded is rows of five axes of levels, the last nominal: f(a, b, e) + g(b, c), both without a formula; d does not matter.
func gridded(rows int, rng *rand.Rand) regress.Data {
	d := regress.Data{Axes: []int{1, 1, 1, 1, 3}}
	for range rows {
		a, b, c, e := rng.IntN(6), rng.IntN(5), rng.IntN(7), rng.IntN(3)
		hot := []float64{0, 0, 0}
		hot[e] = 1
		d.X = append(append(d.X, float64(a)/5, float64(b)/4, float64(c)/6, rng.Float64()), hot...)
		d.X[len(d.X)-4] = float64(rng.IntN(9))
		d.Y = append(d.Y, 10+5*math.Sin(float64(100*a+10*b+e))+math.Cos(float64(37*b*b+c*c)))
	}
	return d
}

// TestTablesFindTheAxesThatInteract recovers both parts, and nothing of the axis that does not matter.
func TestTablesFindTheAxesThatInteract(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	train, test := gridded(3000, rng), gridded(500, rng)
	fit := func() *regress.Tables {
		m, err := regress.Fit(regress.Summed, train, regress.Options{}, rand.New(rand.NewPCG(3, 4)))
		require.NoError(t, err)
		return m.(*regress.Tables)
	}
	m := fit()
	f := make([]float64, 500)
	m.Predict(test.X, f)
	require.Less(t, measure.Of(test.Y, f).RelativeToMean, 2e-3)
	var axes [][]int
	for _, table := range m.Tables {
		axes = append(axes, table.Axes)
	}
	slices.SortFunc(axes, slices.Compare)
	require.Equal(t, [][]int{{0, 1, 4}, {1, 2}}, axes)
	require.Equal(t, m, fit(), "the same arguments, the same model")
}

func TestTablesInAFile(t *testing.T) {
	d := gridded(400, rand.New(rand.NewPCG(1, 2)))
	m, err := regress.Fit(regress.Summed, d, regress.Options{}, rand.New(rand.NewPCG(3, 4)))
	require.NoError(t, err)
	text, err := json.Marshal(regress.Encode(m))
	require.NoError(t, err)
	var e regress.Encoded
	require.NoError(t, json.Unmarshal(text, &e))
	again, err := e.Model(7)
	require.NoError(t, err)
	f, g := make([]float64, 400), make([]float64, 400)
	m.Predict(d.X, f)
	again.Predict(d.X, g)
	require.Equal(t, f, g)
	_, err = e.Model(8)
	require.ErrorContains(t, err, "a model of 7 features for rows of 8")
	e.Tables.Tables[0].Values = e.Tables.Tables[0].Values[1:]
	_, err = e.Model(7)
	require.ErrorContains(t, err, "table 0 has")
	e.Tables.Levels[0] = nil
	_, err = e.Model(7)
	require.ErrorContains(t, err, "axis 0 has no levels")
}

// TestTablesLeaveOutLevelsThatTheyDoNotKnow: of an axis at a new level nothing is added.
func TestTablesLeaveOutLevelsThatTheyDoNotKnow(t *testing.T) {
	m := &regress.Tables{Base: 1, Levels: [][][]float64{{{0}, {1}}, {{0}, {0.5}}}, Tables: []regress.Table{{Axes: []int{0}, Values: []float64{10, 20}}, {Axes: []int{0, 1}, Values: []float64{1, 2, 3, 4}}}}
	f := make([]float64, 3)
	m.Predict([]float64{1, 0.5, 0, 0, 1, 0.25}, f)
	require.Equal(t, []float64{25, 12, 21}, f)

	on := m.On([][][]float64{{{1}, {0}}, {{0.5}, {0.7}, {0}}}) // other numbers of the levels, one of them new
	require.Equal(t, []float64{20, 10}, on[0].Values)
	require.Equal(t, []float64{4, 0, 3, 2, 0, 1}, on[1].Values)
}
