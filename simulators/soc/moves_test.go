package soc

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/envtest"
)

func maker(t testing.TB, given map[string]any) env.Maker {
	m, _, err := Moves().Open(given)
	require.NoError(t, err)
	return m
}

func TestMovesConform(t *testing.T) {
	for name, given := range map[string]map[string]any{
		"one agent":    {"workload": "edge_detection", "profile": "reference", "horizon": 12},
		"four agents":  {"workload": "hpvm_cava", "groups": "subsystem", "horizon": 12},
		"random start": {"workload": "hpvm_cava", "profile": "reference", "start": "random", "horizon": 8, "processors": 2, "memories": 2, "buses": 2},
	} {
		t.Run(name, func(t *testing.T) { envtest.Test(t, maker(t, given)) })
	}
}
