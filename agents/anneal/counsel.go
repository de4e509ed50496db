package anneal

import (
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// How advice is chosen.
const (
	firstShare = 0.75 // probability of the first thing in question, then of the second, …
	patience   = 5    // failures in a row after which a thing is put aside
)

// counsel chooses among a model's advice and remembers what did not help.
type counsel struct {
	advise   func(space.Point) []simulators.Advice // nil = the model gives none
	failures map[string]int                        // in a row, by what the advice was about
	point    space.Point                           // whose advice is kept: chains often begin at one design
	kept     []simulators.Advice
}

func newCounsel(advise func(space.Point) []simulators.Advice) counsel {
	return counsel{advise: advise, failures: map[string]int{}}
}

// of is the model's advice on a design; nil asks for designs to begin at.
func (c *counsel) of(p space.Point) []simulators.Advice {
	if c.advise == nil {
		return nil
	}
	if p == nil || !slices.Equal(p, c.point) {
		c.point, c.kept = p, c.advise(p)
	}
	return c.kept
}

// choose draws advice on a design; false when none is left that was not proposed before or is about a thing that was put aside.
func (c *counsel) choose(p space.Point, seen *sampling.Seen, rng *rand.Rand) (simulators.Advice, bool) {
	var things []string
	var about [][]simulators.Advice // parallel to things
	for _, advice := range c.of(p) {
		if c.failures[advice.About] >= patience || seen.Has(advice.Point) {
			continue
		}
		at := slices.Index(things, advice.About)
		if at < 0 {
			at, things, about = len(things), append(things, advice.About), append(about, nil)
		}
		about[at] = append(about[at], advice)
	}
	if len(things) == 0 {
		return simulators.Advice{}, false
	}
	thing := 0
	for thing+1 < len(things) && rng.Float64() >= firstShare {
		thing++
	}
	return about[thing][rng.IntN(len(about[thing]))], true
}

// learn takes note of whether advice about a thing improved its design; "" is a random move.
func (c *counsel) learn(about string, improved bool) {
	switch {
	case about == "":
	case improved:
		delete(c.failures, about)
	default:
		c.failures[about]++
	}
}

// forget takes up again what was put aside.
func (c *counsel) forget() { clear(c.failures) }
