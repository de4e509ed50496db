package file

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestResolvedRepeatsAnyFile draws files by hand, not from text, so that every legal value reaches the writer.
func TestResolvedRepeatsAnyFile(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := &File{
			Path:      "x.toml",
			Folder:    ".",
			Name:      rapid.StringMatching(`[A-Za-z0-9][A-Za-z0-9._-]{0,20}`).Draw(t, "name"),
			Seed:      rapid.Uint64Max(1<<63-1).Draw(t, "seed"),
			Repeats:   rapid.IntRange(1, 100).Draw(t, "repeats"),
			Budget:    rapid.IntRange(5, 1_000_000_000).Draw(t, "budget"),
			Lag:       rapid.IntRange(1, 10_000).Draw(t, "lag"),
			Lanes:     rapid.IntRange(1, 10_000).Draw(t, "lanes"),
			MaxFailed: rapid.IntRange(0, 1_000_000_000).Draw(t, "max failed"),
			TimeoutS:  rapid.Float64Range(1e-9, 604800).Draw(t, "timeout"),

			EvaluationsPerTrial:   rapid.IntRange(1, 1000).Draw(t, "evaluations"),
			SavePolicies:          rapid.Bool().Draw(t, "save policies"),
			DistributeEvaluations: rapid.Bool().Draw(t, "distribute evaluations"),

			StopOnSpec: rapid.Bool().Draw(t, "stop on spec"),
			Limits: Limits{
				StudyS: rapid.SampledFrom([]float64{0, 0.5, 600}).Draw(t, "study limit"), SweepS: rapid.SampledFrom([]float64{0, 3600}).Draw(t, "sweep limit"),
				SweepTrials: rapid.SampledFrom([]int{0, 1 << 52}).Draw(t, "trials limit"),
			},
		}
		for i := range rapid.IntRange(1, 3).Draw(t, "scenarios") {
			command := commands().Draw(t, "command")
			simulator := ""
			if command == nil {
				simulator = text().Draw(t, "simulator")
			}
			f.Scenarios = append(f.Scenarios, Scenario{
				Name:      fmt.Sprintf("%d: a \"name\" \\ é", i),
				Simulator: simulator,
				Command:   command,
				Fidelity:  rapid.SampledFrom([]string{"", "fast"}).Draw(t, "fidelity"),
				Set:       scalarTable(0).Draw(t, "set"),
				Objective: rapid.SampledFrom([]map[string]any{nil, {"a b": []any{map[string]any{}, []any{true}}}}).Draw(t, "objective"),
				Fix:       levels().Draw(t, "fix"),
			})
		}
		for range rapid.IntRange(0, 2).Draw(t, "starts") {
			name := rapid.SampledFrom([]string{"", f.Scenarios[0].Name}).Draw(t, "start scenario")
			f.Starts = append(f.Starts, Start{name, scalarTable(1).Draw(t, "design")})
		}
		for range rapid.IntRange(0, 2).Draw(t, "warm starts") {
			name := rapid.SampledFrom([]string{"", f.Scenarios[0].Name}).Draw(t, "warm start scenario")
			source := rapid.SampledFrom([]string{"", "other"}).Draw(t, "source")
			f.WarmStarts = append(f.WarmStarts, WarmStart{Scenario: name, From: text().Draw(t, "from"), Source: source})
		}
		for i := range rapid.IntRange(1, 2).Draw(t, "agents") {
			f.Agents = append(f.Agents, Agent{
				Kind: text().Draw(t, "kind"), Name: fmt.Sprint("agent ", i),
				Groups: rapid.SampledFrom([]string{"", "subsystem"}).Draw(t, "groups"), Options: options().Draw(t, "options"),
			})
		}
		if rapid.Bool().Draw(t, "sampled") {
			a := &f.Agents[0]
			a.Options = append(a.Options, Option{"a range", []any{rapid.SampledFrom([]Range{{0.5, 2, true, false}, {-3, 8, false, true}}).Draw(t, "range")}})
			a.Search = rapid.SampledFrom([]Search{{Kind: Random, Settings: 2}, {Kind: Latin, Settings: 3}, {Halving, 9, 3, 2}, {Hyperband, 0, 2, 4}, {ASHA, 5, 4, 1}}).Draw(t, "search")
			f.Budget = min(f.Budget, 1000)
		}
		if rapid.Bool().Draw(t, "filtered") {
			f.Excludes = []Filter{{Scenarios: []string{f.Scenarios[0].Name}, Agents: []string{"agent 0"}}}
			f.Includes = []Filter{{Agents: []string{"agent 0", f.Agents[len(f.Agents)-1].Name}}, {Scenarios: []string{f.Scenarios[0].Name}}}
			f.Scenarios = append(f.Scenarios, Scenario{Name: "kept", Simulator: "s"})
		}
		requireRepeats(t, f)
	})
}

// text is any string that is not empty.
func text() *rapid.Generator[string] {
	return rapid.StringN(1, 12, 40).Filter(func(s string) bool { return s != "" })
}

// commands is the words of a command, or nil.
func commands() *rapid.Generator[[]string] {
	word := text().Filter(func(s string) bool { return !strings.ContainsRune(s, 0) })
	return rapid.OneOf(rapid.Just[[]string](nil), rapid.SliceOfN(word, 1, 4))
}

func scalar() *rapid.Generator[any] {
	return rapid.OneOf(
		rapid.String().AsAny(), rapid.Bool().AsAny(), rapid.Int64().AsAny(), rapid.Float64().AsAny(),
		rapid.SampledFrom([]float64{0, 1e21, 1e-300, -2}).AsAny(),
	)
}

func scalarTable(least int) *rapid.Generator[map[string]any] {
	return rapid.Map(rapid.MapOfN(text(), scalar(), least, 3), func(m map[string]any) map[string]any {
		if len(m) == 0 {
			return nil
		}
		return m
	})
}

func levels() *rapid.Generator[map[string][]string] {
	axis := rapid.OneOf(text(), rapid.Just("levels"))
	return rapid.Map(rapid.MapOfN(axis, rapid.SliceOfNDistinct(rapid.String(), 1, 3, rapid.ID), 0, 3), func(m map[string][]string) map[string][]string {
		if len(m) == 0 {
			return nil
		}
		return m
	})
}

func options() *rapid.Generator[[]Option] {
	value := rapid.OneOf(scalar(), rapid.SliceOfN(scalar(), 1, 3).AsAny())
	option := rapid.Custom(func(t *rapid.T) Option {
		return Option{"option " + text().Draw(t, "name"), rapid.SliceOfNDistinct(value, 1, 3, sameText).Draw(t, "values")}
	})
	return rapid.Map(rapid.SliceOfNDistinct(option, 0, 3, func(o Option) string { return o.Name }), func(o []Option) []Option {
		if len(o) == 0 {
			return nil
		}
		return o
	})
}

func TestNumbersAsLevels(t *testing.T) {
	for want, v := range map[string]any{"64": int64(64), "0.5": 0.5, "8": 8.0, "1e+06": 1e6, "true": true, "fifo": "fifo", "-3": int64(-3)} {
		require.Equal(t, want, levelText(v))
	}
}
