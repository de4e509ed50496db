package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/envtest"
	"github.com/codesign-gym/codesign/simulators"
)

func TestGovernorKeepsTheContract(t *testing.T) {
	f := factory()
	settings, err := simulators.NewSettings(f.Settings, nil)
	require.NoError(t, err)
	governor, err := f.New(settings)
	require.NoError(t, err)
	envtest.Test(t, governor)
}

// At 2 GHz and 0.9 V: P = 3*0.81*2 + 0.9 = 5.76 W. An instruction takes 0.5*0.9 + 0.1 = 0.55 ns while computing, and 0.5*0.3 + 0.7 = 0.85 ns
// while streaming. The die goes a tenth of the way from 45 to 45 + 4*5.76 = 68.04 °C.
func TestStepByHand(t *testing.T) {
	cold := processor{temperatureC: 45}
	after := cold.after(pstate{2, 0.9})
	require.InDelta(t, 1.8181818, after.instructionsM, 1e-6)
	require.InDelta(t, 5.76, after.energyMJ, 1e-9)
	require.InDelta(t, 47.304, after.temperatureC, 1e-9)
	cold.streaming = true
	require.InDelta(t, 1.1764706, cold.after(pstate{2, 0.9}).instructionsM, 1e-6)
}

// Steady state: the boost would end at 45 + 4*(3*1.3225*3 + 1.15) = 97.21 °C, above the limit; 2.5 GHz at 45 + 4*8.5 = 79 °C, below it.
func TestOnlyTheBoostOverheats(t *testing.T) {
	for i, hottest := range []float64{53.68, 59.72, 68.04, 79, 97.21} {
		s := processor{temperatureC: 45}
		for range 1000 {
			s = s.after(pstates()[i])
		}
		require.InDelta(t, hottest, s.temperatureC, 1e-6)
	}
}

func TestTheBoostIsIllegalFrom80C(t *testing.T) {
	for temperatureC, legal := range map[float64]bool{79.9: true, 80: false} {
		g := governor{now: processor{temperatureC: temperatureC}}
		require.Equal(t, [][]bool{{true, true, true, true, legal}}, g.observe().Mask)
	}
}
