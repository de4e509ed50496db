package soc_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/soc"
)

// The camera pipeline on one processor, and why it is slow.
func Example() {
	camera, err := soc.Lookup("hpvm_cava")
	if err != nil {
		panic(err)
	}
	graph, err := soc.Together(camera)
	if err != nil {
		panic(err)
	}
	system, err := soc.NewSystem(graph, soc.DefaultLibrary(), graph.Budget, soc.Repaired)
	if err != nil {
		panic(err)
	}
	design := &soc.Design{
		Blocks: []soc.Block{
			{ID: "P0", Kind: soc.GPP},
			{ID: "B0", Kind: soc.Bus, WidthBytes: 4, ClockFactor: 1},
			{ID: "M0", Kind: soc.DRAM, WidthBytes: 4, ClockFactor: 1},
		},
		Links:      []soc.Link{{A: 0, B: 1}, {A: 1, B: 2}},
		TaskPE:     make([]int, len(graph.Tasks)),
		FlowMemory: make([]int, len(graph.Flows)),
	}
	for i := range design.FlowMemory {
		design.FlowMemory[i] = 2
	}
	var scratch soc.Scratch
	result, timeline, err := scratch.Explain(system, design)
	if err != nil {
		panic(err)
	}
	fmt.Printf("%.1f s, %.1f mW, %.2f mm2\n", result.LatencyS[0], result.PowerMW, result.AreaMM2)
	for _, p := range timeline.Phases {
		a := p.Running[0]
		fmt.Printf("%8.3f s %-24s limited by %s\n", p.StartS, graph.Tasks[a.Task].Name, design.Blocks[a.Bounds[0].Block].ID)
	}
	// Output:
	// 84.9 s, 47.4 mW, 0.71 mm2
	//    0.000 s scale_fxp_cloned         limited by P0
	//    0.023 s demosaic_fxp_cloned      limited by P0
	//    0.040 s denoise_fxp_cloned       limited by P0
	//    0.388 s transform_fxp_cloned     limited by P0
	//    0.436 s gamut_map_fxp_cloned     limited by P0
	//   81.740 s tone_map_fxp_cloned      limited by P0
	//   81.760 s descale_fxp_cloned       limited by P0
}
