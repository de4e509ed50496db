package xr_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/soc/xr"
)

// VR gaming on two accelerators: the first is good at eyes, the second at hands.
func ExampleRun() {
	scenario, err := xr.Lookup("vr-gaming")
	if err != nil {
		fmt.Println(err)
		return
	}
	w, err := xr.NewWorkload(scenario, xr.Repaired, xr.Timing{}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := xr.Platform{Accelerators: 2, Costs: []xr.Cost{
		{LatencyMS: 3, EnergyMJ: 35}, {LatencyMS: 6, EnergyMJ: 35}, {LatencyMS: 30, EnergyMJ: 200}, // es, ge, ht
		{LatencyMS: 8, EnergyMJ: 40}, {LatencyMS: 15, EnergyMJ: 40}, {LatencyMS: 16, EnergyMJ: 150},
	}}
	r, err := xr.Run(w, p, xr.Options{Placement: xr.EarliestFinish}, new(xr.Scratch))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("score %.1f of 100, %d frames finished, %d dropped\n", 100*r.ScoreFrac, r.Finished, r.Dropped)
	for i, m := range r.Models {
		fmt.Printf("%s: %d of %d frames, %.1f ms in the mean\n", scenario.Streams[i].Model, m.Finished, m.Frames, m.MeanLatencyMS)
	}
	// Output:
	// score 95.1 of 100, 116 frames finished, 0 dropped
	// es: 42 of 42 frames, 3.0 ms in the mean
	// ge: 42 of 42 frames, 9.0 ms in the mean
	// ht: 32 of 32 frames, 16.0 ms in the mean
}
