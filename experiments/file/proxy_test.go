package file

import (
	"testing"

	"github.com/stretchr/testify/require"
)

const collecting = "name = \"x\"\nbudget = 1\n[[scenario]]\nsimulator = \"dram\"\n[[agent]]\nkind = \"random\"\n"

func TestProxySection(t *testing.T) {
	f, err := Parse("x.toml", []byte(collecting+`[proxy]
metrics    = ["time_ns", "power_mw"]
train_rows = [20_000, 250_000]
splits     = 5
agent      = "ga"
bars       = { rmse_frac = 0.0061, faster = 2000 }
`))
	require.NoError(t, err)
	want := &Proxy{
		Metrics: []string{"time_ns", "power_mw"}, TrainRows: []int64{20_000, 250_000}, Splits: 5, TestFrac: 0.2, Agent: "ga", Trials: 1000, Verify: 50, Repeats: 1,
		Bars: map[string]float64{"rmse_frac": 0.0061, "faster": 2000},
	}
	require.Equal(t, want, f.Proxy)
	again, err := Parse("x.toml", f.Resolved())
	require.NoError(t, err)
	require.Equal(t, want, again.Proxy)
	require.Equal(t, f.Hash(), again.Hash())
}

func TestProxyMistakes(t *testing.T) {
	tests := []struct{ section, want string }{
		{"", `x.toml:7: proxy: key "metrics" is required`},
		{"metrics = 3", "x.toml:8: proxy.metrics: 3 is not a list with at least one value"},
		{"metrics = [3]", "x.toml:8: proxy.metrics: 3 is not the key of a metric"},
		{"metrics = [\"a\"]\ntrain_rows = [0]", "x.toml:9: proxy.train_rows: 0 is not a number of rows"},
		{"metrics = [\"a\"]\ntest_frac = 1.0", "x.toml:9: proxy.test_frac: 1.0 is not between 0 and 1"},
		{"metrics = [\"a\"]\nbars = { rmse = 1 }", `unknown key "rmse"`},
		{"metrics = [\"a\"]\njudge = 50", "x.toml:9: proxy.judge: there is nothing to judge"},
		{"metrics = [\"a\"]\nshots = [-1]", "x.toml:9: proxy.shots: -1 is not a number of designs"},
		{"metrics = [\"a\"]\nshots = [10]", "x.toml:9: proxy.shots: a scenario that is new needs others"},
		{"metrics = [\"a\"]\n[[proxy.source]]\nname = \"one\"", `key "agents" is required`},
		{"metrics = [\"a\"]\n[[proxy.source]]\nname = \"one\"\nagents = [\"gaa\"]", `unknown agent of the file "gaa"`},
		{"metrics = [\"a\"]\nagent = \"ga\"\n[[proxy.source]]\nname = \"one\"\nagents = [\"random\"]", "x.toml:9: proxy.agent: sources are judged by designs"},
	}
	for _, test := range tests {
		_, err := Parse("x.toml", []byte(collecting+"[proxy]\n"+test.section))
		require.ErrorContains(t, err, test.want)
	}
}

func TestProxySources(t *testing.T) {
	f, err := Parse("x.toml", []byte(collecting+"[proxy]\nmetrics = [\"a\"]\n[[proxy.source]]\nname = \"one\"\nagents = [\"random\"]\n"))
	require.NoError(t, err)
	require.Equal(t, []ProxySource{{"one", []string{"random"}}}, f.Proxy.Sources)
	require.Equal(t, DefaultJudge, f.Proxy.Judge)
	again, err := Parse("x.toml", f.Resolved())
	require.NoError(t, err)
	require.Equal(t, f.Proxy, again.Proxy)
	require.Equal(t, f.Hash(), again.Hash())
}
