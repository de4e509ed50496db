package coexplore_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators/coexplore"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func TestCellsOnDevicesConform(t *testing.T) {
	in, _, err := coexplore.NB201Devices().Open(map[string]any{"device": "fpga", "data_set": "cifar100"})
	require.NoError(t, err)
	simtest.Test(t, in, simtest.Points(12))
}

// A cell of a 3×3 convolution, a 1×1 convolution and a pool, on CIFAR-10, by the published rule: Eyeriss 1.67954 + 1.47456 + 0.24576 + 1.47456 ms, FPGA
// 1.13296 + 1.2576 + 0.5152 + 0.4096 ms at 7 W.
func TestDevicesCostWhatIsPublished(t *testing.T) {
	cell := space.Point{3, 2, 4, 1, 0, 0}
	for device, want := range map[string][]float64{
		"eyeriss": {4.87442, 0.346964 + 0.313212 + 0.031248 + 0.277823}, "fpga": {3.31536, 7 * 3.31536},
	} {
		in, _, err := coexplore.NB201Devices().Open(map[string]any{"device": device})
		require.NoError(t, err)
		got := evaluate(t, in, cell)
		require.InDeltaSlice(t, want, got.Values[:2], 1e-9, device)
		require.Equal(t, []string{"latency_ms", "energy_mj", "accuracy_percent", "accuracy_error_percent", "parameters", "macs"}, in.Simulator.Spec().Keys())
	}
}
