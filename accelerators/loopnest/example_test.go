package loopnest_test

import (
	"fmt"
	"os"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// A matrix product of 4×8 by 8×6 on two units that share a buffer of 40 words.
func Example() {
	const row, column, inner = 0, 1, 2
	problem := loopnest.Problem{
		Name:       "product",
		Dimensions: []loopnest.Dimension{{Name: "I", Size: 4}, {Name: "J", Size: 6}, {Name: "K", Size: 8}},
		Tensors: []loopnest.Tensor{
			{Name: "A", Axes: []loopnest.Axis{loopnest.Along(row), loopnest.Along(inner)}},
			{Name: "B", Axes: []loopnest.Axis{loopnest.Along(inner), loopnest.Along(column)}},
			{Name: "C", Axes: []loopnest.Axis{loopnest.Along(row), loopnest.Along(column)}, Output: true},
		},
	}
	architecture := loopnest.Architecture{
		Name: "two units",
		Levels: []loopnest.Level{
			{Name: "DRAM", ReadPJ: 100, WritePJ: 100, UpdatePJ: 100, ReadWordsPerCycle: 1},
			{Name: "buffer", CapacityWords: 40, ReadPJ: 1, WritePJ: 1, UpdatePJ: 1},
		},
		Compute: loopnest.Compute{Name: "MAC", Instances: 2, EnergyPJ: 0.5},
	}
	all := loopnest.Tensors(0, 1, 2)
	mapping := loopnest.Mapping{Levels: []loopnest.LevelMapping{
		{Keep: all, Temporal: []loopnest.Loop{{Dimension: row, Trips: 2}, {Dimension: column, Trips: 3}, {Dimension: inner, Trips: 2}}},
		{Keep: all, Temporal: []loopnest.Loop{{Dimension: inner, Trips: 4}, {Dimension: row, Trips: 2}},
			Spatial: []loopnest.Spread{{Dimension: column, Trips: 2}}},
	}}
	model, err := loopnest.NewModel(problem, architecture)
	if err != nil {
		fmt.Println(err)
		return
	}
	var result loopnest.Result
	if err := model.Evaluate(&mapping, &result); err != nil {
		fmt.Println(err)
		return
	}
	if err := model.WriteNest(os.Stdout, &mapping); err != nil {
		fmt.Println(err)
	}
	if err := model.WriteTable(os.Stdout, &result); err != nil {
		fmt.Println(err)
	}
	// Output:
	// DRAM [ A: 32, B: 48, C: 24 ]
	//   for I in [0:2)
	//     for J in [0:3)
	//       for K in [0:2)
	// buffer [ A: 8, B: 8, C: 4 ]
	//         for K in [0:4)
	//           for I in [0:2)
	//             par-for J in [0:2) (X)
	// MAC
	//    level  tensor  tile words  capacity used  instances  reads  fills  updates   pJ/MAC  energy
	//     DRAM       A          32              -        1/1     96      0        0  50.0000  42.6 %
	//     DRAM       B          48              -        1/1     96      0        0  50.0000  42.6 %
	//     DRAM       C          24              -        1/1      0      0       24  12.5000  10.6 %
	//   buffer       A           8         20.0 %        1/1     96     96        0   1.0000   0.9 %
	//   buffer       B           8         20.0 %        1/1    192     96        0   1.5000   1.3 %
	//   buffer       C           4         10.0 %        1/1    168      0      192   1.8750   1.6 %
	//      MAC                                                                        0.5000   0.4 %
	// 192 MACs in 192 cycles, bound by the bandwidth of DRAM; utilisation 100.0 %; 0.022536 uJ, 117.3750 pJ/MAC; area 0 mm2
}
