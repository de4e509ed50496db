// Package chips composes the area and power of a whole accelerator chip from a technology table and five constants fitted to published chips, and models
// the time of three of them: NVDLA, Eyeriss and TPU v1. Package golden holds the published figures; codesign validate chips compares each of them.
//
// # Area and power
//
//	e, f       energy and area of a circuit at the chip's node and supply relative to 45 nm, 0.9 V (node scaling of package tech)
//	m, r       multiplier of WordBits and adder of 32 bits; 2·WordBits + 32 bits of registers (table)
//	logic      PEs·DatapathAreaFactor·area(m + r) + BaseMM2·f
//	memory     Banks·area(BankKiB) + PEs·area(ScratchpadKiB)
//	area       logic + memory: cells, without pads and without the empty space of a floor plan
//
//	MAC        DatapathEnergyFactor·energy(m + r), of those whose operands are not zero; nothing of the others
//	access     a word of a bank or of a scratchpad read or written, a word to a neighbouring PE (table)
//	base       BasePJ·e in each cycle in which PEs work
//	idle       IdlePJ·e·logic/f in each cycle: clock tree and leakage of the logic, in proportion to its gates
//	power      energy / time
//
// One table serves all chips: tech.Eyeriss65, whose buffer costs 6, scratchpad 1 and hop 2 multiply-accumulates a word, in units of Horowitz' 45 nm
// figures. One set of constants serves all chips and nodes (Fitted). They are of least squared relative error, areas first (7 NVDLA configurations at 28
// and 16 nm), then powers with these areas (the same at 16 nm, peak and average, and 5 layers of Eyeriss at 65 nm):
//
//	DatapathAreaFactor     7.30      control, pipeline and wires, a PE; over 706 um2 of cells for 8 bits
//	BaseMM2                1.11      at 45 nm
//	DatapathEnergyFactor   2.98      over 0.73 pJ for 8 bits at 45 nm
//	BasePJ                 143       a working cycle
//	IdlePJ                 54.7      a cycle and mm2 of logic
//
// A free factor for the memories' area would come out as 0.98 (tested): OpenRAM's density holds for NVDLA. go test -v -run Fit ./accelerators/chips/golden
// repeats the fit and the fits with one figure left out: median 9.1 % and largest 17.3 % of the areas, 9.0 and 28.3 % of the powers. The validation prints both
// errors of a fitted figure, which keeps its promise if both do.
//
// # NVDLA
//
// A core without second memory runs a network pass after pass. A Pass is a convolution or fully connected layer with what is fused behind it.
//
//	s          stride: s×s positions of the input become channels of one
//	c, h, w    channels·s² rounded up to 16; height and width over s, rounded up
//	filter     c·⌈R/s⌉·⌈S/s⌉ bytes, ·16/9 for a 3×3 kernel of stride 1 (Winograd's transform of 2×2 outputs)
//	I, W       c·h·w and filter·K bytes of inputs and weights
//	O          written: rows and columns after pooling · (K rounded up to 16); once more for each feature map that is added
//	buffer     of I and W the smaller stays, the other streams. Beside what stays lies the least of the other, R rows (c·min(R, h)·w) or 32 filters, in at
//	           most half of the buffer. In how many parts the smaller passes through the rest, so often the other is read
//	DRAM       (I, W, one of them repeatedly, O) / (1.024 bytes a ns for each GB/s)
//	MAC        c/s²·outputs·(K rounded up to 128)·R·S / units, /2.25 for Winograd
//	cycles     ∑ max(DRAM, MAC)
//
// This is the rule of the estimator that NVDLA published with its hardware, and the rates of the primer are that estimator's: they come out to the printed
// digit when the second layer, as in its sheet, has 256 input channels in place of 64 (tested). With the real network the rates are 0.7 to 2.5 % higher. So the
// rule is checked here, not silicon; a stride that multiplies the weights of 1×1 kernels by s² is the estimator's pessimism, which a core need not share (2048
// units would gain about a fifth). ResNet-50 is the one of 2016 (dnn.ResNet50V1).
//
// For power an input byte serves 16 filters and a weight byte 16 outputs: one access of the buffer for 8 multiply-accumulates.
//
// # Eyeriss
//
// RowStationary runs a convolution in processing passes under a Tiling, in the letters of the paper: an element convolves P filters and Q channels one
// after another, R·T sets of kernel × E elements share channels (R) and filters (T); N samples; sums of M filters stay in the buffer. A set wider than
// the array folds into strips.
//
//	compute      ∑ over passes of N·p·q·(output columns)·(kernel columns), p and q those of the busiest set
//	sums         each goes to the buffer and back for each channel pass, 4 a cycle each way
//	working      max(compute, sums)
//	fill         weights of each pass, 4 a cycle
//	processing   working + fill
//	link         DRAM bytes at 0.72 GB/s (64 bits at 90 MHz): weights of each pass, inputs for each M filters with the rows that strips share, outputs once;
//	             inputs and outputs run-length coded, 64/3 bits a value that is not zero, at most 16 bits
//	total        working + link: neither overlaps the other; weights fill while they arrive
//	buffer       inputs once a filter pass, sums in and out once a channel pass
//	scratchpads  four words a multiply-accumulate (input, filter, sum twice), one if the input is zero
//	hops         a word of the buffer one, a sum one for each kernel row: MACs/(kernel columns·Q)
//
// Nothing here is fitted. AlexNet runs with the published mappings and zeros. The buffer traffic agrees to the digit in four layers. In conv3 it is 38 % above:
// the published traffic is that of conv4's mapping (3 channels, 2×2 sets: 50.2 MB, tested), not of the one printed for conv3 (4 channels, 1×4 sets), whose size in
// the buffer agrees with its print. The paper's VGG-16 is left out: its mappings are not printed. Six of its layers, those of 56
// columns and more, confirm the sums' bus: their processing takes 1.075 to 1.080 times what their published buffer traffic takes at 4 words a cycle each way.
//
// Fastest searches all tilings; with exact only those without rest. HW-NAS-Bench's costs for Eyeriss come from a predictor with a clock of 250 MHz, factors
// without rest and no time for data: 3×3 layers of NAS-Bench-201 come out exactly, at 96 of 168 elements. Its 1×1 layers take 64 elements where 128 would do, since
// the predictor weighs energy against time when it chooses a mapping, and are 50 % off here.
//
// # TPU v1
//
//	tile       256×256 weights, for which M rows stream through the array; folds of package systolic, weight stationary
//	load       65,536 bytes at 34 GB/s, 1350 cycles at 700 MHz; 256 more to shift them in
//	cycles     tiles·max(M, load + shift)
//
// The paper prints no layers but the uses of a weight, which is M, and LSTM1's 600×600 matrices. Load and shift add up: the paper's counters have shifts
// of 256 cycles beside stalls in the networks that wait for weights, none in CNN0. CNN1 cannot be met: most of its layers fill few rows and columns (half the products
// are wasted by the paper's counters), its fully connected ones reuse a weight 32 times, and neither is in the average of 1750.
//
// # Not modelled
//
// Placement: Eyeriss' core is 12.25 mm2 where cells come to 7.2, the TPU's die at most 331 mm2 where they come to 225 (tested, no part of the fit).
// Temperature and corners; the power of DRAM and pads; leakage apart from the clock tree. NVDLA's supply (taken as 0.8 V, nominal for 16 nm; 0.7 to 0.85 V fit
// as well) and the data behind its average power are not published: zeros are those of AlexNet on Eyeriss (57.5 %). That average is 36 to 38 % of the
// peak in all seven rows, however busy the units, so the model is 22 % low for the largest and 14 % high for the smallest. Eyeriss' stalls in conv2 (18 %
// over its multiply-accumulates, of which the fill explains 5), DRAM refresh and bank conflicts; layers other than convolutions and fully connected ones.
//
// # Sources
//
//   - NVDLA primer, nvdla.org/primer.html (read): areas, rates, powers. github.com/nvdla/hw, perf/NVDLA_OpenSource_Performance.xlsx at commit
//     8e06b1b9d85aab65b40d43d08eec5ea4681ff715 (read): the estimator's rule.
//   - Y.-H. Chen, T. Krishna, J. Emer, V. Sze, "Eyeriss: an energy-efficient reconfigurable accelerator for deep convolutional neural networks", JSSC 52(1),
//     2017. Tables III to VI as transcribed in github.com/cucapra/fodlam at commit cde53fd55661a65f81dca4b917f807f909cc4792 (read); the run-length code and the bus
//     widths as recalled from the text. Normalised energies: see package tech.
//   - N. P. Jouppi et al., "In-datacenter performance analysis of a tensor processing unit", ISCA 2017: tables 1 and 3 as transcribed in a public visualisation (read);
//     the 600×600 matrices of LSTM1 as recalled.
//   - C. Li et al., "HW-NAS-Bench", ICLR 2021; Y. Zhao et al., "DNN-Chip Predictor", ICASSP 2020, github.com/GATECH-EIC/DNN-Chip-Predictor at commit
//     f0c62f93d9bfd843181f8b490c7478fe5b9979f6 (read): clock and mapping rule.
package chips
