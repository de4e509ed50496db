package hetero

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
)

// Costs remembers what a layer takes on a sub-accelerator: a search of thousands of chips visits few pairs. It is for one goroutine.
type Costs struct {
	profile dataflow.Profile
	known   map[pair]Cost
	scratch dataflow.Scratch
}

// pair is what a cost depends on: the layer's shape, without its name, and the sub-accelerator.
type pair struct {
	layer dataflow.Layer
	sub   Sub
}

// NewCosts is an empty memory for one profile of the cost engine.
func NewCosts(p dataflow.Profile) *Costs { return &Costs{profile: p, known: map[pair]Cost{}} }

// Len is the number of pairs known.
func (c *Costs) Len() int { return len(c.known) }

// Of is the cost of a layer on a sub-accelerator, energy in units of one multiply-accumulate; zero where the sub-accelerator is not built or the template
// does not work for the layer. An error is a layer out of range.
func (c *Costs) Of(l dataflow.Layer, s Sub) (Cost, error) {
	if !s.Built() || s.NoCBandwidth < 1 {
		return Cost{}, nil
	}
	l.Name = ""
	key := pair{l, s}
	if cost, known := c.known[key]; known {
		return cost, nil
	}
	stats, err := s.Template.Evaluate(s.hardware(), l, c.profile, &c.scratch)
	if err != nil {
		return Cost{}, err
	}
	var cost Cost
	if stats.Infeasible == dataflow.Works {
		cost = Cost{LatencyCycles: stats.RuntimeCycles, EnergyMACs: stats.EnergyMACs()}
	}
	c.known[key] = cost
	return cost, nil
}

// Workload is a network to be run: its layers with multiply-accumulates, each depending on the one before.
type Workload struct {
	Name   string
	Layers []dataflow.Layer
}

// Fill makes p the problem of workloads on a chip. A layer that no sub-accelerator can run is returned as the reason why the chip is infeasible.
func (c *Costs) Fill(p *Problem, workloads []Workload, chip Chip) (infeasible string, err error) {
	p.Reset(len(chip))
	for _, w := range workloads {
		p.Network()
		for _, l := range w.Layers {
			runs := false
			for _, s := range chip {
				cost, err := c.Of(l, s)
				if err != nil {
					return "", fmt.Errorf("network %q: %w", w.Name, err)
				}
				runs = runs || cost.works()
				p.Costs = append(p.Costs, cost)
			}
			p.Chains[len(p.Chains)-1]++
			if !runs {
				return fmt.Sprintf("no sub-accelerator can run layer %q of network %q", l.Name, w.Name), nil
			}
		}
	}
	return "", nil
}
