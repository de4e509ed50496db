package agenttest

import (
	"math"
	"testing"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// Search runs an agent on a function of one objective, one trial at a time, and returns how many trials it made and the least feasible value;
// +Inf when there is none.
func (f Function) Search(agent agents.Agent, budget int) (trials int, least float64, err error) {
	done, err := Study{Budget: budget, Evaluate: func(_ int, p space.Point) agents.Trial { return f.Trial(p) }}.Run(agent, f.Space)
	least = math.Inf(1)
	for _, t := range done {
		if t.Feasible() {
			least = min(least, -t.Objectives[0])
		}
	}
	return len(done), least, err
}

// BenchmarkAfter measures ask and tell of one design, after an agent was told so many random ones.
func BenchmarkAfter(b *testing.B, f Function, agent agents.Agent, told int) {
	b.Helper()
	rng := seed.New(2)
	trials := make([]agents.Trial, 1)
	tell := func(id int, p space.Point, given bool) {
		trials[0] = f.Trial(p)
		trials[0].ID, trials[0].Given = id, given
		if err := agent.Tell(trials); err != nil {
			b.Fatal(err)
		}
	}
	for id := range told {
		tell(id, f.Space.Sample(rng), true)
	}
	b.ReportAllocs()
	for id := told; b.Loop(); id++ {
		points, err := agent.Ask(1)
		if err != nil || len(points) != 1 {
			b.Fatal(points, err)
		}
		tell(id, points[0], false)
	}
}
