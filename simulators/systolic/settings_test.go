package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators/systolic"
)

func TestBadSettings(t *testing.T) {
	path, sparse := topology(t, "Layer,M,N,K\na,8,4,16\n"), topology(t, "Layer,M,N,K,Sparsity\na,8,4,16,2:4\n")
	for _, c := range []struct {
		name string
		set  map[string]any
		want string
	}{
		{"unknown network", map[string]any{"network": "resnet5"},
			`unknown value of setting network "resnet5", did you mean "resnet50"? (known: alexnet, bert-base, dlrm, efficientnet-b0, googlenet, gpt2-decode, gpt2-prefill, mnasnet, mobilenet-v2, ncf, resnet18, resnet50, squeezenet, unet, vgg16, vit-b, vit-s)`},
		{"word", map[string]any{"word_bits": 0}, `setting "word_bits": 0 is not an integer in [8, 16]`},
		{"node out of range", map[string]any{"node_nm": 181}, `setting "node_nm": 181 is not an integer in [0, 180]`},
		{"small node", map[string]any{"node_nm": 5}, `tech: node 5 nm out of range [7, 180] nm`},
		{"supply of another node", map[string]any{"node_nm": 7, "supply_v": 1.8}, `tech: supply 1.8 V out of range [0.6, 1.3] V of 7 nm`},
		{"negative tokens", map[string]any{"network": "bert-base", "tokens": -1}, `setting "tokens": -1 is not an integer in [0, 1024]`},
		{"too many tokens", map[string]any{"network": "bert-base", "tokens": 513}, `dnn: bert-base: 513 tokens out of range [1, 512]`},
		{"supply below the scaling law", map[string]any{"node_nm": 7, "supply_v": 0.59}, `setting "supply_v": 0.59 is not a number in [0.6, 1.8]`},
		{"supply without a node", map[string]any{"supply_v": 0.8},
			`setting supply_v = 0.8 V needs a node to scale to: set node_nm, or leave supply_v out`},
		{"unknown table", map[string]any{"technology": "aladdin"},
			`unknown value of setting technology "aladdin", did you mean "aladdin-40nm"? (known: horowitz-45nm, aladdin-40nm, eyeriss-65nm, horowitz-45nm-rows)`},
		{"two tables", map[string]any{"technology": "aladdin-40nm", "technology_file": "t.toml"},
			`settings technology = "aladdin-40nm" and technology_file = "t.toml" exclude each other: leave one of them out`},
		{"tokens of a convolutional network", map[string]any{"network": "alexnet", "tokens": 64},
			`setting tokens = 64 is only for network = bert-base, gpt2-decode, gpt2-prefill: leave it out, or choose one of them`},
		{"tokens of a topology", map[string]any{"topology": path, "tokens": 64},
			`setting tokens = 64 is only for network = bert-base, gpt2-decode, gpt2-prefill: leave it out, or choose one of them`},
		{"two files", map[string]any{"onnx": "net.onnx", "topology": "net.csv"},
			`settings onnx = "net.onnx" and topology = "net.csv" exclude each other: leave one of them out`},
		{"two workloads", map[string]any{"network": "alexnet", "topology": "net.csv"},
			`settings network = "alexnet" and topology = "net.csv" exclude each other: leave one of them out`},
		{"ports without SCALE-Sim", map[string]any{"port_words": 8},
			`setting port_words = 8 needs a profile of SCALE-Sim: set profile = "scalesim" or "scalesim-v2", or leave port_words out`},
		{"ports and the bound", map[string]any{"port_words": 8, "profile": "scalesim", "traffic": "bound"},
			`settings port_words = 8 and traffic = "bound" exclude each other: leave one of them out`},
		{"ports and a device", map[string]any{"port_words": 8, "profile": "scalesim", "dram_device": "ddr4-2400-8gb-x8"},
			`settings dram_device = "ddr4-2400-8gb-x8" and port_words = 8 exclude each other: leave one of them out`},
		{"sparsity", map[string]any{"profile": "scalesim", "sparsity": "half"}, `setting sparsity "half": want N:M with 1 ≤ N ≤ M ≤ 4096, as 2:4`},
		{"sparsity in hardware of its own", map[string]any{"sparsity": "2:4"},
			`setting sparsity = "2:4" and profile = "physical" exclude each other: sparse weights are modelled as SCALE-Sim v3 has them: set profile = "scalesim"`},
		{"sparsity and the bound", map[string]any{"profile": "scalesim", "sparsity": "2:4", "traffic": "bound"},
			`setting sparsity = "2:4" and traffic = "bound" exclude each other: there is no bound of sparse traffic: leave one of them out`},
		{"sparsity and ports", map[string]any{"profile": "scalesim", "sparsity": "2:4", "port_words": 8},
			`setting sparsity = "2:4" and port_words = 8 exclude each other: SCALE-Sim's mode USER is modelled with dense weights: leave one of them out`},
		{"sparsity and a device", map[string]any{"profile": "scalesim", "sparsity": "2:4", "dram_device": "ddr4-2400-8gb-x8"},
			`setting sparsity = "2:4" and dram_device = "ddr4-2400-8gb-x8" exclude each other: the bursts of sparse weights are not modelled: leave one of them out`},
		{"sparsity of a topology", map[string]any{"topology": sparse},
			`sparsity 2:4 of layer "a" of the topology and profile = "physical" exclude each other: sparse weights are modelled as SCALE-Sim v3 has them: set profile = "scalesim"`},
		{"two sparsities", map[string]any{"topology": sparse, "profile": "scalesim", "sparsity": "1:4"},
			`setting sparsity = "1:4" and the sparsity 2:4 of layer "a" of the topology exclude each other: leave one of them out`},
		{"sparsity and cores", map[string]any{"sparsity": "2:4", "cores": 4, "profile": "scalesim"},
			`setting sparsity = "2:4" and cores = 4 exclude each other: the traffic of sparse weights on several cores is not modelled: leave one of them out`},
		{"sparsity of a topology and cores", map[string]any{"topology": sparse, "cores": 4},
			`sparsity 2:4 of layer "a" of the topology and cores = 4 exclude each other: the traffic of sparse weights on several cores is not modelled: leave one of them out`},
		{"no cores", map[string]any{"cores": 0}, `setting "cores": 0 is not an integer in [1, 64]`},
		{"cores of SCALE-Sim", map[string]any{"cores": 4, "profile": "scalesim"},
			`settings cores = 4 and profile = "scalesim" exclude each other: SCALE-Sim has no memory traffic of several cores: leave one of them out`},
		{"cores and a device", map[string]any{"cores": 4, "dram_device": "ddr4-2400-8gb-x8"},
			`settings cores = 4 and dram_device = "ddr4-2400-8gb-x8" exclude each other: the order of the bursts of several cores is not modelled: leave one of them out`},
		{"channels of nothing", map[string]any{"dram_channels": 2}, `setting dram_channels = 2 needs a device: set dram_device, or leave dram_channels out`},
		{"too wide a port", map[string]any{"port_words": 65537}, `setting "port_words": 65537 is not an integer in [0, 65536]`},
		{"all at once", map[string]any{"network": "alexnet", "topology": "net.csv", "supply_v": 1},
			"setting supply_v = 1 V needs a node to scale to: set node_nm, or leave supply_v out\n" +
				"settings network = \"alexnet\" and topology = \"net.csv\" exclude each other: leave one of them out"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := systolic.Factory().Open(c.set)
			require.EqualError(t, err, "systolic: "+c.want)
		})
	}
}

