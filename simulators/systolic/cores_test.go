package systolic_test

import (
	"context"
	"maps"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	model "github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/simulators/systolic"
)

// TestCoresByHand: M = 64, N = 64, K = 16 on four 4 × 4 arrays: 64 folds of 22 cycles each. As 2 × 2 parts they hold 2·1024 + 2·1024 elements.
func TestCoresByHand(t *testing.T) {
	path := topology(t, "Layer,M,N,K\nproduct,64,64,16\n")
	design := small()
	design["dram_bandwidth"] = 128
	one, four := evaluate(t, open(t, map[string]any{"topology": path}), design), evaluate(t, open(t, map[string]any{"topology": path, "cores": 4}), design)
	require.Equal(t, 256*22.0, one["latency_cycles"])
	require.Equal(t, 64*22.0, four["latency_cycles"])
	require.Equal(t, 1024+1024+4096.0, one["dram_bytes"])
	require.Equal(t, 2048+2048+4096.0, four["dram_bytes"], "each operand is in two cores")
	require.Equal(t, one["energy_mac_pj"], four["energy_mac_pj"], "the same multiply-accumulates")
	require.Equal(t, 4*one["area_mm2"], four["area_mm2"])
	require.InDelta(t, one["utilization_frac"], four["utilization_frac"], 1e-12)
	design["dram_bandwidth"] = 1
	require.Equal(t, 8192/5.0, evaluate(t, open(t, map[string]any{"topology": path, "cores": 4}), design)["latency_cycles"]-0.6, "1638.4 cycles of 5 bytes: the cores share the channel")
}

func TestCoresOfAHugeLayer(t *testing.T) {
	path := topology(t, "Layer,M,N,K\nhuge,1048576,1048576,1024\n")
	_, _, err := systolic.Factory().Open(map[string]any{"topology": path, "traffic": "bound"})
	require.NoError(t, err)
	_, _, err = systolic.Factory().Open(map[string]any{"topology": path, "traffic": "bound", "cores": 64})
	require.ErrorContains(t, err, "systolic: problem too large for 64 cores")
}

// TestSparsityByHand: M = 64, N = 64, K = 16 with 2:4 keeps 8 depths: 2·16 folds of 64 + 2·4 + 4 − 2 cycles, less the one that SCALE-Sim does not count.
func TestSparsityByHand(t *testing.T) {
	design := small()
	design["dataflow"], design["dram_bandwidth"] = "ws", 128
	run := func(text, sparsity string) map[string]float64 {
		return evaluate(t, open(t, map[string]any{"topology": topology(t, text), "profile": "scalesim", "sparsity": sparsity}), design)
	}
	dense, half := run("Layer,M,N,K\na,64,64,16\n", "1:1"), run("Layer,M,N,K\na,64,64,16\n", "2:4")
	require.Equal(t, 4*16*74-1.0, dense["latency_cycles"])
	require.Equal(t, 2*16*74-1.0, half["latency_cycles"])
	require.Equal(t, dense["energy_mac_pj"]/2, half["energy_mac_pj"], "energy is that of the multiply-accumulates that are done")
	require.Equal(t, dense["dram_bytes"]-1024/2-1024/2-2*4096, half["dram_bytes"], "half of both operands, and two row folds' partial sums less")
	require.Equal(t, half, run("Layer,M,N,K,Sparsity\na,64,64,16,2:4\n", "1:1"), "a topology says it as well")
	mixed := run("Layer,M,N,K,Sparsity\na,64,64,16,2:4\nb,64,64,16,1:1\n", "1:1")
	for _, key := range []string{"latency_cycles", "dram_bytes", "sram_accesses"} {
		require.Equal(t, dense[key]+half[key], mixed[key], key)
	}

	in := open(t, map[string]any{"profile": "scalesim", "sparsity": "2:4"})
	os := maps.Clone(design)
	os["dataflow"] = "os"
	_, err := in.Simulator.Spec().Space.Point(os)
	require.ErrorContains(t, err, `"dataflow"`, "only ws has sparse weights")
}

// TestActivationsAreNotSparse: the products of attention have no weights.
func TestActivationsAreNotSparse(t *testing.T) {
	design := small()
	design["dataflow"] = "ws"
	set := map[string]any{"network": "bert-base", "tokens": 128, "profile": "scalesim"}
	dense := evaluate(t, open(t, set), design)
	set["sparsity"] = "1:2"
	sparse := evaluate(t, open(t, set), design)
	// 12·(T·7,077,888 + 2·T²·768) multiply-accumulates at 0.3 pJ, of which the first sum is with weights.
	require.InEpsilon(t, 12*(128*7_077_888+2*128*128*768)*0.3, dense["energy_mac_pj"], 1e-12)
	require.InEpsilon(t, 12*(128*7_077_888/2+2*128*128*768)*0.3, sparse["energy_mac_pj"], 1e-12)
}

func TestDetailOfCoresAndSparsityAddsUp(t *testing.T) {
	for _, set := range []map[string]any{
		{"network": "mobilenet-v2", "cores": 4},
		{"network": "mobilenet-v2", "cores": 4, "traffic": "bound"},
		{"network": "squeezenet", "profile": "scalesim", "sparsity": "1:4"},
	} {
		in := open(t, set)
		design := small()
		design["dataflow"] = "ws"
		p, err := in.Simulator.Spec().Space.Point(design)
		require.NoError(t, err)
		artifacts, err := in.Detail(context.Background(), p)
		require.NoError(t, err)
		latency, bytes := int64(0), int64(0)
		for _, line := range strings.Split(strings.TrimSpace(string(artifacts[0].Data)), "\n")[1:] {
			row := strings.Split(line, ",")
			latency += number(t, row[1]) * number(t, row[14])
			bytes += number(t, row[1]) * number(t, row[15])
		}
		m := evaluate(t, in, design)
		require.Equal(t, m["latency_cycles"], float64(latency))
		require.Equal(t, m["dram_bytes"], float64(bytes))
	}
}

func TestSetupsSayWhatIsMoreThanADenseArray(t *testing.T) {
	for _, c := range []struct {
		set    map[string]any
		cores  int
		sparse bool
	}{{nil, 1, false}, {map[string]any{"cores": 2}, 2, false}, {map[string]any{"profile": "scalesim", "sparsity": "2:4"}, 1, true}} {
		spec, setup, err := systolic.Setups(c.set)
		require.NoError(t, err)
		design := small()
		design["dataflow"] = "ws"
		p, err := spec.Space.Point(design)
		require.NoError(t, err)
		s := setup(p)
		require.Equal(t, c.cores, s.Cores)
		require.Equal(t, c.sparse, s.Sparse)
		require.Equal(t, model.WeightStationary, s.Dataflow)
	}
}
