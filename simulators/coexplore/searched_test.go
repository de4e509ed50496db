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
			require.Regexp(t, `^1\.0\.0\+`, in.Simulator.Spec().Version, "its own version first")
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

func TestFullStackConforms(t *testing.T) {
	in, _, err := coexplore.FullStack().Open(nil)
	require.NoError(t, err)
	simtest.Test(t, in, simtest.Points(3), simtest.Whole(0))
}

// The array's part is that of simulator systolic; the memory's makes a slow controller slower.
func TestFullStackServesTheTrafficByTheController(t *testing.T) {
	in, _, err := coexplore.FullStack().Open(nil)
	require.NoError(t, err)
	s := in.Simulator.Spec().Space
	design := space.Design{
		"rows": 32, "cols": 32, "dataflow": "ws", "ifmap_sram": 64, "filter_sram": 64, "ofmap_sram": 64, "clock": 1000,
		"page_policy": "open", "scheduler": "frfcfs", "scheduler_buffer": "shared", "request_buffer_size": 8, "respqueue": "fifo", "refresh_policy": "all_bank",
		"refresh_max_postponed": 1, "refresh_max_pulled_in": 1, "arbiter": "simple",
	}
	network := nb201(t)
	for axis, p := range network.Params() {
		design[p.Name] = p.Labels[min(3, network.Levels(axis)-1)]
	}
	p, err := s.Point(design)
	require.NoError(t, err)
	fast := evaluate(t, in, p)
	require.NotNil(t, fast.Values, fast.Infeasible)
	design["page_policy"], design["request_buffer_size"] = "closed", 1
	p, err = s.Point(design)
	require.NoError(t, err)
	slow := evaluate(t, in, p)
	require.Greater(t, slow.Values[0], fast.Values[0], "latency")
	require.Greater(t, slow.Values[8], fast.Values[8], "dram_time")
	for _, same := range []int{2, 4, 7, 9} { // energy of the array, area, traffic, accuracy
		require.Equal(t, fast.Values[same], slow.Values[same])
	}
	require.InDelta(t, fast.Values[1], fast.Values[2]+fast.Values[3], 1e-3)
	artifacts, err := in.Detail(t.Context(), p)
	require.NoError(t, err)
	require.Contains(t, string(artifacts[0].Data), "memory")
}

func nb201(t *testing.T) space.Space {
	oracle, _, err := accuracy.Factory().Open(map[string]any{"space": "nb201"})
	require.NoError(t, err)
	return oracle.Simulator.Spec().Space
}
