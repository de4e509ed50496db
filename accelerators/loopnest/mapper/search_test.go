package mapper_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
)

func stream(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 0)) }

// optima are the least energy-delay products of layers of ResNet-50 in the row-stationary space of the Eyeriss-like hierarchy, as the exhaustive search
// gives them: BenchmarkExhaustive asserts them.
func optima() map[string]float64 {
	return map[string]float64{
		"stage1.block1.conv2": 1.6936010211656625e+14, // 3×3, 64 to 64 channels, 56×56
		"stage3.block2.conv2": 1.784776063459063e+14,  // 3×3, 256 to 256 channels, 14×14
		"stage2.block2.conv3": 6.0403170409724234e+13, // 1×1, 128 to 512 channels, 28×28
	}
}

func TestGeneticSearchIsWithinOnePercentOfExhaustive(t *testing.T) {
	for name, best := range optima() {
		s, err := mapper.NewSpace(eyeriss(t, resNetLayer(t, name)), rowStationary(), false)
		require.NoError(t, err)
		o, err := s.Search(mapper.Options{Algorithm: mapper.Genetic, Budget: 15_000}, stream(1)) // the benchmark has 80,000
		require.NoError(t, err)
		require.GreaterOrEqual(t, o.Result.EDPPJCycles(), best*(1-1e-12), name)
		require.LessOrEqual(t, o.Result.EDPPJCycles(), 1.01*best, name)
	}
}

// TestSearchesBeatTheBaseline compares the mean over seeds at an equal budget.
func TestSearchesBeatTheBaseline(t *testing.T) {
	s, err := mapper.NewSpace(eyeriss(t, resNetLayer(t, "stage2.block2.conv3")), rowStationary(), false)
	require.NoError(t, err)
	mean := map[mapper.Algorithm]float64{}
	for _, a := range []mapper.Algorithm{mapper.Random, mapper.Hybrid, mapper.Annealing, mapper.Genetic} {
		for seed := range uint64(5) {
			o, err := s.Search(mapper.Options{Algorithm: a, Budget: 2000}, stream(seed))
			require.NoError(t, err, a)
			require.LessOrEqual(t, o.Evaluations, 2000, a)
			require.LessOrEqual(t, o.Fitting, o.Evaluations, a)
			require.False(t, o.Complete, a)
			mean[a] += o.Result.EDPPJCycles() / 5
		}
	}
	t.Logf("mean energy-delay product: %v", mean)
	for _, a := range []mapper.Algorithm{mapper.Hybrid, mapper.Annealing, mapper.Genetic} {
		require.Less(t, mean[a], 0.97*mean[mapper.Random], a)
	}
}

func TestSameSeedSameMapping(t *testing.T) {
	m := eyeriss(t, resNetLayer(t, "stage3.block2.conv2"))
	for _, imperfect := range []bool{false, true} {
		for _, a := range []mapper.Algorithm{mapper.Hybrid, mapper.Exhaustive, mapper.Random, mapper.Annealing, mapper.Genetic} {
			options := mapper.Options{Algorithm: a, Budget: 500, Imperfect: imperfect, Objectives: []mapper.Objective{mapper.Cycles, mapper.Energy}}
			first, err := mapper.Search(m, rowStationary(), options, stream(3))
			require.NoError(t, err, a)
			second, err := mapper.Search(m, rowStationary(), options, stream(3))
			require.NoError(t, err, a)
			require.Equal(t, first.Mapping, second.Mapping, a)
			require.Equal(t, first.Evaluations, second.Evaluations, a)
			var r loopnest.Result
			require.NoError(t, m.Evaluate(&first.Mapping, &r))
			require.Equal(t, r.EnergyPJ, first.Result.EnergyPJ, a)
		}
	}
}

