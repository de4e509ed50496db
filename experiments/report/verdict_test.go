package report

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// ended is a run of 100 trials with one improvement, at trial 10, which meets the spec; NaN is a run without a feasible design.
func ended(repeat int, best float64) Run {
	r := Run{Repeat: repeat, Trials: 100, Evaluated: 100, MeanObjective: 40}
	if !math.IsNaN(best) {
		r.Curve, r.FirstSpec = []stats.Step{{Trials: 10, Best: best}}, 10
	}
	return r
}

func agentOf(family, setting string, scores ...float64) AgentRuns {
	a := AgentRuns{Label: family + setting, Family: family, Kind: family, Options: []Pair{{Name: "x", Value: setting}}}
	for i, s := range scores {
		a.Runs = append(a.Runs, ended(i, s))
	}
	return a
}

func latency(name string, agents ...AgentRuns) Scenario {
	optimum := 10.0
	return Scenario{
		Name: name, Objectives: []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}},
		Constraints: []objective.Term{{Name: "area_mm2", Bound: 1}}, Optimum: &optimum, Agents: agents,
	}
}

func TestScaleGoesFromTheMedianRandomRunToTheOptimum(t *testing.T) {
	j := judge(latency("a", agentOf("random", "", 20, 30, 50), agentOf("ga", "", 10, 15, math.NaN())))
	require.True(t, j.known && j.scale.byRandom && j.scale.byOptimum)
	require.Equal(t, []float64{0.5, 0, 0}, j.scale.all(j.contenders[0].Runs, j.scored), "50 is worse than the median random run: cut off")
	require.Equal(t, []float64{1, 0.75, 0}, j.scale.all(j.contenders[1].Runs, j.scored), "no feasible design: 0")

	other := latency("b", agentOf("hill", "", 25, 30), agentOf("ga", "", 20, 15))
	other.Optimum = nil
	j = judge(other)
	require.Equal(t, scale{zero: 30, one: 15, minimise: true}, j.scale, "from the worst to the best run")
	require.False(t, judge(latency("c", agentOf("ga", "", math.NaN()))).known)
}

// A stated optimum has fewer digits than the runs: where random search finds it too, whoever finds it has 1, not 0.
func TestScaleOfAnOptimumThatRandomFinds(t *testing.T) {
	found := 38274.31200000001
	s := latency("a", agentOf("random", "", found, found, found), agentOf("ga", "", found, 38300))
	s.Optimum = new(38274.312)
	j := judge(s)
	require.True(t, j.scale.byOptimum)
	require.Equal(t, []float64{1, 1, 1}, j.scale.all(j.contenders[0].Runs, j.scored))
	require.Equal(t, []float64{1, 0}, j.scale.all(j.contenders[1].Runs, j.scored))
}

func TestVerdictNamesTheWinnerAndWhatCannotBeTold(t *testing.T) {
	ga := []float64{10, 11, 12, 10, 11, 12, 10, 11}
	bo := []float64{11, 10, 12, 11, 10, 12, 11, 12}
	random := []float64{30, 31, 29, 33, 28, 30, 32, 27}
	s := latency("a", agentOf("random", "", random...), agentOf("ga", "", ga...), agentOf("bo", "", bo...))
	parts := []judged{judge(s)}
	list := standings(parts)
	require.Equal(t, []string{"ga", "bo", "random"}, []string{list[0].Label, list[1].Label, list[2].Label})
	// Scores (30 - v)/20 of ga: 1, 0.95, 0.9, …: two of eight are cut at each end, which leaves 1, 0.95, 0.95, 0.95.
	require.InDelta(t, 0.9625, list[0].IQM, 1e-12)
	require.True(t, math.IsNaN(list[0].P))
	require.InDelta(t, 1.0, list[2].Ahead, 1e-12, "every run of ga beats every random one")
	require.Less(t, list[2].P, 0.01)
	require.Greater(t, list[1].P, 0.5)
	// A random design has 40 on average; the median of ga is 11.
	require.InDelta(t, 0.725, list[0].Gain, 1e-12)
	// Half of the logarithm of the trials has gone by at trial 10.
	require.InDelta(t, stats.Mean([]float64{1, 0.95, 0.9, 1, 0.95, 0.9, 1, 0.95})/2, list[0].Area, 1e-12)
	require.Equal(t, []float64{1.5, 1.5, 3}, []float64{list[0].MeanRank, list[1].MeanRank, list[2].MeanRank}, "two medians are equal")

	words := verdict(parts, list)
	require.Len(t, words, 2)
	require.Regexp(t, `^ga is ahead of 2 other agents over 1 scenario and 8 runs: interquartile mean 0\.96[23], 95 % interval \[0\.9\d*, 1\], where 0 is the median random run and 1 the optimum\.$`, words[0])
	require.Equal(t, "Significantly worse (rank tests at 5 % with Holm's correction): random (beaten with probability 1). Not to be told from it: bo.", words[1])
}

