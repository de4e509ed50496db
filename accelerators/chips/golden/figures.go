package golden

import "github.com/codesign-gym/codesign/accelerators/chips"

// rung is a configuration of NVDLA with its published figures.
type rung struct {
	macs, bufferKiB int
	dramGBps        float64
	area28, area16  float64 // mm², silicon cells
	framesPerS      float64 // ResNet-50
	peakMW, meanMW  float64 // 16 nm, 1 GHz
}

// ladder is the table of seven configurations in NVDLA's primer (nvdla.org/primer.html): synthesis estimates with all memories, 1 GHz, no second memory.
func ladder() []rung {
	return []rung{
		{2048, 512, 20, 5.5, 3.3, 269, 766, 291},
		{1024, 256, 15, 3.0, 1.8, 153, 375, 143},
		{512, 256, 10, 2.3, 1.4, 93, 210, 80},
		{256, 256, 5, 1.7, 1.0, 46, 135, 48},
		{128, 256, 2, 1.4, 0.84, 20, 82, 31},
		{64, 128, 1, 0.91, 0.55, 7.3, 55, 21},
		{32, 128, 0.5, 0.85, 0.51, 3.6, 45, 17},
	}
}

func (r rung) model() chips.NVDLA {
	return chips.NVDLA{MACs: r.macs, BufferKiB: r.bufferKiB, DRAMBandwidthGBps: r.dramGBps, ClockMHz: 1000}
}

// The primer does not say at what supply its power is: the nominal one of the node.
const nvdla16V = 0.8

// nvdla28V does not matter: only areas are known at 28 nm.
const nvdla28V = 0.9

// meanZeroFrac is the share of zero operands in NVDLA's average power, which its source does not say: that of Eyeriss' AlexNet layers together.
const meanZeroFrac = 0.575

// eyerissLayer is a row of tables III and V of the Eyeriss paper (JSSC 2017): AlexNet, a batch of four, 200 MHz, 1 V.
type eyerissLayer struct {
	name                  string
	shape                 chips.ConvShape
	tiling                chips.Tiling
	activePEs             int
	powerMW               float64
	totalMS, processingMS float64
	bufferMB, dramMB      float64
}

const eyerissBatch = 4

// alexNet are the convolutions of AlexNet on Eyeriss. What leaves a layer has the zeros that the next one reads; the last one's are not known and
// taken to be those that it reads.
func alexNet() []eyerissLayer {
	conv := func(size, pad, channels, filters, kernel, stride, groups int, zeros, outputZeros float64) chips.ConvShape {
		return chips.ConvShape{
			Height: size, Width: size, Pad: pad, Channels: channels, Filters: filters, Kernel: kernel, Stride: stride, Groups: groups,
			Samples: eyerissBatch, ZeroFrac: zeros, OutputZeroFrac: outputZeros,
		}
	}
	return []eyerissLayer{
		{"conv1", conv(227, 0, 3, 96, 11, 4, 1, 0.0001, 0.387), chips.Tiling{M: 96, N: 1, E: 7, P: 16, Q: 1, R: 1, T: 2}, 154, 332, 20.9, 16.5, 18.5, 5.0},
		{"conv2", conv(31, 2, 48, 128, 5, 1, 2, 0.387, 0.725), chips.Tiling{M: 64, N: 1, E: 27, P: 16, Q: 2, R: 1, T: 1}, 135, 288, 41.9, 39.2, 77.6, 4.0},
		{"conv3", conv(15, 1, 256, 384, 3, 1, 1, 0.725, 0.793), chips.Tiling{M: 64, N: 4, E: 13, P: 16, Q: 4, R: 1, T: 4}, 156, 266, 23.6, 21.8, 50.2, 3.0},
		{"conv4", conv(15, 1, 192, 192, 3, 1, 2, 0.793, 0.776), chips.Tiling{M: 64, N: 4, E: 13, P: 16, Q: 3, R: 2, T: 2}, 156, 235, 18.4, 16.0, 37.4, 2.1},
		{"conv5", conv(15, 1, 192, 128, 3, 1, 2, 0.776, 0.776), chips.Tiling{M: 64, N: 4, E: 13, P: 16, Q: 3, R: 2, T: 2}, 156, 236, 10.5, 10.0, 24.9, 1.3},
	}
}

// eyerissFramesPerS is the published rate of the five layers.
const eyerissFramesPerS = 34.7

// predicted is a layer of HW-NAS-Bench on Eyeriss: a stage of NAS-Bench-201, whose stages halve the image and double the channels.
type predicted struct {
	kernel, image int     // image of the first stage
	microseconds  float64 // mean over the three stages
}

// hwNASBench are the costs of a layer, solved from HW-NAS-Bench's table (they are exactly additive): CIFAR's 32×32 and ImageNet16's 16×16 images.
func hwNASBench() []predicted {
	return []predicted{{3, 32, 98.304}, {3, 16, 24.576}, {1, 32, 16.384}, {1, 16, 4.096}}
}

// The predictor behind HW-NAS-Bench (github.com/GATECH-EIC/DNN-Chip-Predictor) has a clock of 250 MHz and no time for moving data.
const predictorMHz, predictorBusWords = 250, 1 << 20

// tpuNetwork is a network of the TPU paper (Jouppi et al., ISCA 2017, tables 1 and 3).
type tpuNetwork struct {
	name        string
	rows        int // multiply-accumulates for each weight that is read
	matrix      int // rows and columns of its weight matrices where the paper gives them; 0 = whole tiles
	teraopsPerS float64
}

// tpuNetworks are the six networks.
func tpuNetworks() []tpuNetwork {
	return []tpuNetwork{
		{name: "mlp0", rows: 200, teraopsPerS: 12.3}, {name: "mlp1", rows: 168, teraopsPerS: 9.7},
		{name: "lstm0", rows: 64, teraopsPerS: 3.7}, {name: "lstm1", rows: 96, matrix: 600, teraopsPerS: 2.8},
		{name: "cnn0", rows: 2888, teraopsPerS: 86.0}, {name: "cnn1", rows: 1750, teraopsPerS: 14.1},
	}
}
