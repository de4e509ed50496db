package bayes

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/agenttest"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/functions"
)

// after measures one design asked and told after so many told trials of a function.
func after(b *testing.B, f agenttest.Function, o Options, trials int) {
	a, err := New(f.Problem(0), o, seed.New(1))
	require.NoError(b, err)
	agenttest.BenchmarkAfter(b, f, a, trials)
}

// One design asked and told after 1,000 told trials of 20 axes: at most 50 ms.
func BenchmarkAskAndTellAfter1000Trials(b *testing.B) {
	after(b, agenttest.Ackley20(), Options{}, 1000)
}

// One design asked and told after 200 told trials of a chip of 81 axes with four budgets, five models in all, as simulator soc has.
func BenchmarkAskAndTellOnAChip(b *testing.B) {
	after(b, chip(), Options{}, 200)
}

// One design asked and told after 200 told trials of two objectives.
func BenchmarkAskAndTellOfTwoObjectives(b *testing.B) {
	after(b, agenttest.ZDT1(), Options{}, 200)
}

// One design asked and told after 1,000 told trials, by draws.
func BenchmarkAskAndTellOfTurbo(b *testing.B) {
	after(b, agenttest.Ackley20(), Options{Acquisition: Thompson, Region: On, Candidates: turboCandidates}, 1000)
}

// chip has the axes of a system on a chip, as many and of the same kinds as simulator soc, and made-up figures of its energy, latency, power and areas.
func chip() agenttest.Function {
	nominal := func(name string, labels int, when ...space.Cond) space.Param {
		p := space.Param{Name: name, Kind: space.Nominal, When: when}
		for l := range labels {
			p.Labels = append(p.Labels, fmt.Sprint(l))
		}
		return p
	}
	ordinal := func(name string, levels int, when ...space.Cond) space.Param {
		p := space.Param{Name: name, Kind: space.Ordinal, Log: true, When: when}
		for l := range levels {
			p.Values = append(p.Values, math.Ldexp(1, l))
		}
		return p
	}
	var params []space.Param
	for task := range 9 {
		pe := fmt.Sprint("task", task, "_pe")
		own := space.Cond{Param: pe, In: []string{"3"}}
		params = append(params, nominal(pe, 4), nominal(pe+"_memory", 4))
		if task < 7 {
			params = append(params, ordinal(pe+"_unroll", 9, own), ordinal(pe+"_clock", 4, own), nominal(pe+"_level", 4, own), nominal(pe+"_bus", 3, own))
		}
	}
	for block := range 10 { // processors, memories, buses
		params = append(params, ordinal(fmt.Sprint("width", block), 6), ordinal(fmt.Sprint("clock", block), 4), nominal(fmt.Sprint("level", block), 4))
		if block > 4 {
			params = append(params, nominal(fmt.Sprint("link", block), 3))
		}
	}
	s := functions.MustSpace(params...)
	figure := func(p space.Point, k int) float64 {
		sum := 0.0
		for axis, level := range p {
			sum += functions.Hash01(uint64(axis), uint64(level), uint64(k)) + functions.Hash01(uint64(axis), uint64(level*16+p[(axis+1)%len(p)]), uint64(k))/2
		}
		return sum / float64(len(p))
	}
	return agenttest.Function{Function: functions.Function{Name: "chip", Space: s, Objectives: 1, Constraints: 4,
		Eval: func(p space.Point) (objectives, constraints []float64) {
			for k := range 4 {
				constraints = append(constraints, figure(p, k+1)-0.7)
			}
			return []float64{figure(p, 0)}, constraints
		}}}
}