func TestTheScaleIsSaidInWords(t *testing.T) {
	known := judge(latency("a", agentOf("random", "", 20, 30), agentOf("ga", "", 10, 15)))
	s := latency("b", agentOf("hill", "", 25, 30), agentOf("ga", "", 20, 15))
	s.Optimum = nil
	open := judge(s)
	require.Equal(t, []string{"the optimum", "the best run of all", "the best run of all, or the optimum where it is stated"},
		[]string{oneWords([]judged{known}), oneWords([]judged{open}), oneWords([]judged{known, open})})
	require.Equal(t, []string{"the median random run", "the worst run or the median random one"}, []string{zeroWords([]judged{known}), zeroWords([]judged{known, open})})
}

func TestVerdictOfTooFewSeeds(t *testing.T) {
	parts := []judged{judge(latency("a", agentOf("ga", "", 11, 12), agentOf("bo", "", 12, 13)))}
	require.Contains(t, verdict(parts, standings(parts))[1], "No other agent is significantly worse")
	require.Nil(t, verdict(nil, nil))
	alone := []judged{judge(latency("a", agentOf("ga", "", 11, 12)))}
	require.Nil(t, standings(alone), "one agent is compared with nobody")
}

// Over scenarios an agent must have run in all of them, and its runs are paired by scenario and repeat.
func TestStandingsOverScenarios(t *testing.T) {
	a := latency("a", agentOf("ga", "", 10, 12, 11), agentOf("bo", "", 20, 21, 22), agentOf("hill", "", 10, 10, 10))
	b := latency("b", agentOf("ga", "", 13, 11, 12), agentOf("bo", "", 14, 15, 19))
	parts := []judged{judge(a), judge(b)}
	list := standings(parts)
	require.Len(t, list, 2, "hill has no runs in b")
	require.Equal(t, "ga", list[0].Label)
	x, y := paired("ga", "bo", parts)
	require.Len(t, x, 6)
	require.Len(t, y, 6)
	// All of the 2^6 signs positive, two-sided; one comparison needs no correction.
	require.InDelta(t, 2.0/64, list[1].P, 1e-12)
}

