package trained

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

func axes(t require.TestingT, params ...space.Param) space.Space {
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

// specs are two agents: one of three axes, one that sees a channel.
func specs(t require.TestingT) []env.AgentSpec {
	return []env.AgentSpec{
		{ID: "array", Actions: axes(t,
			space.Param{Name: "rows", Unit: "PE", Kind: space.Ordinal, Values: []float64{4, 8}},
			space.Param{Name: "mode", Kind: space.Nominal, Labels: []string{"flat", "deep"}},
			space.Param{Name: "stages", Kind: space.Ordinal, Values: []float64{1, 2}, When: []space.Cond{{Param: "mode", In: []string{"deep"}}}},
		)},
		{ID: "memory", Actions: axes(t, space.Param{Name: "loops", Kind: space.Permutation, Labels: []string{"m", "n"}}),
			Obs: []env.Channel{{Name: "load", Unit: "W", High: 1}}},
	}
}

func policy(t require.TestingT) *Policy {
	return &Policy{
		Kind: "ppo", Options: map[string]json.RawMessage{"width": json.RawMessage("8"), "form": json.RawMessage(`"factorised"`)}, Mode: "acts step by step",
		Agents: AgentsOf(specs(t)), State: []string{"episode"}, Parameters: []byte{1, 2, 3},
		Origin: Origin{Experiment: "lottery", Scenario: "small", Simulator: "toy", Version: "1", Label: "ppo width=8", Repeat: 2, Seed: 1 << 63, Trials: 40},
	}
}

func TestFilesRoundTrip(t *testing.T) {
	p := policy(t)
	text, err := p.Bytes()
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "x.policy")
	require.NoError(t, os.WriteFile(path, text, 0o644))
	got, err := Read(path)
	require.NoError(t, err)
	require.Equal(t, p, got)
	again, err := got.Bytes()
	require.NoError(t, err)
	require.Equal(t, text, again, "equal policies give equal bytes")
	require.Equal(t, "ppo, trained by experiment lottery on small (repeat 2, 40 trials)", got.String())
	one, err := p.Hash()
	require.NoError(t, err)
	p.Parameters = []byte{1, 2, 4}
	other, err := p.Hash()
	require.NoError(t, err)
	require.NotEqual(t, one, other)
	require.Len(t, one, 64)
}

func TestDamagedFilesAreErrors(t *testing.T) {
	text, err := policy(t).Bytes()
	require.NoError(t, err)
	for n := range len(text) {
		_, err := Parse(text[:n])
		require.ErrorAs(t, err, new(*Error), "cut off at %d of %d bytes", n, len(text))
		damaged := append([]byte(nil), text...)
		damaged[n] ^= 0x40
		_, err = Parse(damaged)
		require.ErrorAs(t, err, new(*Error), "byte %d changed", n)
	}
	_, err = Parse(text[:len(text)-1])
	require.EqualError(t, err, "not a whole policy file: its checksum is wrong: it is cut short or damaged")
	_, err = Parse([]byte("PAR1"))
	require.EqualError(t, err, `not a whole policy file: it does not begin with "codesign policy 1\n"`)
	_, err = Read(t.TempDir())
	require.ErrorContains(t, err, "it is no regular file")
}

func TestDifferencesAreNamed(t *testing.T) {
	p := policy(t)
	require.NoError(t, p.Fits(specs(t)))
	for name, c := range map[string]struct {
		change func(s []env.AgentSpec) []env.AgentSpec
		want   string
	}{
		"agents": {func(s []env.AgentSpec) []env.AgentSpec { return s[:1] }, "it is of 2 agents, here are 1"},
		"id":     {func(s []env.AgentSpec) []env.AgentSpec { s[1].ID = "dram"; return s }, `it is of an agent "memory", here is "dram" in its place`},
		"channels": {func(s []env.AgentSpec) []env.AgentSpec { s[1].Obs = nil; return s },
			`agent "memory": it learned to see [load W], here it sees none`},
		"axes": {func(s []env.AgentSpec) []env.AgentSpec { s[0].Actions = s[1].Actions; return s },
			`agent "array": it acts on the axes [rows; mode; stages], here are [loops]`},
		"levels and conditions": {func(s []env.AgentSpec) []env.AgentSpec {
			s[0].Actions = axes(t,
				space.Param{Name: "rows", Unit: "PE", Kind: space.Ordinal, Values: []float64{4, 8, 16}},
				space.Param{Name: "mode", Kind: space.Nominal, Labels: []string{"flat", "deep"}},
				space.Param{Name: "stages", Kind: space.Ordinal, Values: []float64{1, 2}})
			return s
		}, `agent "array": axis "rows" is ordinal [4 8] PE, here it is ordinal [4 8 16] PE
agent "array": axis "stages" is active when [mode: deep], here when none`},
		"permuted": {func(s []env.AgentSpec) []env.AgentSpec {
			s[1].Actions = axes(t, space.Param{Name: "loops", Kind: space.Permutation, Labels: []string{"n", "m"}})
			return s
		}, `agent "memory": axis "loops" is permutation [m n], here it is permutation [n m]`},
	} {
		t.Run(name, func(t *testing.T) { require.EqualError(t, p.Fits(c.change(specs(t))), c.want) })
	}
}

func FuzzParse(f *testing.F) {
	text, err := policy(f).Bytes()
	require.NoError(f, err)
	f.Add(text)
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := Parse(b)
		if err != nil {
			require.ErrorAs(t, err, new(*Error))
			return
		}
		_, err = p.Bytes()
		require.NoError(t, err)
	})
}
