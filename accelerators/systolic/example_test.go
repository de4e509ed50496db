package systolic_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/tech"
)

// ResNet-50 on a 32×32 array, for each dataflow.
func Example() {
	workload, err := systolic.Prepare(dnn.ResNet50().Layers, systolic.Physical)
	if err != nil {
		fmt.Println(err)
		return
	}
	var scratch systolic.Scratch
	for _, dataflow := range []systolic.Dataflow{systolic.OutputStationary, systolic.WeightStationary, systolic.InputStationary} {
		config := systolic.Config{
			Array:        systolic.Array{Rows: 32, Cols: 32, Dataflow: dataflow},
			IfmapSRAMKiB: 256, FilterSRAMKiB: 256, OfmapSRAMKiB: 128,
			DRAMBandwidthGBps: 16, ClockMHz: 700,
		}
		metrics, err := systolic.Evaluate(config, systolic.SimulateNetwork(config, workload, &scratch), tech.Horowitz45())
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s: %.2f ms, %.2f mJ, %.2f mm2, utilisation %.2f\n", dataflow,
			metrics.LatencyNS*1e-6, metrics.Energy.TotalPJ()*1e-9, metrics.Area.TotalMM2(), metrics.UtilizationFrac)
	}
	// Output:
	// os: 9.41 ms, 22.83 mJ, 6.79 mm2, utilisation 0.61
	// ws: 25.21 ms, 65.59 mJ, 6.79 mm2, utilisation 0.23
	// is: 16.93 ms, 45.84 mJ, 6.79 mm2, utilisation 0.34
}

// One layer of a convolutional network on an 8×8 array, as SCALE-Sim counts it and as the hardware does.
func ExampleComputeLayer() {
	layer := dnn.Layer{InHeight: 13, InWidth: 13, InChannels: 256, Filters: 384, KernelHeight: 3, KernelWidth: 3}
	array := systolic.Array{Rows: 8, Cols: 8, Dataflow: systolic.WeightStationary}
	for _, profile := range []systolic.Profile{systolic.ScaleSim, systolic.Physical} {
		problem, err := systolic.Lower(layer, profile)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(profile, systolic.ComputeLayer(array, problem).Cycles)
	}
	// Output:
	// scalesim 1976831
	// physical 1976832
}

// A layer of AlexNet as SCALE-Sim reports it in CALC: what DRAM has to deliver so that the array never waits.
func ExampleCalc() {
	layer := dnn.Layer{InHeight: 13, InWidth: 13, InChannels: 256, Filters: 384, KernelHeight: 3, KernelWidth: 3}
	problem, err := systolic.Lower(layer, systolic.ScaleSim)
	if err != nil {
		fmt.Println(err)
		return
	}
	config := systolic.Config{
		Array:        systolic.Array{Rows: 32, Cols: 32, Dataflow: systolic.WeightStationary},
		IfmapSRAMKiB: 64, FilterSRAMKiB: 64, OfmapSRAMKiB: 64,
	}
	var scratch systolic.Scratch
	run := systolic.Calc(config, problem, &scratch)
	fmt.Println(run.TotalCycles(), "cycles,", run.CyclesWithPrefetch(), "with the prefetch")
	fmt.Printf("ifmap %+v, %.4g words a cycle\n", run.Ifmap, run.Ifmap.Bandwidth())
	fmt.Printf("ofmap %+v\n", run.Ofmap)
	// Output:
	// 185759 cycles, 189946 with the prefetch
	// ifmap {Elements:2356808 StartCycle:-3243 StopCycle:183695}, 12.61 words a cycle
	// ofmap {Elements:3345439 StartCycle:1854 StopCycle:186671}
}

// The first reads of a 2×2 array that multiplies two matrices of 2×2: lanes are skewed, so the second row starts a cycle later.
func ExampleTraceCalc() {
	problem, err := systolic.Lower(dnn.Layer{Op: dnn.GEMM, M: 2, N: 2, K: 2}, systolic.ScaleSim)
	if err != nil {
		fmt.Println(err)
		return
	}
	config := systolic.Config{Array: systolic.Array{Rows: 2, Cols: 2}, IfmapSRAMKiB: 1, FilterSRAMKiB: 1, OfmapSRAMKiB: 1}
	for line := range systolic.TraceCalc(config, problem, systolic.DefaultOffsets()) {
		if line.Stream == systolic.IfmapSRAM {
			fmt.Println(line.Cycle, line.Addresses)
		}
	}
	// Output:
	// 1 [0 -1]
	// 2 [1 2]
	// 3 [-1 3]
	// 4 [-1 -1]
}
