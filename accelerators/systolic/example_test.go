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
