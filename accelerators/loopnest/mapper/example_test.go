package mapper_test

import (
	"fmt"
	"math/rand/v2"
	"os"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
)

// A 1×1 convolution on eight units with a register each for weights.
func ExampleSearch() {
	problem, err := loopnest.FromLayer(dnn.Layer{Name: "pointwise", InHeight: 7, InWidth: 7, InChannels: 32, Filters: 16, KernelHeight: 1, KernelWidth: 1}, 1)
	if err != nil {
		fmt.Println(err)
		return
	}
	model, err := loopnest.NewModel(problem, loopnest.Architecture{
		Name: "small",
		Levels: []loopnest.Level{
			{Name: "DRAM", ReadPJ: 64, WritePJ: 64, UpdatePJ: 64, ReadWordsPerCycle: 1, WriteWordsPerCycle: 1},
			{Name: "buffer", CapacityWords: 1024, Buffers: 2, ReadPJ: 1.2, WritePJ: 1.2, UpdatePJ: 1.2},
			{Name: "register", CapacityWords: 1, Instances: 8, Holds: []string{"Weights"}, ReadPJ: 0.1, WritePJ: 0.1},
		},
		Compute: loopnest.Compute{Name: "MAC", Instances: 8, EnergyPJ: 0.2},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	constraints := mapper.Constraints{Levels: []mapper.LevelConstraint{{Level: "register", Keep: []string{"Weights"}}}}
	best, err := mapper.Search(model, constraints, mapper.Options{Algorithm: mapper.Exhaustive, Budget: 1e6}, rand.New(rand.NewPCG(1, 1)))
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := model.WriteNest(os.Stdout, &best.Mapping); err != nil {
		fmt.Println(err)
	}
	fmt.Printf("complete: %v; %d cycles, %.0f nJ, DRAM %d words\n", best.Complete, best.Result.Cycles, best.Result.EnergyPJ/1e3, best.Result.OutermostWords())
	// Output:
	// DRAM [ Weights: 512, Inputs: 1568, Outputs: 784 ]
	//   for C in [0:2)
	//     for P in [0:7)
	// buffer [ Weights: 256, Inputs: 112, Outputs: 112 ]
	//       for M in [0:8)
	//         for C in [0:4)
	//           for Q in [0:7)
	//             par-for C in [0:4) (X)
	//               par-for M in [0:2) (X)
	// register [ Weights: 1 ]
	// MAC
	// complete: true; 3136 cycles, 328 nJ, DRAM 4432 words
}
