package soc

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func TestSearchTry(t *testing.T) {
	for _, w := range []string{"hpvm_cava", "audio_decoder", "edge_detection", "hpvm_cava+audio_decoder+edge_detection"} {
		for _, prof := range []string{"reference", "repaired"} {
			for _, kind := range []string{"guided", "sa", "random", "ga"} {
				for s := range uint64(3) {
					in, _, err := Comprehensive().Open(map[string]any{"workload": w, "profile": prof, "memories": 6, "buses": 4})
					if err != nil {
						t.Fatal(err)
					}
					spec := in.Simulator.Spec()
					o, err := objective.New(objective.Config{Minimise: []string{"energy_uj"}, AtMost: map[string]float64{"latency_frac": 1, "power_frac": 1, "area_frac": 1, "dram_area_frac": 1}}, spec.Metrics)
					if err != nil {
						t.Fatal(err)
					}
					var f agents.Factory
					for _, x := range catalog.Agents() {
						if x.Name == kind {
							f = x
						}
					}
					opts, _ := simulators.NewSettings(f.Options, nil)
					budget := 1500
					a, err := f.New(agents.Problem{Space: spec.Space, Objectives: 1, Constraints: 4, Budget: budget, Advise: in.Advise}, opts, seed.New(s))
					if err != nil {
						t.Fatal(err)
					}
					start := time.Now()
					first, firstAt := -1, time.Duration(0)
					best := 1e99
					bestE := 1e99
					for id := range budget {
						ps, err := a.Ask(1)
						if err != nil {
							t.Fatal(err)
						}
						q, _ := in.Repair(ps[0])
						rs, err := in.Simulator.Evaluate(context.Background(), []space.Point{q})
						if err != nil {
							t.Fatal(err)
						}
						sc, _ := o.Score(rs[0])
						tr := agents.Trial{ID: id, Point: ps[0], Objectives: sc.Objectives, Violations: sc.Violations, Infeasible: rs[0].Infeasible}
						if tr.Objectives != nil {
							best = min(best, tr.Violation())
							if tr.Feasible() {
								bestE = min(bestE, -tr.Objectives[0])
								if first < 0 {
									first, firstAt = id, time.Since(start)
								}
							}
						}
						if err := a.Tell([]agents.Trial{tr}); err != nil {
							t.Fatal(err)
						}
					}
					fmt.Println(w, prof, kind, s, "first", first, firstAt, "viol", best, "E", bestE, time.Since(start))
				}
			}
		}
	}
}