func TestLotteryOfSettings(t *testing.T) {
	s := latency("a",
		agentOf("random", "", 30), agentOf("ga", " 1", 10, 12, 14), agentOf("ga", " 2", 20, math.NaN(), 24), agentOf("ga", " 3", math.NaN(), math.NaN(), 11),
	)
	j := judge(s)
	require.Len(t, j.contenders, 2)
	rows := lotteries(s, j.contenders, j.scored)
	require.Len(t, rows, 2)
	// Medians 12, 24 and none; spec reached by 1, 2/3 and 1/3 of the runs.
	require.Equal(t, 12.0, rows[1].Best)
	require.Equal(t, 24.0, rows[1].Lottery.Median)
	require.True(t, math.IsInf(rows[1].Worst, 1))
	require.InDelta(t, 2.0/3, rows[1].Chances[0], 1e-12)
	view := newLotteryView(rows, s.goals(j.contenders, j.scored))
	require.Equal(t, []string{"the spec", "the optimum"}, view.Goals)
	require.Equal(t, []string{"ga", "3", "9", "12", "18", "24", "none", "none", "66.7 %", "11.1 %"}, view.Rows[1], "one run of nine has 10, the optimum")

	s.Constraints = nil
	optimum := s.goals(j.contenders, j.scored)
	require.Len(t, optimum, 1)
	require.Equal(t, "the optimum", optimum[0].Name)
	require.True(t, optimum[0].reached(ended(0, 10)))
	require.False(t, optimum[0].reached(ended(0, 10.1)))
	s.Optimum = nil
	near := s.goals(j.contenders, s.measure())[0]
	require.Equal(t, "the best ± 1 %", near.Name)
	require.True(t, near.reached(ended(0, 10.1)))
	require.False(t, near.reached(ended(0, 10.2)))
	require.Nil(t, lotteries(s, judge(latency("b", agentOf("ga", "", 1))).contenders, j.scored))
}

// The median random run has 50 and the optimum is 10: the scores of ga's settings are 1, 0.5 and 0.25, those of bo's 1 and 0.75.
func TestVerdictOnTheLottery(t *testing.T) {
	s := latency("a",
		agentOf("random", "", 50, 50), agentOf("ga", " 1", 10, 10), agentOf("ga", " 2", 30, 30), agentOf("ga", " 3", 40, 40),
		agentOf("bo", " 1", 10, 10), agentOf("bo", " 2", 20, 20),
	)
	parts := []judged{judge(s)}
	words := verdict(parts, standings(parts))
	require.Equal(t, "The lottery of settings: the best setting of each of the 2 agents that have several scores 1, the median one 0.5 to 0.88, the worst 0.25 to 0.75. "+
		"From the best to the worst the settings of an agent are 0.5 apart on average, those of ga 0.75; the agents, each with its median setting, 0.38: the choice of the settings matters more than that of the agent. "+
		"A run of a setting picked at random reaches the optimum with a chance from 33.3 % (ga) to 50 % (bo).", words[len(words)-1])

	parts = []judged{judge(latency("a", agentOf("random", "", 50, 50), agentOf("ga", " 1", 10, 10), agentOf("ga", " 2", 30, 30)))}
	words = verdict(parts, standings(parts))
	require.Equal(t, "The lottery of settings: the best setting of the only agent that has several scores 1, the median one 0.75, the worst 0.5. "+
		"A run of a setting picked at random reaches the optimum with a chance of 50 %.", words[len(words)-1])
}

func TestLotteryOverAllScenarios(t *testing.T) {
	agents := func(ga, bo float64) []AgentRuns {
		return []AgentRuns{agentOf("random", "", 50, 50), agentOf("ga", " 1", 10, 10), agentOf("ga", " 2", ga, ga), agentOf("bo", "", bo, bo)}
	}
	parts := []judged{judge(latency("a", agents(30, 20)...)), judge(latency("b", agents(20, 10)...))}
	f := drawFigure(parts, standings(parts))
	values := map[string][]float64{}
	for _, s := range f.Series {
		values[s.Name] = s.X
	}
	// ga's second setting scores (50-30)/40 = 0.5 in a and 0.75 in b, bo's only one 0.75 and 1.
	require.Equal(t, map[string][]float64{"random": {0}, "ga": {1, 0.625}, "bo": {0.875}}, values)
	parts = []judged{judge(latency("a", agentOf("ga", "", 10, 12), agentOf("bo", "", 20, 22)))}
	require.Nil(t, drawFigure(parts, standings(parts)), "no agent has several settings")
}

