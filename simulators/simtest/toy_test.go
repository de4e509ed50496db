package simtest

import (
	"context"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// buffer is the configuration of a toy with axes of all kinds.
type buffer struct {
	entries   int
	policy    string
	loopOrder []int
	ageLimit  float64
}

// toy is a correct simulator with an ordinal, a nominal, a permutation and a conditional axis: 4·(1 + 3)·6 = 96 designs.
func toy() simulators.Instance {
	model, err := simulators.Model[buffer]{
		Name: "toy/buffer", Version: "1", Doc: "A request buffer.",
		Metrics: []simulators.Metric{
			{Name: "latency", Unit: "cycles", Doc: "of one request"},
			{Name: "area", Unit: "mm2", Doc: "of the entries"},
		},
		Fields: []simulators.Field[buffer]{
			simulators.Int("entries", "", "buffer entries", []int{4, 8, 16, 32}, func(b *buffer) *int { return &b.entries }).Log(),
			simulators.Choice("policy", "which request is next", []string{"fifo", "aged"}, func(b *buffer) *string { return &b.policy }),
			simulators.Float("age_limit", "us", "after which a request is first", []float64{0.5, 1, 2}, func(b *buffer) *float64 { return &b.ageLimit }).When("policy", "aged"),
			simulators.Order("loops", "the loops from the outermost", []string{"k", "c", "x"}, func(b *buffer) *[]int { return &b.loopOrder }),
		},
		Eval: func(_ context.Context, b buffer) simulators.Result {
			if b.entries == 32 && b.policy == "aged" {
				return simulators.Infeasible("32 entries cannot be searched in a cycle", 16)
			}
			return simulators.OK(100/float64(b.entries)+b.ageLimit+float64(b.loopOrder[0]), 0.1*float64(b.entries))
		},
	}.Build()
	if err != nil {
		panic(err)
	}
	return simulators.Instance{
		Simulator: model,
		Repair: func(p space.Point) (space.Point, bool) {
			if p[0] != 3 || p[1] != 1 {
				return p, false
			}
			q := slices.Clone(p)
			q[0] = 2
			return q, true
		},
		Advise: func(p space.Point) []simulators.Advice {
			switch {
			case p == nil:
				return []simulators.Advice{{Point: make(space.Point, 4), About: "start"}}
			case p[0] == 3:
				return nil
			}
			q := slices.Clone(p)
			q[0]++
			return []simulators.Advice{{Point: q, About: "latency", Why: "more entries"}}
		},
		Detail: func(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
			text := fmt.Sprintf("entries,policy\n%d,%s\n", model.Config(p).entries, model.Config(p).policy)
			return []simulators.Artifact{{Name: "buffer.csv", MediaType: "text/csv", Data: []byte(text)}}, nil
		},
		Features: func() []simulators.Feature {
			return []simulators.Feature{{Name: "requests", Doc: "that pass", Value: 100}}
		},
	}
}

// altered is a simulator with another spec or evaluation.
type altered struct {
	simulators.Simulator
	spec     func(simulators.Spec) simulators.Spec
	evaluate func(ctx context.Context, points []space.Point) ([]simulators.Result, error)
}

func (a *altered) Spec() simulators.Spec {
	if a.spec == nil {
		return a.Simulator.Spec()
	}
	return a.spec(a.Simulator.Spec())
}

func (a *altered) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	if a.evaluate == nil {
		return a.Simulator.Evaluate(ctx, points)
	}
	return a.evaluate(ctx, points)
}
