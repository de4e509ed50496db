package offpolicy_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// Utilities of two axes are fitted to what actions were worth; the best action need not have been seen.
func ExampleNewUtilities() {
	s, err := space.New(
		space.Param{Name: "rows", Kind: space.Ordinal, Values: []float64{4, 8, 16}},
		space.Param{Name: "memory", Kind: space.Nominal, Labels: []string{"dram", "sram"}},
	)
	if err != nil {
		panic(err)
	}
	u := offpolicy.NewUtilities(s, 0, offpolicy.UtilitiesOptions{}, seed.New(1))
	worths := map[int]space.Point{1: {0, 0}, 3: {2, 0}, 2: {0, 1}}
	for range 1000 {
		u.Forward(nil, len(worths))
		row := 0
		for _, worth := range []int{1, 2, 3} {
			u.AddGradient(row, worths[worth], u.Value(row, worths[worth])-float64(worth))
			row++
		}
		u.Learn(0.02, 0)
	}
	u.Forward(nil, 1)
	best, value, err := u.Best(0, nil)
	fmt.Printf("%v is worth %.1f, error %v\n", best, value, err)
	// Output:
	// [2 1] is worth 4.0, error <nil>
}
