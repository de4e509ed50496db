package nas

import (
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
)

// HWCost is what HW-NAS-Bench's cost models say of one image.
type HWCost struct {
	EyerissLatencyMS, EyerissEnergyMilliJ float64
	FPGALatencyMS, FPGAEnergyMilliJ       float64
}

// hwRule is a cost that is the base and so much for each edge of an operation, dead edges too; none and skip are free.
type hwRule struct{ base, conv1x1, conv3x3, pool3x3 float64 }

func (r hwRule) cost(counts [operations]float64) float64 {
	return r.base + r.conv1x1*counts[Conv1x1] + r.conv3x3*counts[Conv3x3] + r.pool3x3*counts[Pool3x3]
}

// fpgaMilliJPerMS is the constant power of the FPGA model in W.
const fpgaMilliJPerMS = 7.0

// HWNASBench is the published cost of a cell on Eyeriss and an FPGA (C. Li et al., HW-NAS-Bench, ICLR 2021). Both columns are outputs of cost models, so that
// a rule solved from their rows reproduces them: latency and energy are linear in the counts of the operations; on the FPGA with 16×16
// images the latency is the larger of two such forms, one for each of two resources. Our own solution; every row of the published table agrees to its printed digits.
func (n *NASBench201) HWNASBench(p space.Point) (HWCost, error) {
	var latency, energy hwRule
	var fpga []hwRule
	switch n.data {
	case CIFAR10():
		latency = hwRule{1.67954, 0.24576, 1.47456, 1.47456}
		energy = hwRule{0.346964, 0.031248, 0.313212, 0.277823}
		fpga = []hwRule{{1.13296, 0.5152, 1.2576, 0.4096}}
	case CIFAR100():
		latency = hwRule{1.68256, 0.24576, 1.47456, 1.47456}
		energy = hwRule{0.347102, 0.031248, 0.313212, 0.277823}
		fpga = []hwRule{{1.13296, 0.5152, 1.2576, 0.4096}}
	case ImageNet16():
		latency = hwRule{0.42304, 0.06144, 0.36864, 0.36864}
		energy = hwRule{0.089408, 0.008083, 0.080045, 0.071197}
		fpga = []hwRule{{0.2496, 0.0928, 0.5344, 0.0256}, {0.28432, 0.1312, 0.336, 0.1024}}
	default:
		return HWCost{}, fmt.Errorf("nas: nb201: HW-NAS-Bench has no rows for %s", n.data.Name)
	}
	var counts [operations]float64
	for _, op := range n.Cell(p) {
		counts[op]++
	}
	c := HWCost{EyerissLatencyMS: latency.cost(counts), EyerissEnergyMilliJ: energy.cost(counts)}
	for _, r := range fpga {
		c.FPGALatencyMS = max(c.FPGALatencyMS, r.cost(counts))
	}
	c.FPGAEnergyMilliJ = fpgaMilliJPerMS * c.FPGALatencyMS
	return c, nil
}
