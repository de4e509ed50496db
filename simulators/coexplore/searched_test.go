package coexplore_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/accuracy"
	"github.com/codesign-gym/codesign/simulators/coexplore"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func TestSearchedNetworksConform(t *testing.T) {
	for _, f := range []simulators.Factory{coexplore.NB201(), coexplore.OFA()} {
		t.Run(f.Name, func(t *testing.T) {
			in, _, err := f.Open(nil)
			require.NoError(t, err)
			require.Equal(t, f.Name, in.Simulator.Spec().Name)
			simtest.Test(t, in, simtest.Points(12), simtest.Whole(0))
		})
	}
}

// The accuracy is that of the simulator accuracy for the network's axes, and does not depend on the hardware; a larger buffer costs area alone.
func TestAccuracyIsTheNetworksAlone(t *testing.T) {
	in, _, err := coexplore.NB201().Open(nil)
	require.NoError(t, err)
	oracle, _, err := accuracy.Factory().Open(map[string]any{"space": "nb201"})
	require.NoError(t, err)
	spec := in.Simulator.Spec()
	network := oracle.Simulator.Spec().Space.Len()
	rng, compared := seed.New(1), 0
	for range 40 {
		p := spec.Space.Sample(rng)
		joint := evaluate(t, in, p)
		alone, err := oracle.Simulator.Evaluate(t.Context(), []space.Point{p[:network]})
		require.NoError(t, err)
		if joint.Values == nil {
			continue
		}
		compared++
		require.Equal(t, alone[0].Values, joint.Values[len(joint.Values)-len(alone[0].Values):])
	}
	require.Greater(t, compared, 5)
}

func TestStageSkipsTheAccuracyOfSlowHardware(t *testing.T) {
	all, _, err := coexplore.NB201().Open(nil)
	require.NoError(t, err)
	staged, _, err := coexplore.NB201().Open(map[string]any{"stage_latency": 2e6})
	require.NoError(t, err)
	rng, skipped, asked := seed.New(2), 0, 0
	for range 60 {
		p := all.Simulator.Spec().Space.Sample(rng)
		whole, part := evaluate(t, all, p), evaluate(t, staged, p)
		switch {
		case whole.Values == nil:
			require.Equal(t, whole, part)
		case whole.Values[1] > 2e6: // latency_ns
			require.Contains(t, part.Infeasible, "was not evaluated")
			skipped++
		default:
			require.Equal(t, whole, part)
			asked++
		}
	}
	require.Positive(t, skipped)
	require.Positive(t, asked)
}
