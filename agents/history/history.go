package history

import (
	"math/big"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/sampling"
	"github.com/codesign-gym/codesign/env/space"
)

// History is the told trials and the pending points of one agent.
type History struct {
	guard  agents.Guard
	seen   *sampling.Seen
	unseen *big.Int // designs of the space that were not seen
	trials []agents.Trial
}

// New remembers nothing yet.
func New(p agents.Problem) (*History, error) {
	guard, err := agents.NewGuard(p)
	return &History{guard: guard, seen: sampling.NewSeen(p.Space), unseen: p.Space.Size()}, err
}

// Trials lists the told trials in ID order. They must not be changed.
func (h *History) Trials() []agents.Trial { return h.trials }

// Pending lists the asked points that are not told yet, in the order of asking. They must not be changed.
func (h *History) Pending() []space.Point { return h.guard.Pending() }

// Len is the number of told and pending designs.
func (h *History) Len() int { return len(h.trials) + len(h.guard.Pending()) }

// Has tells whether a canonical point was told or is pending.
func (h *History) Has(p space.Point) bool { return h.seen.Has(p) }

// Exhausted tells whether every design of the space was told or is pending.
func (h *History) Exhausted() bool { return h.unseen.Sign() <= 0 }

// add remembers a point as seen.
func (h *History) add(p space.Point) {
	if h.seen.Add(p) {
		h.unseen.Sub(h.unseen, big.NewInt(1))
	}
}

// Fresh proposes until a point comes that was neither told nor is pending, by the bounded effort of sampling.Seen.Fresh.
func (h *History) Fresh(propose func() space.Point, rng *rand.Rand) space.Point {
	return h.seen.Fresh(propose, rng)
}

// Ask makes a copy of a point pending and returns the point, for the caller of the agent.
func (h *History) Ask(p space.Point) space.Point {
	h.add(p)
	h.guard.Ask(p)
	return p
}

// Tell appends the trials, or reports what agents.Guard says is wrong with them and appends none.
func (h *History) Tell(trials []agents.Trial) error {
	if err := h.guard.Tell(trials); err != nil {
		return err
	}
	for _, t := range trials {
		h.add(t.Point)
	}
	h.trials = append(h.trials, trials...)
	return nil
}

// Remembered is what a memory of so many trials holds of an order, the best first: the best half of the memory and the newest of the others, ascending.
func Remembered(order []int, memory int) []int {
	chosen := slices.Clone(order)
	if len(order) > memory {
		others := slices.Sorted(slices.Values(chosen[memory/2:]))
		chosen = append(chosen[:memory/2], others[len(others)-(memory-memory/2):]...)
	}
	slices.Sort(chosen)
	return chosen
}
