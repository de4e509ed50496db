package file

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func parsed(t *testing.T, text string) *File {
	t.Helper()
	f, err := Parse("x.toml", []byte("name = \"a\"\n"+text))
	require.NoError(t, err)
	return f
}

const toyScenario = "[[scenario]]\nsimulator = \"toy\"\n"

func TestRandomSettingsAreDifferentAndFollowFromTheSeed(t *testing.T) {
	text := "budget = 5\nseed = %d\n" + toyScenario + "[[agent]]\nkind = \"ga\"\npopulation = [2, 4, 8]\nmutation = { low = 0.001, high = 0.1, log = true }\nsearch = { kind = \"random\", settings = 12 }\n"
	cells := parsed(t, fmt.Sprintf(text, 1)).Cells(0)
	require.Len(t, cells, 12)
	seen := map[string]bool{}
	for _, c := range cells {
		seen[valueText(c)] = true
		require.Contains(t, []any{int64(2), int64(4), int64(8)}, c["population"])
		require.True(t, c["mutation"].(float64) >= 0.001 && c["mutation"].(float64) <= 0.1)
	}
	require.Len(t, seen, 12)
	require.Equal(t, cells, parsed(t, fmt.Sprintf(text, 1)).Cells(0))
	require.NotEqual(t, cells, parsed(t, fmt.Sprintf(text, 2)).Cells(0))
}

// Of twelve settings each third of the numbers, and each of three values, has four.
func TestLatinSettingsAreSpreadAlongEveryOption(t *testing.T) {
	f := parsed(t, "budget = 5\n"+toyScenario+"[[agent]]\nkind = \"ga\"\na = [\"x\", \"y\", \"z\"]\nb = { low = 0.0, high = 3.0 }\nsearch = { kind = \"latin\", settings = 12 }\n")
	values, thirds := map[any]int{}, map[int]int{}
	for _, c := range f.Cells(0) {
		values[c["a"]]++
		thirds[int(min(c["b"].(float64), 2.999))]++
	}
	require.Equal(t, map[any]int{"x": 4, "y": 4, "z": 4}, values)
	require.Equal(t, map[int]int{0: 4, 1: 4, 2: 4}, thirds)
}

func TestWholeRangesReachBothEnds(t *testing.T) {
	for _, log := range []bool{false, true} {
		seen := map[any]bool{}
		for i := range 1000 {
			seen[Range{Low: 1, High: 4, Log: log, Whole: true}.at(float64(i)/1000)] = true
		}
		require.Equal(t, map[any]bool{int64(1): true, int64(2): true, int64(3): true, int64(4): true}, seen)
	}
}

func TestRungs(t *testing.T) {
	f := parsed(t, "budget = 1000\n"+toyScenario+"[[agent]]\nkind = \"ga\"\na = [1, 2, 3, 4, 5, 6, 7, 8, 9]\nsearch = { kind = \"halving\", trials = 100 }\n"+
		"[[agent]]\nkind = \"bo\"\n")
	require.Equal(t, []Bracket{{0, 9, []int{100, 300, 900, 1000}}}, f.Brackets(0))
	require.Nil(t, f.Brackets(1))
	require.Equal(t, 3, f.Agents[0].Search.Keep(9))
	require.Equal(t, 1, f.Agents[0].Search.Keep(2))
}

// Table 1 of Li et al. 2018: R = 81, eta = 3 gives 81, 34, 15, 8 and 5 settings that begin with 1, 3, 9, 27 and 81.
func TestHyperbandHasThePublishedBrackets(t *testing.T) {
	f := parsed(t, "budget = 81\n"+toyScenario+"[[agent]]\nkind = \"ga\"\na = { low = 0.0, high = 1.0 }\nsearch = { kind = \"hyperband\", trials = 1 }\n")
	require.Equal(t, []Bracket{
		{0, 81, []int{1, 3, 9, 27, 81}}, {81, 34, []int{3, 9, 27, 81}}, {115, 15, []int{9, 27, 81}}, {130, 8, []int{27, 81}}, {138, 5, []int{81}},
	}, f.Brackets(0))
	require.Len(t, f.Cells(0), 143)
	require.Equal(t, int64(143), f.Studies())
}

func TestBracketsCoverTheCellsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		budget, first := rapid.IntRange(10, 500).Draw(t, "budget"), rapid.IntRange(1, 9).Draw(t, "first")
		f, err := Parse("x.toml", fmt.Appendf(nil, "name = \"a\"\nbudget = %d\n%s[[agent]]\nkind = \"ga\"\na = { low = 0, high = 20 }\nsearch = { kind = \"hyperband\", eta = %d, trials = %d }\n",
			budget, toyScenario, rapid.IntRange(2, 5).Draw(t, "eta"), first))
		require.NoError(t, err)
		next := 0
		for _, b := range f.Brackets(0) {
			require.Equal(t, next, b.First)
			require.Positive(t, b.Count)
			next += b.Count
			require.GreaterOrEqual(t, b.Rungs[0], first)
			require.Equal(t, budget, b.Rungs[len(b.Rungs)-1])
			require.IsIncreasing(t, append([]int{0}, b.Rungs...))
		}
		require.Equal(t, len(f.Cells(0)), next, "a range of 21 values may have fewer settings than were wanted")
	})
}

func TestFiltersKeepAndDropStudies(t *testing.T) {
	f := parsed(t, "budget = 5\nrepeats = 2\n"+toyScenario+"[[scenario]]\nname = \"other\"\nsimulator = \"toy\"\n"+
		"[[agent]]\nkind = \"ga\"\npopulation = [2, 4, 8]\n[[agent]]\nkind = \"random\"\n"+
		"[[include]]\nscenario = \"toy\"\n[[include]]\nagent = [\"random\"]\n[[exclude]]\nagent = \"ga\"\nwhere = { population = [2.0, 4] }\n")
	kept := map[string]bool{}
	for i, s := range f.Scenarios {
		for j, a := range f.Agents {
			for _, cell := range f.Cells(j) {
				if f.Keeps(i, j, cell) {
					kept[fmt.Sprint(s.Name, " ", a.Name, " ", cell["population"])] = true
				}
			}
		}
	}
	require.Equal(t, map[string]bool{"toy ga 8": true, "toy random <nil>": true, "other random <nil>": true}, kept)
	require.Equal(t, int64(6), f.Studies())
}

func TestPresetsAreOptionsThatAnAgentMayOverride(t *testing.T) {
	f := parsed(t, "budget = 5\n[preset.small]\npopulation = [2, 4]\nmutation = 0.1\n"+toyScenario+"[[agent]]\nkind = \"ga\"\npreset = \"small\"\nmutation = 0.2\n")
	require.ElementsMatch(t, []Option{{"mutation", []any{0.2}}, {"population", []any{int64(2), int64(4)}}}, f.Agents[0].Options)
	require.Equal(t, "ga", f.Agents[0].Name)
}

func TestSweepTrialsLowerTheBudgetOfEveryStudy(t *testing.T) {
	text := "budget = 100\nrepeats = 3\nlimits = { sweep_trials = %d }\n" + toyScenario + "[[agent]]\nkind = \"ga\"\na = [1, 2]\n"
	low := parsed(t, fmt.Sprintf(text, 50))
	require.Equal(t, 8, low.Budget)
	require.Equal(t, "limits.sweep_trials = 50 lowers the budget of each study from 100 trials to 8", low.Lowered())
	require.Empty(t, parsed(t, fmt.Sprintf(text, 5000)).Lowered())
	require.Equal(t, 100, parsed(t, fmt.Sprintf(text, 5000)).Budget)
}
