package sac_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/agents/sac"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// One soft actor-critic of all axes finds the best design of a tiled accelerator.
func ExampleNewDesigner() {
	f := agenttest.TileAccel()
	agent, err := sac.NewDesigner("sac", f.Problem(500), "single", sac.DesignDefaults(), seed.New(1, "agent", "sac"))
	if err != nil {
		panic(err)
	}
	best := 0.0
	_, err = agenttest.Study{Budget: 500, Evaluate: func(_ int, p space.Point) agents.Trial {
		t := f.Trial(p)
		if t.Feasible() {
			best = min(best, -t.Objectives[0])
		}
		return t
	}}.Run(agent, f.Space)
	fmt.Printf("%.3f of %.3f, error %v\n", best, f.Best, err)
	// Output:
	// -7.453 of -7.453, error <nil>
}
