package objective_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/simulators"
)

// everyKind is one objective of each kind over metrics(), all with the same two constraints.
func everyKind(t *testing.T) map[objective.Kind]objective.Objective {
	most, least := map[string]float64{"power_mw": 1000}, map[string]float64{"accuracy_percent": 50}
	terms := []string{"latency_ns", "power_mw"}
	return map[objective.Kind]objective.Objective{
		objective.Spec:     build(t, objective.Config{Minimise: terms[:1], AtMost: most, AtLeast: least}),
		objective.Pareto:   build(t, objective.Config{Kind: objective.Pareto, Minimise: terms, AtMost: most, AtLeast: least}),
		objective.Weighted: build(t, objective.Config{Kind: objective.Weighted, Minimise: terms, AtMost: most, AtLeast: least}),
		objective.Ratio:    build(t, objective.Config{Kind: objective.Ratio, Targets: map[string]float64{"latency_ns": 10}, AtMost: most, AtLeast: least}),
		objective.Penalty:  build(t, objective.Config{Kind: objective.Penalty, Maximise: []string{"accuracy_percent"}, AtMost: most, AtLeast: least}),
	}
}

func anyResult(t *rapid.T, label string) simulators.Result {
	if rapid.Bool().Draw(t, label+" infeasible") {
		return simulators.Infeasible("no", rapid.Float64Min(0).Draw(t, label+" violation"))
	}
	wide := rapid.Float64Range(-1e200, 1e200)
	return simulators.OK(wide.Draw(t, label+" latency"), wide.Draw(t, label+" power"), wide.Draw(t, label+" accuracy"))
}

func TestRewardIsFiniteAndOrdersFeasibility(t *testing.T) {
	kinds := everyKind(t)
	rapid.Check(t, func(rt *rapid.T) {
		a, b := anyResult(rt, "a"), anyResult(rt, "b")
		for kind, o := range kinds {
			sa, err := o.Score(a)
			require.NoError(rt, err)
			sb, err := o.Score(b)
			require.NoError(rt, err)
			ra, rb := o.Reward(sa), o.Reward(sb)
			require.False(rt, math.IsNaN(ra) || math.IsInf(ra, 0), "%s: reward %v of %v", kind, ra, sa)
			switch {
			case kind == objective.Penalty:
				if sa.Objectives != nil && sb.Objectives == nil {
					require.GreaterOrEqual(rt, ra, rb)
				}
			case sa.Feasible() && !sb.Feasible():
				require.GreaterOrEqual(rt, ra, rb, kind)
				if kind != objective.Ratio { // a ratio may underflow to 0
					require.Greater(rt, ra, rb, kind)
				}
			}
		}
	})
}

func TestRewardGrowsWithTheObjective(t *testing.T) {
	for kind, o := range everyKind(t) {
		t.Run(string(kind), func(t *testing.T) {
			n := len(o.Objectives())
			rapid.Check(t, func(rt *rapid.T) {
				value := rapid.Float64Range(-1e9, 1e9).Draw(rt, "objective")
				if kind == objective.Ratio {
					value = math.Abs(value)
				}
				low, high := objective.Score{Violations: []float64{0, 0, 0}}, objective.Score{Violations: []float64{0, 0, 0}}
				for range n {
					low.Objectives, high.Objectives = append(low.Objectives, value), append(high.Objectives, value)
				}
				high.Objectives[0] += 1e-4 * (1 + math.Abs(value))
				require.Greater(rt, o.Reward(high), o.Reward(low))
			})
		})
	}
}

func TestBetterThanASpecIsNeverPunished(t *testing.T) {
	for kind, o := range everyKind(t) {
		if kind == objective.Ratio || kind == objective.Pareto || kind == objective.Weighted { // power is an objective or a two-sided target there
			continue
		}
		rapid.Check(t, func(rt *rapid.T) {
			power := rapid.Float64Range(0, 2000)
			a, b := power.Draw(rt, "a"), power.Draw(rt, "b")
			sa, err := o.Score(simulators.OK(10, min(a, b), 60))
			require.NoError(rt, err)
			sb, err := o.Score(simulators.OK(10, max(a, b), 60))
			require.NoError(rt, err)
			require.GreaterOrEqual(rt, o.Reward(sa), o.Reward(sb), "less power is never worse")
		})
	}
}
