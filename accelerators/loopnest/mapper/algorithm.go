package mapper

import "fmt"

// Algorithm is a way to search. The zero value is Hybrid.
type Algorithm uint8

// The algorithms.
const (
	Hybrid     Algorithm = iota // random trips and bypasses, then every order that can matter
	Exhaustive                  // all trips and bypasses with every order that can matter
	Random                      // random trips, bypasses and orders: the baseline
	Annealing                   // simulated annealing
	Genetic                     // a genetic algorithm with the operators of GAMMA

	algorithms = Genetic + 1
)

// algorithmNames are the names of the algorithms, in the order of the constants.
const algorithmNames = "hybrid, exhaustive, random, annealing, genetic"

// String returns the lower-case name of the algorithm.
func (a Algorithm) String() string {
	switch a {
	case Hybrid:
		return "hybrid"
	case Exhaustive:
		return "exhaustive"
	case Random:
		return "random"
	case Annealing:
		return "annealing"
	case Genetic:
		return "genetic"
	}
	return fmt.Sprintf("Algorithm(%d)", uint8(a))
}

// MarshalText writes the name of the algorithm; an unknown one is an error.
func (a Algorithm) MarshalText() ([]byte, error) {
	if a >= algorithms {
		return nil, fmt.Errorf("mapper: unknown algorithm %s: known are %s", a, algorithmNames)
	}
	return []byte(a.String()), nil
}

// UnmarshalText reads a name that MarshalText wrote.
func (a *Algorithm) UnmarshalText(text []byte) error {
	for known := range algorithms {
		if known.String() == string(text) {
			*a = known
			return nil
		}
	}
	return fmt.Errorf("mapper: unknown algorithm %q: known are %s", text, algorithmNames)
}
