package suggest_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/internal/suggest"
)

func ExampleUnknown() {
	fmt.Println(suggest.Unknown("simulator", "systolc", []string{"dram", "systolic"}))
	// Output: unknown simulator "systolc", did you mean "systolic"? (known: dram, systolic)
}
