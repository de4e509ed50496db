package forest_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/forest"
)

// table draws rows of 10 ordinal features of 33 levels and 10 nominal ones of 4, with a target that depends on some of them.
func table(rows int) (features []forest.Feature, x [][]int, y []float64) {
	rng := seed.New(1, "forest")
	for range 10 {
		features = append(features, forest.Feature{Levels: 33}, forest.Feature{Levels: 4, Nominal: true})
	}
	for range rows {
		row := make([]int, len(features))
		for i, f := range features {
			row[i] = rng.IntN(f.Levels)
		}
		target := float64(row[0]+row[2]) / 16
		if row[1] == 2 {
			target += 3
		}
		x, y = append(x, row), append(y, target+rng.NormFloat64()/10)
	}
	return features, x, y
}

func BenchmarkTrain1000RowsOf20Features(b *testing.B) {
	features, x, y := table(1000)
	rng := seed.New(2)
	b.ReportAllocs()
	for b.Loop() {
		_, err := forest.Train(features, x, y, forest.Options{}, rng)
		require.NoError(b, err)
	}
}

func BenchmarkPredict(b *testing.B) {
	features, x, y := table(1000)
	f, err := forest.Train(features, x, y, forest.Options{}, seed.New(2))
	require.NoError(b, err)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		f.Predict(x[i%len(x)])
	}
}
