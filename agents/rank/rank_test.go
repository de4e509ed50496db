package rank_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
)

func ok(objectives ...float64) agents.Trial {
	return agents.Trial{Objectives: objectives, Violations: []float64{-1, 0}}
}

// broken is an evaluated design that violates a constraint; impossible one that could not be evaluated.
func broken(violation float64, objectives ...float64) agents.Trial {
	return agents.Trial{Objectives: objectives, Violations: []float64{violation, 0}}
}

func impossible(violation float64) agents.Trial {
	return agents.Trial{Infeasible: "does not fit", Violations: []float64{1, violation}}
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name string
		a, b agents.Trial
		want int
	}{
		{"greater objective", ok(2), ok(1), -1},
		{"equal", ok(1), ok(1), 0},
		{"feasible before infeasible", ok(-1e9), broken(0.1, 5), -1},
		{"smaller violation", broken(1, 0), broken(2, 100), -1},
		{"feasible before impossible", ok(-1e9), impossible(0.1), -1},
		{"evaluated before impossible, however far off", broken(2, 100), impossible(0.1), -1},
		{"evaluated before unknown", broken(1e9, 0), impossible(0), -1},
		{"evaluated, a violation that is not a number comes last", broken(1e9, 0), broken(math.NaN(), 0), -1},
		{"smaller violation of impossible ones", impossible(1), impossible(2), -1},
		{"known before unknown violation", impossible(1e9), impossible(0), -1},
		{"impossible ones compare by the simulator's violation alone", impossible(2), agents.Trial{Infeasible: "no", Violations: []float64{0, 3}}, -1},
		{"two unknown violations", impossible(0), impossible(0), 0},
		{"violation that is not a number is unknown", impossible(1), impossible(math.NaN()), -1},
		{"dominates", ok(1, 2), ok(1, 1), -1},
		{"neither dominates", ok(1, 2), ok(2, 1), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, rank.Compare(c.a, c.b))
			require.Equal(t, -c.want, rank.Compare(c.b, c.a))
		})
	}
}

// Front 0: (0,4), (1,3), (3,1), (4,0), spreads 4 and 4. Crowding of (1,3): (3-0)/4 + (4-1)/4 = 1.5; of (3,1): (4-1)/4 + (3-0)/4 = 1.5.
// With (3.5, 0.5) in it as well: (1,3) has 3/4 + 3/4 = 1.5; (3,1) has 2.5/4 + 2.5/4 = 1.25; (3.5,0.5) has 1/4 + 1/4 = 0.5.
func TestOrderOfSeveralObjectives(t *testing.T) {
	trials := []agents.Trial{
		impossible(0), ok(1, 1), ok(3.5, 0.5), ok(3, 1), ok(1, 3), ok(0, 4), ok(4, 0), broken(2, 9, 9), ok(0, 0),
	}
	// Ends first (infinite crowding), in their order; then 1.5, 1.25, 0.5; then (1,1) and (0,0), fronts 1 and 2; then the infeasible.
	require.Equal(t, []int{5, 6, 4, 3, 2, 1, 8, 7, 0}, rank.Order(trials))
	require.Equal(t, 5, rank.Best(trials[1:])+1)
}

func TestOrderOfOneObjectiveKeepsTies(t *testing.T) {
	trials := []agents.Trial{ok(1), impossible(0), ok(2), ok(1), broken(3, 7), ok(2)}
	require.Equal(t, []int{2, 5, 0, 3, 4, 1}, rank.Order(trials))
	require.Equal(t, 2, rank.Best(trials))
	require.Equal(t, -1, rank.Best(nil))
	require.Empty(t, rank.Order(nil))
}

// No trial of the order dominates an earlier one.
func TestOrderRespectsCompare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		objectives := rapid.IntRange(1, 3).Draw(t, "objectives")
		trials := make([]agents.Trial, rapid.IntRange(0, 20).Draw(t, "trials"))
		for i := range trials {
			trial := impossible(float64(rng.IntN(3)))
			if rng.IntN(5) > 0 {
				trial = broken(float64(rng.IntN(3) - 1))
				for range objectives {
					trial.Objectives = append(trial.Objectives, float64(rng.IntN(4)))
				}
			}
			trials[i] = trial
		}
		order := rank.Order(trials)
		for i := range order {
			for _, later := range order[i+1:] {
				if rank.Compare(trials[later], trials[order[i]]) < 0 {
					t.Fatalf("trial %d is better than %d, which comes before it", later, order[i])
				}
			}
		}
		if len(trials) > 0 && order[0] != rank.Best(trials) {
			t.Fatalf("best is %d, the order starts with %d", rank.Best(trials), order[0])
		}
	})
}

func BenchmarkOrderOfTwoObjectives(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	trials := make([]agents.Trial, 40)
	for i := range trials {
		trials[i] = ok(rng.Float64(), rng.Float64())
	}
	for b.Loop() {
		rank.Order(trials)
	}
}

func ExampleOrder() {
	fits := agents.Trial{Objectives: []float64{-12}, Violations: []float64{-3, 0}}
	faster := agents.Trial{Objectives: []float64{-7}, Violations: []float64{2, 0}} // misses a constraint by 2
	crashed := agents.Trial{Infeasible: "timeout", Violations: []float64{1, 0}}
	fmt.Println(rank.Order([]agents.Trial{crashed, faster, fits}))
	// Output: [2 1 0]
}
