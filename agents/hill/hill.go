package hill

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Reach    int // longest ordinal move in levels: 1, 2, 4, … up to it; zero means the whole axis, 1 only space.Neighbors
	Patience int // moves without an improvement after which the climb restarts; zero means when every move has been tried
}

// Agent climbs from random starts. Memory: the moves of one design and 8 bytes a design ever seen.
type Agent struct {
	space   space.Space
	options Options
	rng     *rand.Rand
	seen    *sampling.Seen
	climb   int          // number of the current climb
	pending []int        // climbs of the asked points that are not told yet, in the order of asking
	top     agents.Trial // the incumbent of the current climb
	climbs  bool         // top is set
	moves   []vary.Move  // from top, in random order, not yet proposed
	misses  int          // moves told in a row that did not improve top
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	if o.Reach < 0 {
		return nil, fmt.Errorf("hill: reach %d must be at least 0", o.Reach)
	}
	if o.Patience < 0 {
		return nil, fmt.Errorf("hill: patience %d must be at least 0", o.Patience)
	}
	if o.Reach == 0 {
		o.Reach = math.MaxInt
	}
	return &Agent{space: p.Space, options: o, rng: rng, seen: sampling.NewSeen(p.Space)}, nil
}

// Ask proposes n points: moves from the incumbent, or starts.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		points[i] = a.next()
		a.seen.Add(points[i])
		a.pending = append(a.pending, a.climb)
	}
	return points, nil
}

func (a *Agent) next() space.Point {
	for a.climbs {
		if len(a.moves) == 0 || a.options.Patience > 0 && a.misses >= a.options.Patience {
			a.climb++
			a.climbs = false
			break
		}
		last := len(a.moves) - 1
		p := a.moves[last].Apply(a.space, a.top.Point, a.rng)
		a.moves = a.moves[:last]
		if !a.seen.Has(p) {
			return p
		}
	}
	return a.seen.Fresh(func() space.Point { return a.space.Sample(a.rng) }, a.rng)
}

// Tell moves the incumbent to each told design of the current climb that is at least as good.
func (a *Agent) Tell(trials []agents.Trial) error {
	for _, t := range trials {
		if t.Given {
			a.seen.Add(t.Point)
		} else {
			climb := a.pending[0]
			a.pending = a.pending[1:]
			if climb != a.climb {
				continue
			}
		}
		a.consider(t)
	}
	return nil
}

func (a *Agent) consider(t agents.Trial) {
	c := -1
	if a.climbs {
		c = rank.Compare(t, a.top)
	}
	if c < 0 {
		a.misses = 0
	} else {
		a.misses++
	}
	if c > 0 || c == 0 && len(t.Objectives) > 1 {
		return
	}
	a.top, a.climbs = t, true
	a.moves = vary.AppendMoves(a.moves[:0], a.space, t.Point, a.options.Reach)
	a.rng.Shuffle(len(a.moves), func(i, j int) { a.moves[i], a.moves[j] = a.moves[j], a.moves[i] })
}
