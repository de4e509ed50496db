package stats

import (
	"fmt"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/internal/learn/forest"
)

// importanceTrees is how many trees the forest behind Importances has.
const importanceTrees = 64

// Factor is what may matter: a hyper-parameter or an axis with so many levels.
type Factor struct {
	Name    string
	Levels  int
	Nominal bool // the order of the levels means nothing
}

// Importance is the part of a value's variance that one factor explains alone, or a pair of factors beyond what they explain alone.
type Importance struct {
	Name  string  `json:"name"`
	Other string  `json:"other,omitempty"` // of a pair
	Frac  float64 `json:"frac"`
}

// Importances tells how much of the variance of the values the factors explain, each level of each factor alike, by a functional analysis of variance of a
// random forest that was trained on the rows [HUT14]: every factor in its order, then every pair. rows hold a level of each factor for each value.
// Less than two different values explain nothing, and the result is nil.
func Importances(factors []Factor, rows [][]int, values []float64, random *rand.Rand) ([]Importance, error) {
	if len(factors) == 0 || !differ(values) {
		return nil, nil
	}
	features := make([]forest.Feature, len(factors))
	for i, f := range factors {
		features[i] = forest.Feature{Levels: f.Levels, Nominal: f.Nominal}
	}
	grown, err := forest.Train(features, rows, values, forest.Options{Trees: importanceTrees}, random)
	if err != nil {
		return nil, fmt.Errorf("stats: importance: %w", err)
	}
	parts := grown.Decompose()
	var list []Importance
	for i, f := range factors {
		list = append(list, Importance{Name: f.Name, Frac: parts.Main[i]})
	}
	for i := range factors {
		for j := range i {
			list = append(list, Importance{Name: factors[j].Name, Other: factors[i].Name, Frac: parts.Pairs[i][j]})
		}
	}
	return list, nil
}

// differ tells whether not all values are equal.
func differ(values []float64) bool {
	for _, v := range values {
		if v != values[0] {
			return true
		}
	}
	return false
}
