package hill

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// Options are the hyper-parameters. The zero value is the default.
type Options struct {
	Reach int // longest ordinal move in levels: 1, 2, 4, … up to it; zero means the whole axis, 1 means the moves of space.Neighbors
}

// Agent climbs from random starts. Memory: the moves of one design, of several objectives those of at most 100, and 8 bytes a design ever seen.
type Agent struct {
	space   space.Space
	reach   int
	rng     *rand.Rand
	seen    *sampling.Seen
	guard   agents.Guard
	climb   int          // number of the current climb
	pending []int        // climbs of the asked points that are not told yet, in the order of asking: the current one or the next
	flying  int          // how many of them belong to the current climb
	started bool         // top is set
	top     agents.Trial // the incumbent of the current climb
	ahead   agents.Trial // the best told start of the next climb; its Point is nil when there is none
	moves   []vary.Move  // from top, not yet proposed, the next one last
	tries   []int        // moves proposed, by axis

	// Of several objectives the fronts stand for top with its moves and for ahead.
	several bool
	begin   int       // starts of a climb
	starts  int       // of the current climb that are still to be proposed
	front   front     // the incumbents
	fresh   front     // the best told starts of the next climb
	weights []float64 // scratch
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	if o.Reach < 0 {
		return nil, fmt.Errorf("hill: reach %d must be at least 0", o.Reach)
	}
	if o.Reach == 0 {
		o.Reach = math.MaxInt
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("hill: %w", err)
	}
	a := &Agent{space: p.Space, reach: o.Reach, rng: rng, seen: sampling.NewSeen(p.Space), guard: guard, tries: make([]int, p.Space.Len())}
	if p.Objectives > 1 {
		a.several, a.begin = true, startsOf(p)
		a.starts = a.begin
		a.weights = make([]float64, p.Objectives)
	}
	return a, nil
}

// Ask proposes n points: moves from the incumbent, or starts.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		point, climb := a.next()
		if climb == a.climb {
			a.flying++
		}
		a.pending = append(a.pending, climb)
		a.seen.Add(point)
		points[i] = point
	}
	a.guard.Ask(points...)
	return points, nil
}

// next is the next unseen move from the incumbent; without one a start, of the next climb as long as trials of this one are in flight.
func (a *Agent) next() (p space.Point, climb int) {
	if p, ok := a.ofClimb(); ok {
		return p, a.climb
	}
	if a.started && a.starts == 0 && a.flying == 0 {
		a.restart()
		if p, ok := a.ofClimb(); ok {
			return p, a.climb
		}
	}
	climb = a.climb
	if a.starts > 0 {
		a.starts--
	} else if a.started {
		climb++
	}
	return a.draw(), climb
}

// draw is a start: a uniformly drawn design, an unseen one as long as there are some.
func (a *Agent) draw() space.Point {
	return a.seen.Fresh(func() space.Point { return a.space.Sample(a.rng) }, a.rng)
}

// ofClimb is the next unseen move of the current climb; false when none is left, or when the climb has starts left to propose.
func (a *Agent) ofClimb() (space.Point, bool) {
	switch {
	case a.starts > 0:
		return nil, false
	case a.several:
		return a.moveOfFront()
	}
	return a.move(&a.moves, a.top.Point)
}

// move takes the next move from a design off the list, until one is unseen; false when none is.
func (a *Agent) move(moves *[]vary.Move, from space.Point) (space.Point, bool) {
	for len(*moves) > 0 {
		last := len(*moves) - 1
		move := (*moves)[last]
		*moves = (*moves)[:last]
		a.tries[move.Axis]++
		if p := move.Apply(a.space, from, a.rng); !a.seen.Has(p) {
			return p, true
		}
	}
	return nil, false
}

// restart begins the next climb, at the best start that was told ahead of it, if any; those in flight belong to it now.
func (a *Agent) restart() {
	a.climb++
	a.flying, a.started = len(a.pending), false
	if a.several {
		a.front, a.fresh = a.fresh, nil
		a.started = len(a.front) > 0
		a.starts = max(a.begin-len(a.front), 0)
		return
	}
	if a.ahead.Point != nil {
		a.consider(a.ahead)
		a.ahead = agents.Trial{}
	}
}

// Tell moves the incumbent to each told design that improves on it, and keeps the best of the other starts for the next climb.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("hill: %w", err)
	}
	for _, t := range trials {
		a.seen.Add(t.Point)
		if t.Given {
			a.consider(t)
			a.starts = max(a.starts-1, 0)
			continue
		}
		own := a.pending[0] == a.climb
		a.pending = a.pending[1:]
		if own {
			a.flying--
		}
		switch {
		case a.several && own:
			a.consider(t)
		case a.several:
			a.fresh.Admit(t)
		case own || rank.Compare(t, a.top) < 0:
			a.consider(t)
		case a.ahead.Point == nil || rank.Compare(t, a.ahead) < 0:
			a.ahead = t
		}
	}
	return nil
}

// consider makes a trial the incumbent when it is better or equal, which crosses plateaus; of several objectives it joins the front.
func (a *Agent) consider(t agents.Trial) {
	if a.several {
		a.front.Admit(t)
		a.started = true
		return
	}
	if a.started && rank.Compare(t, a.top) > 0 {
		return
	}
	a.top, a.started = t, true
	a.moves = a.appendMoves(a.moves[:0], t.Point)
}

// appendMoves appends the moves from a design, in random order but those of the axes that were tried least last.
func (a *Agent) appendMoves(moves []vary.Move, p space.Point) []vary.Move {
	moves = vary.AppendMoves(moves, a.space, p, a.reach)
	a.rng.Shuffle(len(moves), func(i, j int) { moves[i], moves[j] = moves[j], moves[i] })
	slices.SortStableFunc(moves, func(m, n vary.Move) int { return cmp.Compare(a.tries[n.Axis], a.tries[m.Axis]) })
	return moves
}
