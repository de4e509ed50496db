package hetero_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/hetero"
)

// problem builds one from latency, energy pairs by network, job and sub-accelerator.
func problem(subs int, networks ...[][]hetero.Cost) *hetero.Problem {
	p := &hetero.Problem{}
	p.Reset(subs)
	for _, jobs := range networks {
		p.Network()
		for _, costs := range jobs {
			p.Job(costs...)
		}
	}
	return p
}

func TestListByHand(t *testing.T) {
	p := problem(2,
		[][]hetero.Cost{{{3, 1}, {5, 1}}, {{4, 1}, {2, 1}}},
		[][]hetero.Cost{{{6, 1}, {2, 1}}, {{1, 1}, {9, 1}}})
	require.NoError(t, p.Check())
	var s hetero.Scheduler
	got := s.List(p, hetero.Assignment{0, 0, 0, 1})
	// Both chains want sub 0 at cycle 0. Network 1 has 6 + 9 = 15 left, network 0 only 7: network 1 runs [0, 6), then network 0 [6, 9) and [9, 13), beside
	// job 3 on sub 1 in [6, 15). Among equal starts at 6 the longer rest, 9, comes first.
	require.Equal(t, hetero.Schedule{
		Slots:          []hetero.Slot{{1, 2, 0, 0, 6}, {1, 3, 1, 6, 15}, {0, 0, 0, 6, 9}, {0, 1, 0, 9, 13}},
		MakespanCycles: 15, EnergyMACs: 4,
	}, got)
	require.NoError(t, got.Check(p))
}

func TestRatioMovesWhatShortensMostForItsEnergy(t *testing.T) {
	// All jobs are cheapest on sub 0: 30 cycles, energy 6. Within 20 cycles either the second or the third job may move: 10 cycles for energy 1 or 5.
	p := problem(2, [][]hetero.Cost{{{10, 2}, {11, 20}}}, [][]hetero.Cost{{{10, 2}, {10, 3}}}, [][]hetero.Cost{{{10, 2}, {10, 7}}})
	var s hetero.Scheduler
	got := s.Ratio(p, 20)
	require.Equal(t, int64(20), got.MakespanCycles)
	require.Equal(t, 7.0, got.EnergyMACs)
	exact, proven := s.Exact(p, 20, 1000)
	require.True(t, proven)
	require.Equal(t, 7.0, exact.EnergyMACs)
	require.Equal(t, 6.0, s.Ratio(p, 30).EnergyMACs)
}

// drawn is a small random problem.
func drawn(t *rapid.T, networks, jobs, subs int) *hetero.Problem {
	p := &hetero.Problem{}
	p.Reset(rapid.IntRange(1, subs).Draw(t, "subs"))
	for range rapid.IntRange(1, networks).Draw(t, "networks") {
		p.Network()
		for range rapid.IntRange(1, jobs).Draw(t, "jobs") {
			costs := make([]hetero.Cost, p.Subs)
			for a := range costs {
				costs[a] = hetero.Cost{LatencyCycles: rapid.Int64Range(1, 12).Draw(t, "cycles"), EnergyMACs: float64(rapid.IntRange(0, 9).Draw(t, "energy"))}
			}
			if p.Subs > 1 && rapid.Bool().Draw(t, "hole") {
				costs[rapid.IntRange(0, p.Subs-1).Draw(t, "where")] = hetero.Cost{}
			}
			p.Job(costs...)
		}
	}
	return p
}

// bestOf enumerates all schedules: every order of starts, every assignment.
func bestOf(p *hetero.Problem, limit int64) (shortest int64, leastEnergy float64, within bool) {
	chains, free, ready := append([]int(nil), p.Chains...), make([]int64, p.Subs), make([]int64, len(p.Chains))
	shortest, leastEnergy = -1, -1
	var walk func(left int, makespan int64, energy float64)
	walk = func(left int, makespan int64, energy float64) {
		if left == 0 {
			if shortest < 0 || makespan < shortest {
				shortest = makespan
			}
			if makespan <= limit && (!within || energy < leastEnergy) {
				leastEnergy, within = energy, true
			}
			return
		}
		first := 0
		for i, n := range p.Chains {
			if chains[i] > 0 {
				job := first + n - chains[i]
				for a := range p.Subs {
					cost := p.Cost(job, a)
					if cost.LatencyCycles == 0 {
						continue
					}
					r, f := ready[i], free[a]
					end := max(r, f) + cost.LatencyCycles
					ready[i], free[a] = end, end
					chains[i]--
					walk(left-1, max(makespan, end), energy+cost.EnergyMACs)
					chains[i]++
					ready[i], free[a] = r, f
				}
			}
			first += n
		}
	}
	walk(p.Jobs(), 0, 0)
	return shortest, leastEnergy, within
}

func TestExactIsExactAndTheRestIsValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawn(t, 2, 4, 2)
		if rapid.Bool().Draw(t, "more networks") {
			p = drawn(t, 3, 2, 3)
		}
		require.NoError(t, p.Check())
		limit := rapid.Int64Range(1, 40).Draw(t, "limit")
		shortest, least, within := bestOf(p, limit)

		var s hetero.Scheduler
		exact, proven := s.Exact(p, limit, 1<<20)
		require.True(t, proven)
		require.NoError(t, exact.Check(p))
		if within {
			require.LessOrEqual(t, exact.MakespanCycles, limit)
			require.Equal(t, least, exact.EnergyMACs)
			require.LessOrEqual(t, hetero.EnergyBound(p, limit), least)
		} else {
			require.Equal(t, shortest, exact.MakespanCycles)
		}
		short, proven := s.Exact(p, 0, 1<<20)
		require.True(t, proven)
		require.Equal(t, shortest, short.MakespanCycles)
		require.LessOrEqual(t, hetero.MakespanBound(p), shortest)
		require.LessOrEqual(t, hetero.EnergyBound(p, 0), exact.EnergyMACs)

		for _, other := range []hetero.Schedule{s.Ratio(p, limit), s.Ratio(p, 0), s.Greedy(p)} {
			require.NoError(t, other.Check(p))
			require.GreaterOrEqual(t, other.MakespanCycles, shortest)
			if other.MakespanCycles <= limit {
				require.GreaterOrEqual(t, other.EnergyMACs, least)
			}
		}
	})
}

func TestExactSaysWhenItGaveUp(t *testing.T) {
	p := problem(2, [][]hetero.Cost{{{3, 1}, {2, 5}}, {{4, 1}, {2, 7}}}, [][]hetero.Cost{{{5, 1}, {3, 6}}, {{1, 1}, {2, 2}}})
	var s hetero.Scheduler
	best, proven := s.Exact(p, 7, 9)
	require.False(t, proven)
	require.NoError(t, best.Check(p))
	wide := &hetero.Problem{}
	wide.Reset(hetero.MaxExactSubs + 1)
	wide.Network()
	wide.Job(make([]hetero.Cost, wide.Subs)...)
	wide.Costs[3] = hetero.Cost{LatencyCycles: 4, EnergyMACs: 1}
	_, proven = s.Exact(wide, 9, 1000)
	require.False(t, proven)
}

func TestBoundsByHand(t *testing.T) {
	// One job of 4 or 4 cycles and two of 6 or 3: cut into parts, sub 1 takes both fast ones (6), sub 0 the other (4); better is 16/3 each.
	p := problem(2, [][]hetero.Cost{{{4, 0}, {4, 0}}}, [][]hetero.Cost{{{6, 0}, {3, 0}}}, [][]hetero.Cost{{{6, 0}, {3, 0}}})
	require.Equal(t, int64(6), hetero.MakespanBound(p), "16/3 rounded up")
	// Both jobs are cheap on sub 0, 10 cycles each; within 10 cycles one must move, for 5.
	q := problem(2, [][]hetero.Cost{{{10, 1}, {10, 6}}}, [][]hetero.Cost{{{10, 1}, {10, 6}}})
	require.InDelta(t, 7, hetero.EnergyBound(q, 10), 1e-6)
	require.InDelta(t, 2, hetero.EnergyBound(q, 0), 1e-6)
}

func TestCheckNamesTheFault(t *testing.T) {
	for want, p := range map[string]*hetero.Problem{
		"at least one":                        {},
		"network 0 has 0 jobs":                {Subs: 1, Chains: []int{0}},
		"1 costs for 2 jobs":                  {Subs: 1, Chains: []int{2}, Costs: make([]hetero.Cost, 1)},
		"no sub-accelerator can run job 0":    {Subs: 1, Chains: []int{1}, Costs: make([]hetero.Cost, 1)},
		"neither may be negative or infinite": {Subs: 1, Chains: []int{1}, Costs: []hetero.Cost{{-1, 0}}},
		"exceed":                              {Subs: 1, Chains: []int{1}, Costs: []hetero.Cost{{hetero.MaxCycles + 512, 0}}},
	} {
		require.ErrorContains(t, p.Check(), want)
	}
}
