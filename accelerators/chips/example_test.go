package chips_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/chips"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/tech"
)

// Area and power of an accelerator of one's own: 256 PEs of 8 bits at 16 nm, 256 KiB in 16 banks, busy half of the time.
func ExampleNewCosts() {
	chip := chips.Chip{Name: "mine", NodeNM: 16, SupplyV: 0.8, ClockMHz: 1000, PEs: 256, WordBits: 8, Banks: 16, BankKiB: 16}
	costs, err := chips.NewCosts(chip, tech.Eyeriss65(), chips.Fitted())
	if err != nil {
		fmt.Println(err)
		return
	}
	work := chips.Activity{Cycles: 1000, BusyCycles: 500, MACs: 500 * 256, BufferWords: 500 * 32}
	fmt.Printf("%.2f mm2: %.2f PEs, %.2f memory\n", costs.Area.TotalMM2(), costs.Area.PEMM2, costs.Area.MemoryMM2)
	fmt.Printf("%.0f mW, %.0f mW idle\n", costs.PowerMW(work, chip.ClockMHz), costs.PowerMW(chips.Activity{Cycles: 1}, chip.ClockMHz))
	// Output:
	// 0.92 mm2: 0.25 PEs, 0.46 memory
	// 72 mW, 19 mW idle
}

// NVDLA's largest configuration on ResNet-50.
func ExampleNVDLA() {
	passes, err := chips.Passes(dnn.ResNet50V1())
	if err != nil {
		fmt.Println(err)
		return
	}
	n := chips.NVDLA{MACs: 2048, BufferKiB: 512, DRAMBandwidthGBps: 20, ClockMHz: 1000}
	run := n.Run(passes)
	fmt.Printf("%.0f frames/s, units busy %.0f %% of the time\n", n.ClockMHz*1e6/float64(run.Cycles), 100*float64(run.MACCycles)/float64(run.Cycles))
	// Output:
	// 271 frames/s, units busy 44 % of the time
}

// The fastest row-stationary mapping of a layer.
func ExampleRowStationary_Fastest() {
	layer := chips.ConvShape{Height: 58, Width: 58, Pad: 1, Channels: 64, Filters: 64, Kernel: 3, Stride: 1, Groups: 1, Samples: 1}
	a := chips.Eyeriss()
	tiling, run, err := a.Fastest(layer, false)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%+v\n%d of %d elements, %.2f ms\n", tiling, run.ActivePEs, a.Rows*a.Cols, float64(run.Cycles)/(1e3*a.ClockMHz))
	// Output:
	// {M:64 N:1 E:7 P:16 Q:4 R:8 T:1}
	// 168 of 168 elements, 5.51 ms
}
