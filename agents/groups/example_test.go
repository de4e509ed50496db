package groups_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/groups"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// An array is as fast as its sides fit each other, and the memory adds to that: the sides belong together.
func ExampleFind() {
	s, err := space.New(
		space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{4, 8, 16, 32}},
		space.Param{Name: "columns", Kind: space.Ordinal, Values: []float64{4, 8, 16, 32}},
		space.Param{Name: "sram", Unit: "KiB", Kind: space.Ordinal, Values: []float64{16, 32, 64, 128}},
	)
	if err != nil {
		panic(err)
	}
	rng := seed.New(1, "groups")
	trials := make([]agents.Trial, 100)
	for i := range trials {
		p := s.Sample(rng)
		mismatch := float64(p[0] - p[1])
		trials[i] = agents.Trial{ID: i, Point: p, Objectives: []float64{float64(p[2]) - mismatch*mismatch}, Violations: []float64{0}}
	}
	for _, g := range groups.Find(s, trials) {
		fmt.Println(g.Name)
	}
	// Output:
	// rows+columns
	// sram
}