func TestUnknownDevicesAreNamed(t *testing.T) {
	_, _, err := systolic.Factory().Open(map[string]any{"dram_device": "ddr9"})
	require.ErrorContains(t, err, `"ddr9"`)
	_, _, err = systolic.Factory().Open(map[string]any{"dram_device": "ddr4-2400-8gb-x8", "dram_channels": 3})
	require.Error(t, err)
}

func TestSettingsThatGoTogether(t *testing.T) {
	path := topology(t, "Layer,M,N,K\na,8,4,16\n")
	for _, set := range []map[string]any{
		{"node_nm": 7, "supply_v": 0.6},
		{"node_nm": 130, "supply_v": 1.3},
		{"node_nm": 45},
		{"node_nm": 28, "technology": "eyeriss-65nm"},
		{"node_nm": 180, "supply_v": 1.8},
		{"technology": "aladdin-40nm", "supply_v": 0.9}, // spelled-out defaults contradict nothing
		{"topology": path, "network": "resnet18", "tokens": 0},
		{"network": "alexnet", "tokens": 0},
	} {
		_, _, err := systolic.Factory().Open(set)
		require.NoError(t, err, "%v", set)
	}
}

func TestTokensAreTheLengthOfTheSequence(t *testing.T) {
	macs := func(set map[string]any) float64 { return evaluate(t, open(t, set), small())["energy_mac_pj"] / 0.3 } // pJ a MAC
	// 12·(T·7,077,888 + 2·T²·768) multiply-accumulates
	require.InEpsilon(t, 84_953_088, macs(map[string]any{"network": "bert-base", "tokens": 1}), 1e-12)
	require.InEpsilon(t, 11_173_625_856, macs(map[string]any{"network": "bert-base"}), 1e-12)
	require.InEpsilon(t, 48_318_382_080, macs(map[string]any{"network": "bert-base", "tokens": 512}), 1e-12)
}
