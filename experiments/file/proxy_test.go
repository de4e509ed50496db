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
	}
	for _, test := range tests {
		_, err := Parse("x.toml", []byte(collecting+"[proxy]\n"+test.section))
		require.ErrorContains(t, err, test.want)
	}
}
