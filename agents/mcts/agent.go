package mcts

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

// Agent is Monte Carlo tree search. Memory: a node and 8 bytes a design ever seen.
type Agent struct {
	tree    tree
	options Options
	rng     *rand.Rand
	seen    *sampling.Seen
	guard   agents.Guard
	peers   peers
	flight  [][]*node // paths of the designs in flight, the oldest first
}

var _ agents.Agent = (*Agent)(nil)

// New makes the agent.
func New(p agents.Problem, o Options, rng *rand.Rand) (*Agent, error) {
	o, err := o.withDefaults(p.Objectives)
	if err != nil {
		return nil, fmt.Errorf("mcts: %w", err)
	}
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, fmt.Errorf("mcts: %w", err)
	}
	return &Agent{tree: newTree(p.Space), options: o, rng: rng, seen: sampling.NewSeen(p.Space), guard: guard,
		peers: peers{several: p.Objectives > 1}}, nil
}

// Ask proposes n designs, each from a descent of its own.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := make([]space.Point, n)
	for i := range points {
		p := a.seen.Fresh(vary.Walk(a.tree.space, a.descend, a.rng), a.rng)
		a.seen.Add(p)
		path := a.tree.path(p)
		for _, n := range path {
			n.visits++
		}
		a.flight = append(a.flight, path)
		points[i] = p
	}
	a.guard.Ask(points...)
	return points, nil
}

// Tell hands the reward of each trial to the nodes that hold it.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return fmt.Errorf("mcts: %w", err)
	}
	for _, t := range trials {
		var path []*node
		if t.Given {
			a.seen.Add(t.Point)
			path = a.tree.path(t.Point)
			for _, n := range path {
				n.visits++
			}
		} else {
			path, a.flight = a.flight[0], a.flight[1:]
		}
		reward := a.peers.reward(t)
		for _, n := range path {
			n.reward += reward
			if n.best.Point == nil || rank.Compare(t, n.best) < 0 {
				n.best = t
			}
		}
	}
	return nil
}

// descend is a design of the node where the descent by confidence bounds leaves the tree.
func (a *Agent) descend() space.Point {
	q := make(space.Point, a.tree.space.Len())
	n := a.tree.root
	best := n.best
	for !a.tree.leaf(n) && !n.closed {
		k := a.choose(n)
		low, high := a.tree.part(n, k)
		if n.children == nil || n.children[k] == nil {
			return a.complete(q, n.axis, low, high, a.peers.model(best, a.rng))
		}
		if high-low == 1 {
			q[n.axis] = low
		}
		if n = n.children[k]; n.best.Point != nil {
			best = n.best
		}
	}
	return a.tree.space.Canonical(q)
}

// choose is an unvisited child, drawn uniformly, or the open one of the greatest confidence bound.
func (a *Agent) choose(n *node) int {
	parts := a.tree.parts(n)
	if n.opened < parts {
		left := a.rng.IntN(parts - n.opened)
		for k := range parts {
			if n.children == nil || n.children[k] == nil {
				if left == 0 {
					return k
				}
				left--
			}
		}
	}
	best, bound := 0, math.Inf(-1)
	for k, c := range n.children {
		if c.closed {
			continue
		}
		visits := float64(c.visits)
		if b := c.reward/visits + a.options.Exploration*math.Sqrt(math.Log(float64(n.visits))/visits); b > bound {
			best, bound = k, b
		}
	}
	return best
}

// complete is a design with the earlier axes of q and a level of the axis in [low, high): with probability Guided the others are those of the model, one or
// more of them changed, else they are drawn uniformly. Nil is no model.
func (a *Agent) complete(q space.Point, axis, low, high int, model space.Point) space.Point {
	s := a.tree.space
	guided := model != nil && a.rng.Float64() < a.options.Guided
	rate := a.options.Change / float64(max(s.Len()-axis, 1))
	for i := axis; i < s.Len(); i++ {
		from, to := 0, s.Levels(i)
		if i == axis {
			from, to = low, high
		}
		switch keeps := guided && model[i] >= from && model[i] < to && s.Active(model, i); {
		case !keeps:
			q[i] = from + a.rng.IntN(to-from)
		case to-from > 1 && a.rng.Float64() < rate:
			q[i] = min(max(vary.Level(s.Param(i), model[i], a.rng), from), to-1)
		default:
			q[i] = model[i]
		}
	}
	return s.Canonical(q)
}