func TestImperfectTripsUseMoreUnits(t *testing.T) {
	// 7 rows of units and 13 outputs: 13 is prime, so whole factors leave 1 or 13 of them; two rounds of 7 and 6 keep 6.5 units busy
	p := loopnest.Problem{Name: "prime", Dimensions: []loopnest.Dimension{{Name: "P", Size: 13}},
		Tensors: []loopnest.Tensor{{Name: "Outputs", Axes: []loopnest.Axis{loopnest.Along(0)}, Output: true}}}
	a := loopnest.Architecture{Levels: []loopnest.Level{{Name: "DRAM"}}, Compute: loopnest.Compute{Instances: 7}}
	m, err := loopnest.NewModel(p, a)
	require.NoError(t, err)
	for imperfect, want := range map[bool]int64{false: 13, true: 2} {
		o, err := mapper.Search(m, mapper.Constraints{}, mapper.Options{Algorithm: mapper.Exhaustive, Imperfect: imperfect,
			Objectives: []mapper.Objective{mapper.Cycles}}, stream(1))
		require.NoError(t, err)
		require.True(t, o.Complete)
		require.Equal(t, want, o.Result.Cycles)
	}
}

func TestVictoryAndTimeoutEndASearch(t *testing.T) {
	s, err := mapper.NewSpace(eyeriss(t, resNetLayer(t, "stage3.block2.conv2")), rowStationary(), false)
	require.NoError(t, err)
	o, err := s.Search(mapper.Options{Algorithm: mapper.Random, Budget: 100_000, Victory: 20}, stream(1))
	require.NoError(t, err)
	require.Less(t, o.Evaluations, 10_000)
	o, err = s.Search(mapper.Options{Algorithm: mapper.Random, Budget: 100_000, Timeout: 5}, stream(1))
	require.Less(t, o.Evaluations, 10_000)
	if err != nil {
		require.ErrorIs(t, err, mapper.ErrNone)
	}
}

func TestNothingFits(t *testing.T) {
	p := loopnest.Problem{Name: "large", Dimensions: []loopnest.Dimension{{Name: "P", Size: 8}},
		Tensors: []loopnest.Tensor{{Name: "Outputs", Axes: []loopnest.Axis{loopnest.Along(0)}, Output: true}}}
	a := loopnest.Architecture{Levels: []loopnest.Level{{Name: "DRAM", CapacityWords: 4}}, Compute: loopnest.Compute{Instances: 1}}
	m, err := loopnest.NewModel(p, a)
	require.NoError(t, err)
	for _, algorithm := range []mapper.Algorithm{mapper.Hybrid, mapper.Exhaustive, mapper.Random, mapper.Annealing, mapper.Genetic} {
		_, err = mapper.Search(m, mapper.Constraints{}, mapper.Options{Algorithm: algorithm, Budget: 50}, stream(1))
		require.ErrorIs(t, err, mapper.ErrNone)
		require.ErrorContains(t, err, "the tiles need 8 words of DRAM, which has 4", algorithm)
	}
}

func TestOptionsAreChecked(t *testing.T) {
	s, err := mapper.NewSpace(eyeriss(t, resNetLayer(t, "stage3.block2.conv2")), mapper.Constraints{}, false)
	require.NoError(t, err)
	_, err = s.Search(mapper.Options{Algorithm: 9, Objectives: []mapper.Objective{7, mapper.EDP, mapper.EDP}, Budget: -1}, stream(1))
	require.EqualError(t, err, strings.Join([]string{
		"mapper: unknown algorithm Algorithm(9): known are hybrid, exhaustive, random, annealing, genetic",
		"mapper: unknown objective Objective(7): known are edp, energy, cycles, outermost_accesses",
		"mapper: objective edp twice",
		"mapper: budget -1, victory 0, timeout 0: want at least 0"}, "\n"))
}

func TestNamesRoundTrip(t *testing.T) {
	for _, a := range []mapper.Algorithm{mapper.Hybrid, mapper.Exhaustive, mapper.Random, mapper.Annealing, mapper.Genetic} {
		text, err := a.MarshalText()
		require.NoError(t, err)
		var back mapper.Algorithm
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, a, back)
	}
	for _, o := range []mapper.Objective{mapper.EDP, mapper.Energy, mapper.Cycles, mapper.OutermostAccesses} {
		text, err := o.MarshalText()
		require.NoError(t, err)
		var back mapper.Objective
		require.NoError(t, back.UnmarshalText(text))
		require.Equal(t, o, back)
	}
	var a mapper.Algorithm
	require.EqualError(t, a.UnmarshalText([]byte("luck")), `mapper: unknown algorithm "luck": known are hybrid, exhaustive, random, annealing, genetic`)
	var o mapper.Objective
	require.EqualError(t, o.UnmarshalText([]byte("speed")), `mapper: unknown objective "speed": known are edp, energy, cycles, outermost_accesses`)
}
