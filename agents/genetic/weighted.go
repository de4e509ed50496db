package genetic

import (
	oldrand "math/rand" // weightedrand takes the old generator: the one place in the project
	"math/rand/v2"

	"github.com/mroth/weightedrand/v2"
)

// positions draws positions 0 … n-1 with linearly falling weights n … 1: rank selection.
type positions struct {
	chooser *weightedrand.Chooser[int, int]
	source  *oldrand.Rand
}

func newPositions(n int, rng *rand.Rand) (positions, error) {
	choices := make([]weightedrand.Choice[int, int], n)
	for i := range choices {
		choices[i] = weightedrand.NewChoice(i, n-i)
	}
	chooser, err := weightedrand.NewChooser(choices...)
	return positions{chooser, oldrand.New(source{rng})}, err
}

func (p positions) draw() int {
	//lint:ignore SA1019 the only other method draws from the global generator, which no seed fixes
	return p.chooser.PickSource(p.source)
}

// source shows a generator of math/rand/v2 to math/rand.
type source struct{ rng *rand.Rand }

var _ oldrand.Source64 = source{}

func (s source) Uint64() uint64 { return s.rng.Uint64() }
func (s source) Int63() int64   { return int64(s.rng.Uint64() >> 1) }

// Seed panics: the generator that was handed in is the only seed.
func (s source) Seed(int64) { panic("genetic: a source of a handed-in generator cannot be seeded") }
