package chips

import (
	"fmt"
	"math"
)

// NVDLA is a configuration of NVIDIA's open accelerator without a second memory.
type NVDLA struct {
	MACs              int     // multiply-accumulate units of 8 bits
	BufferKiB         int     // for inputs and weights together
	DRAMBandwidthGBps float64 // read and write together
	ClockMHz          float64
}

// What all configurations share.
const (
	nvdlaAtomChannels = 16   // channels are stored in atoms of so many
	nvdlaKernels      = 128  // filters are computed in groups of so many
	nvdlaResident     = 32   // filters that the buffer holds at least
	winogradMACs      = 2.25 // multiplications saved on a 3×3 kernel: 9·4 outputs with 16 products
	winogradWeights   = 16.0 / 9
	nvdlaBanks        = 16
	// A bandwidth of 1 GB/s moves so many bytes a nanosecond: NVDLA's estimator divides KiB by GB/s.
	nvdlaBytesPerGB = 1.024
)

// Check reports a configuration that is none.
func (n NVDLA) Check() error {
	switch {
	case n.MACs < 1 || n.MACs > MaxParts:
		return fmt.Errorf("chips: NVDLA: MACs %d out of range [1, %d]", n.MACs, MaxParts)
	case n.BufferKiB < 1 || n.BufferKiB > MaxParts:
		return fmt.Errorf("chips: NVDLA: BufferKiB %d out of range [1, %d] KiB", n.BufferKiB, MaxParts)
	case !(n.DRAMBandwidthGBps > 0) || math.IsInf(n.DRAMBandwidthGBps, 0):
		return fmt.Errorf("chips: NVDLA: DRAMBandwidthGBps %g: want a positive number", n.DRAMBandwidthGBps)
	case !(n.ClockMHz >= minClockMHz && n.ClockMHz <= maxClockMHz):
		return fmt.Errorf("chips: NVDLA: ClockMHz %g out of range [%d, %d] MHz", n.ClockMHz, minClockMHz, maxClockMHz)
	}
	return nil
}

// Chip is the configuration at a node and supply.
func (n NVDLA) Chip(nodeNM int, supplyV float64) Chip {
	return Chip{
		Name: fmt.Sprintf("nvdla-%d", n.MACs), NodeNM: nodeNM, SupplyV: supplyV, ClockMHz: n.ClockMHz,
		PEs: n.MACs, WordBits: 8, Banks: nvdlaBanks, BankKiB: float64(n.BufferKiB) / nvdlaBanks,
	}
}

// NVDLARun is what a pass, or a network, takes.
type NVDLARun struct {
	MACCycles, DRAMCycles int64
	Cycles                int64 // the longer of both, pass by pass
	DRAMBytes             int64
	Products              int64 // multiplications: fewer than MACs where Winograd's transform applies
}

// Run is a network, pass after pass. The configuration must have passed its Check.
func (n NVDLA) Run(passes []Pass) NVDLARun {
	var total NVDLARun
	for i := range passes {
		r := n.RunPass(passes[i])
		total.MACCycles += r.MACCycles
		total.DRAMCycles += r.DRAMCycles
		total.Cycles += r.Cycles
		total.DRAMBytes += r.DRAMBytes
		total.Products += r.Products
	}
	return total
}

// RunPass is one pass.
func (n NVDLA) RunPass(p Pass) NVDLARun {
	s := sizesOf(p)
	bytes := s.traffic(int64(n.BufferKiB) * 1024)
	r := NVDLARun{
		MACCycles:  int64(math.Ceil(s.groups * s.macs / float64(n.MACs))),
		DRAMCycles: int64(math.Ceil(s.groups * bytes * n.ClockMHz / (1e3 * nvdlaBytesPerGB * n.DRAMBandwidthGBps))),
		DRAMBytes:  int64(math.Ceil(s.groups * bytes)),
		Products:   int64(math.Ceil(float64(p.MACs()) / s.saved)),
	}
	r.Cycles = max(r.MACCycles, r.DRAMCycles)
	return r
}

// sizes are the counts of one group of a pass as the core handles it: a stride s turns s×s positions into channels of one. Real numbers, as the
// transformed weights of a kernel need not be whole.
type sizes struct {
	groups, saved    float64 // saved: direct products over those that happen
	input, inputRows float64 // bytes: all, and the rows under a kernel
	weights, kernels float64 // bytes: all, and those of the filters that must be resident
	output           float64 // bytes written and, for each residual, read
	macs             float64 // multiplications, those of unused lanes included
}

func sizesOf(p Pass) sizes {
	stride := p.Stride
	channels := float64(roundUp(p.InChannels*stride*stride, nvdlaAtomChannels))
	height, width := float64(ceilDiv(p.InHeight, stride)), float64(ceilDiv(p.InWidth, stride))
	kernelRows, kernelCols := float64(ceilDiv(p.KernelHeight, stride)), float64(ceilDiv(p.KernelWidth, stride))
	s := sizes{groups: float64(p.Groups), saved: 1}
	kernel := channels * kernelRows * kernelCols // bytes of one filter
	if p.KernelHeight == 3 && p.KernelWidth == 3 && stride == 1 {
		kernel *= winogradWeights
		s.saved = winogradMACs
	}
	outputs := float64(p.OutHeight) * float64(p.OutWidth)
	s.input = channels * height * width
	s.inputRows = channels * min(float64(p.KernelHeight), height) * width
	s.weights = kernel * float64(p.Filters)
	s.kernels = kernel * nvdlaResident
	s.output = float64(p.LastHeight) * float64(p.LastWidth) * float64(roundUp(p.Filters, nvdlaAtomChannels)) * float64(1+p.Residuals)
	s.macs = channels / float64(stride*stride) * outputs * float64(roundUp(p.Filters, nvdlaKernels)) *
		float64(p.KernelHeight) * float64(p.KernelWidth) / s.saved
	return s
}

// traffic is the bytes that cross the DRAM interface: the smaller of inputs and weights stays in the buffer, if need be in parts, for each of which the
// other is read once. What the other needs at least lies beside it, in at most half of the buffer.
func (s sizes) traffic(buffer int64) float64 {
	stays, streams, working := s.weights, s.input, s.inputRows
	if s.input < s.weights {
		stays, streams, working = s.input, s.weights, s.kernels
	}
	room := float64(buffer) - min(working, float64(buffer)/2)
	parts := math.Ceil(stays / room)
	return stays + parts*streams + s.output
}

func roundUp(x, to int) int { return ceilDiv(x, to) * to }

func ceilDiv(x, y int) int { return (x + y - 1) / y }

// nvdlaMACsPerByte is how many multiply-accumulates a byte from the buffer serves: an input byte those of 16 filters, a weight byte 16 outputs.
const nvdlaMACsPerByte = 8

// PeakActivity is a million cycles in which every unit works on operands that are not zero.
func (n NVDLA) PeakActivity() Activity {
	const cycles = 1_000_000
	macs := cycles * int64(n.MACs)
	return Activity{Cycles: cycles, BusyCycles: cycles, MACs: macs, BufferWords: macs / nvdlaMACsPerByte}
}

// Activity is what the core does in a run, with a share of products of which an operand is zero.
func (r NVDLARun) Activity(zeroFrac float64) Activity {
	return Activity{Cycles: r.Cycles, BusyCycles: r.MACCycles, MACs: r.Products, ZeroFrac: zeroFrac, BufferWords: r.Products / nvdlaMACsPerByte}
}
