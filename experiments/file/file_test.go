package file

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// small is the shortest file that is right; tests append to it.
const small = `name = "small"
budget = 5
[[scenario]]
simulator = "toy"
[[agent]]
kind = "random"
`

func TestReadsACommand(t *testing.T) {
	f, err := Parse("some/where/x.toml", []byte(strings.Replace(small, `"toy"`, `{ command = ["python3", "my sim.py", ""] }
set = { network = "vit" }`, 1)))
	require.NoError(t, err)
	require.Equal(t, "some/where", f.Folder)
	require.Equal(t, []Scenario{{
		Name: "python3 my sim.py  network=vit", Command: []string{"python3", "my sim.py", ""}, Set: map[string]any{"network": "vit"},
	}}, f.Scenarios)
	require.Contains(t, string(f.Resolved()), `simulator = { command = ["python3", "my sim.py", ""] }`)
	requireRepeats(t, f)
}

func TestReadsAnAgentThatIsAProgram(t *testing.T) {
	f, err := Parse("x.toml", []byte(strings.Replace(small, `"random"`, `{ command = ["python3", "designer.py"] }
temperature = [0.5, 1]`, 1)))
	require.NoError(t, err)
	require.Equal(t, []Agent{{
		Name: "python3 designer.py", Command: []string{"python3", "designer.py"}, Options: []Option{{"temperature", []any{0.5, int64(1)}}},
	}}, f.Agents)
	require.Contains(t, string(f.Resolved()), `kind = { command = ["python3", "designer.py"] }`)
	requireRepeats(t, f)
}

func TestReadsEveryPartOfAFile(t *testing.T) {
	f, err := Read(filepath.Join("testdata", "lottery.toml"))
	require.NoError(t, err)
	require.Equal(t, "dram-lottery", f.Name)
	require.Equal(t, uint64(7), f.Seed)
	require.Equal(t, []int{10, 2000, 1, 1, 10}, []int{f.Repeats, f.Budget, f.Lag, f.Lanes, f.MaxFailed})
	require.Equal(t, 300.0, f.TimeoutS)
	optimum := -12.0
	require.Equal(t, []Scenario{{
		Name:      "dram channels=2,device=ddr3-1600-1gb-x8,workload=cloud-1",
		Simulator: "dram",
		Set:       map[string]any{"workload": "cloud-1", "device": "ddr3-1600-1gb-x8", "channels": int64(2)},
		Objective: map[string]any{"kind": "spec", "minimise": []any{"latency_ns"}, "at_most": map[string]any{"power_mw": int64(1000)}},
		Fix:       map[string][]string{"respqueue": {"fifo"}, "depth": {"64"}, "queue size": {"8", "16", "1e+06"}},
	}, {
		Name:      "quick",
		Simulator: "dram",
		Set:       map[string]any{"workload": "cloud-2", "refresh": true},
		Fidelity:  "fast",
		Objective: map[string]any{"kind": "weighted", "weights": map[string]any{"latency_ns": 0.5, "energy_pj": int64(1)}},
		Optimum:   &optimum,
		Published: []Published{{Name: "a paper, table 2", Metrics: map[string]float64{"latency_ns": 120, "power_mw": 3.5}}},
	}}, f.Scenarios)
	require.Equal(t, []Start{
		{Design: map[string]any{"page_policy": "open", "depth": int64(64)}},
		{Scenario: "quick", Design: map[string]any{"page_policy": "closed", "depth": 8.0}},
	}, f.Starts)
	require.Equal(t, []Agent{{
		Kind: "ga", Name: "ga", Options: []Option{
			{"population", []any{int64(8), int64(16), int64(32)}}, {"mutation", []any{0.01, 0.05}}, {"elitism", []any{true}},
		},
	}, {
		Kind: "mappo", Name: "mappo by part", Groups: "subsystem", Options: []Option{
			{"layers", []any{[]any{int64(64), int64(64)}, []any{int64(32)}}},
		},
	}}, f.Agents)
	require.Equal(t, int64(160), f.Studies(), "2 scenarios x (6 + 2) cells x 10 repeats")
}

