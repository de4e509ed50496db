package seed_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/env/seed"
)

// Each consumer of random numbers names its stream; another consumer does not move it.
func Example() {
	ga := seed.New(7, "agent", "ga", "rep3")
	fmt.Println(ga.IntN(100), ga.IntN(100), ga.IntN(100))
	again := seed.New(7, "agent", "ga", "rep3")
	fmt.Println(again.IntN(100), again.IntN(100), again.IntN(100))
	// Output:
	// 54 39 14
	// 54 39 14
}
