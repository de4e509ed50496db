package simulators_test

import (
	"errors"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators"
)

func declared() []simulators.Setting {
	return []simulators.Setting{
		{Name: "network", Default: "resnet18", Allowed: []string{"resnet18", "alexnet"}},
		{Name: "note", Default: ""},
		{Name: "batch", Default: 1, Min: 1, Max: 64},
		{Name: "offset", Default: 0},
		{Name: "voltage", Unit: "V", Default: 0.9, Min: 0.5, Max: 1.2},
		{Name: "factor", Default: 1.5},
		{Name: "exact", Default: true},
	}
}

func TestSettingsTakeDefaults(t *testing.T) {
	s, err := simulators.NewSettings(declared(), nil)
	require.NoError(t, err)
	require.Equal(t, "resnet18", s.String("network"))
	require.Equal(t, 1, s.Int("batch"))
	require.Equal(t, 0.9, s.Float("voltage"))
	require.True(t, s.Bool("exact"))
	require.Equal(t, map[string]any{"network": "resnet18", "note": "", "batch": 1, "offset": 0, "voltage": 0.9, "factor": 1.5, "exact": true}, s.Map())
}

func TestSettingsTakeWhatDecodersGive(t *testing.T) {
	s, err := simulators.NewSettings(declared(), map[string]any{
		"network": "alexnet", "note": "x", "batch": int64(64), "offset": -3.0, "voltage": 1, "factor": int64(2), "exact": false,
	})
	require.NoError(t, err)
	require.Equal(t, map[string]any{"network": "alexnet", "note": "x", "batch": 64, "offset": -3, "voltage": 1.0, "factor": 2.0, "exact": false}, s.Map())
}

func TestSettingsRefuse(t *testing.T) {
	tests := []struct {
		name    string
		setting string
		value   any
		want    string
	}{
		{"number for text", "note", 1, `setting "note": 1 is not a string`},
		{"nothing for text", "note", nil, `setting "note": <nil> is not a string`},
		{"number for one of", "network", 1.5, `setting "network": 1.5 is not one of resnet18, alexnet`},
		{"text not allowed", "network", "resnet8", `unknown value of setting network "resnet8", did you mean "resnet18"? (known: resnet18, alexnet)`},
		{"text for truth", "exact", "true", `setting "exact": "true" is not true or false`},
		{"number for truth", "exact", 1, `setting "exact": 1 is not true or false`},
		{"text for integer", "batch", "8", `setting "batch": "8" is not an integer in [1, 64]`},
		{"truth for integer", "offset", true, `setting "offset": true is not an integer`},
		{"list for integer", "offset", []any{1}, `setting "offset": [1] is not an integer`},
		{"fraction for integer", "offset", 1.5, `setting "offset": 1.5 is not an integer`},
		{"infinite integer", "offset", math.Inf(1), `setting "offset": +Inf is not an integer`},
		{"integer beyond 2^53", "offset", int64(1<<53 + 1), `setting "offset": 9007199254740993 is not an integer`},
		{"integer below range", "batch", 0, `setting "batch": 0 is not an integer in [1, 64]`},
		{"integer above range", "batch", int64(65), `setting "batch": 65 is not an integer in [1, 64]`},
		{"text for number", "factor", "2", `setting "factor": "2" is not a number`},
		{"not a number", "factor", math.NaN(), `setting "factor": NaN is not a number`},
		{"number below range", "voltage", 0.49, `setting "voltage": 0.49 is not a number in [0.5, 1.2]`},
		{"number above range", "voltage", 2, `setting "voltage": 2 is not a number in [0.5, 1.2]`},
		{"unknown name", "voltag", 1, `unknown setting "voltag", did you mean "voltage"? (known: network, note, batch, offset, voltage, factor, exact)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := simulators.NewSettings(declared(), map[string]any{test.setting: test.value})
			require.EqualError(t, err, test.want)
		})
	}
	for range 20 { // whatever the map's order
		_, err := simulators.NewSettings(declared(), map[string]any{"zzz": 1, "batch": 0, "yyy": 1, "exact": 1})
		require.EqualError(t, err, `setting "batch": 0 is not an integer in [1, 64]
setting "exact": 1 is not true or false
unknown setting "yyy" (known: network, note, batch, offset, voltage, factor, exact)
unknown setting "zzz" (known: network, note, batch, offset, voltage, factor, exact)`)
	}
}

func TestSettingsTakeBothEndsOfTheirRange(t *testing.T) {
	for _, v := range []any{1, 64, 1.0, int64(64)} {
		_, err := simulators.NewSettings(declared(), map[string]any{"batch": v})
		require.NoError(t, err)
	}
}

func TestGettersPanicOnProgrammerErrors(t *testing.T) {
	s, err := simulators.NewSettings(declared(), nil)
	require.NoError(t, err)
	require.PanicsWithValue(t, `simulators: setting "batches" is not declared`, func() { s.Int("batches") })
	require.Panics(t, func() { s.Int("voltage") })
}

func TestFactoryOpen(t *testing.T) {
	f := simulators.Factory{
		Name:     "toy",
		Settings: declared(),
		New: func(s simulators.Settings) (simulators.Instance, error) {
			if s.Int("batch") == 13 {
				return simulators.Instance{}, errors.New("13 is bad luck")
			}
			m := hardware()
			m.Base.scale = s.Float("factor")
			built, err := m.Build()
			return simulators.Instance{Simulator: built}, err
		},
	}
	in, settings, err := f.Open(map[string]any{"factor": 2})
	require.NoError(t, err)
	require.Equal(t, "toy/array", in.Simulator.Spec().Name)
	require.Equal(t, 2.0, settings.Map()["factor"])
	_, _, err = f.Open(map[string]any{"factr": 2})
	require.ErrorContains(t, err, `toy: unknown setting "factr", did you mean "factor"?`)
	_, _, err = f.Open(map[string]any{"batch": 13})
	require.EqualError(t, err, "toy: 13 is bad luck")
}