func TestImportanceFindsTheHyperparameterThatMatters(t *testing.T) {
	var agents []AgentRuns
	for x, population := range []string{"8", "16", "32"} {
		for _, mutation := range []string{"0.1", "0.2", "0.3"} {
			a := agentOf("ga", population+mutation, float64(10+5*x))
			a.Options = []Pair{{Name: "mutation", Value: mutation}, {Name: "population", Value: population}, {Name: "start", Value: "lhs"}}
			agents = append(agents, a)
		}
	}
	s := latency("a", agents...)
	j := judge(s)
	f, err := importance("id", s, j.contenders, j.scored, j.scale)
	require.NoError(t, err)
	require.Equal(t, "ga: population", f.Y.Labels[len(f.Y.Labels)-1], "the most important one is on top")
	require.Greater(t, f.Series[0].X[0], 0.9)
	require.Len(t, f.Series, 3, "two that vary, and their pair")

	none, err := importance("id", s, judge(latency("b", agents[:3]...)).contenders, j.scored, j.scale)
	require.NoError(t, err)
	require.Nil(t, none, "three settings say too little")
}

func TestLevels(t *testing.T) {
	levels, numeric := levelsOf([]string{"16 PE", "8 PE", "128 PE", "8 PE"})
	require.Equal(t, []string{"8 PE", "16 PE", "128 PE"}, levels)
	require.True(t, numeric)
	levels, numeric = levelsOf([]string{"ws", "os", "8"})
	require.Equal(t, []string{"8", "os", "ws"}, levels)
	require.False(t, numeric)
}

func TestCoordinatesShowWhereTheBestDesignsDiffer(t *testing.T) {
	ga, bo := agentOf("ga", "", 12, 11), agentOf("bo", "", 10)
	ga.Runs[0].BestDesign = []Pair{{Name: "rows", Value: "8 PE"}, {Name: "clock", Value: "1 GHz"}, {Name: "mode", Value: "a"}, {Name: "banks", Value: "4"}}
	ga.Runs[1].BestDesign = []Pair{{Name: "rows", Value: "8 PE"}, {Name: "clock", Value: "1 GHz"}, {Name: "mode", Value: "b"}}
	bo.Runs[0].BestDesign = []Pair{{Name: "rows", Value: "16 PE"}, {Name: "clock", Value: "1 GHz"}}
	s := latency("a", ga, bo)
	j := judge(s)
	f := coordinates("id", s, j.contenders, j.scored)
	require.Equal(t, []string{"rows", "mode", "latency_ns"}, f.X.Labels, "all clocks are equal, and so are the banks where there are any")
	require.Equal(t, []float64{0, 1, 0.5}, f.Series[0].Y)
	require.Equal(t, []float64{0, 0, 1}, f.Series[1].Y)
	require.Equal(t, 1.0, f.Series[2].Y[0])
	require.True(t, math.IsNaN(f.Series[2].Y[1]), "an axis that does not apply")
	require.Equal(t, []string{"8 PE", "16 PE", "a", "b", "10", "12"}, f.Series[3].Labels)
}

func TestOnlySomeAgentsAreListedOfVeryMany(t *testing.T) {
	var agents []AgentRuns
	for i := range 100 {
		agents = append(agents, agentOf("ga", string(rune('a'+i%26))+string(rune('a'+i/26)), float64(200-i), float64(200-i)))
	}
	agents[0].Runs[0], agents[0].Runs[1] = ended(0, 11), ended(1, 900) // the best score, and a poor median
	s := latency("a", agents...)
	list, left := summarise(s, s.measure(), nil)
	require.Len(t, list, mostAgents)
	require.Equal(t, 40, left)
	require.Equal(t, 11.0, list[0].Best)
	require.Equal(t, 11.0, fewest(s.measure(), list)[9].Best)
	require.Len(t, fewest(s.measure(), list), 10)
}