func TestResolvedMatchesGolden(t *testing.T) {
	f, err := Read(filepath.Join("testdata", "lottery.toml"))
	require.NoError(t, err)
	golden := filepath.Join("testdata", "lottery.resolved.toml")
	if *update {
		require.NoError(t, os.WriteFile(golden, f.Resolved(), 0o644))
	}
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	require.Equal(t, string(want), string(f.Resolved()))
	require.Equal(t, "b64ed0f10ab8ba70c41396e0cbe7411968a93009503be703aa73354fe76eeda5", f.Hash())
}

func TestAbsentKeysTakeTheirDefaults(t *testing.T) {
	f, err := Parse("small.toml", []byte(small))
	require.NoError(t, err)
	f.lines, f.Source = nil, nil
	require.Equal(t, &File{
		Path: "small.toml", Folder: ".", Name: "small", Repeats: 1, Budget: 5, Lag: 1, Lanes: 1, MaxFailed: 10, TimeoutS: 300, EvaluationsPerTrial: 1,
		Scenarios: []Scenario{{Name: "toy", Simulator: "toy"}},
		Agents:    []Agent{{Kind: "random", Name: "random"}},
	}, f)
}

func TestCellsAreTheProductWithTheLastOptionFastest(t *testing.T) {
	f := File{Agents: []Agent{{Options: []Option{{"a", []any{int64(1), int64(2)}}, {"b", []any{"x"}}, {"c", []any{true, false}}}}, {Kind: "random"}}}
	require.Equal(t, []map[string]any{
		{"a": int64(1), "b": "x", "c": true},
		{"a": int64(1), "b": "x", "c": false},
		{"a": int64(2), "b": "x", "c": true},
		{"a": int64(2), "b": "x", "c": false},
	}, f.Cells(0))
	require.Equal(t, []map[string]any{{}}, f.Cells(1))
}

func TestHashIgnoresFormOnly(t *testing.T) {
	hash := func(text string) string {
		f, err := Parse("x.toml", []byte(text))
		require.NoError(t, err)
		return f.Hash()
	}
	with := small + "population = [8, 16]\nrate = 0.5\n"
	same := map[string]string{
		"comments and spaces": "# hello\n" + strings.ReplaceAll(with, " = ", "  =\t"),
		"line ends":           strings.ReplaceAll(with, "\n", "\r\n"),
		"spelled-out default": "lag = 1\n" + with,
		"order of keys":       strings.Replace(with, "name = \"small\"\nbudget = 5", "budget = 5\nname = 'small'", 1),
		"inline tables":       "name = \"small\"\nbudget = 5\nscenario = [{ simulator = \"toy\" }]\nagent = [{ kind = \"random\", population = [0x8, 16], rate = 5e-1 }]",
	}
	for name, text := range same {
		t.Run(name, func(t *testing.T) { require.Equal(t, hash(with), hash(text)) })
	}
	other := map[string]string{
		"another value":    strings.Replace(with, "budget = 5", "budget = 6", 1),
		"order of options": small + "rate = 0.5\npopulation = [8, 16]\n",
		"order of values":  strings.Replace(with, "8, 16", "16, 8", 1),
	}
	for name, text := range other {
		t.Run(name, func(t *testing.T) { require.NotEqual(t, hash(with), hash(text)) })
	}
}

func TestReadRefusesWhatIsNoSmallFile(t *testing.T) {
	folder := t.TempDir()
	_, err := Read(filepath.Join(folder, "absent.toml"))
	require.ErrorIs(t, err, os.ErrNotExist)
	_, err = Read(folder)
	require.ErrorContains(t, err, folder)

	big := filepath.Join(folder, "big.toml")
	text := append([]byte(small), bytes.Repeat([]byte("#"), MaxBytes-len(small))...)
	require.NoError(t, os.WriteFile(big, text, 0o644))
	_, err = Read(big)
	require.NoError(t, err, "exactly at the limit")
	require.NoError(t, os.WriteFile(big, append(text, '#'), 0o644))
	_, err = Read(big)
	require.EqualError(t, err, big+": larger than 1048576 bytes (1 MiB), the limit of an experiment file")
}

func TestSourceIsTheTextAsRead(t *testing.T) {
	text := []byte(small)
	f, err := Parse("small.toml", text)
	require.NoError(t, err)
	text[0] = 'X'
	require.Equal(t, small, string(f.Source))
}
