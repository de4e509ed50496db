package simtest_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

// square is a simulator to test.
func square() simulators.Simulator {
	type config struct{ Rows int }
	model, err := simulators.Model[config]{
		Name: "square", Version: "1", Doc: "A square array.",
		Metrics: []simulators.Metric{{Name: "area", Unit: "mm2", Doc: "0.01 mm2 a cell"}},
		Fields:  []simulators.Field[config]{simulators.Int("rows", "PE", "", []int{4, 8, 16}, func(c *config) *int { return &c.Rows })},
		Eval: func(_ context.Context, c config) simulators.Result {
			return simulators.OK(0.01 * float64(c.Rows*c.Rows))
		},
	}.Build()
	if err != nil {
		panic(err)
	}
	return model
}

// TestContract is all that the simulator's package needs.
func TestContract(t *testing.T) {
	simtest.Test(t, simulators.Instance{Simulator: square()})
}

func Example() {
	test := testing.InternalTest{Name: "TestContract", F: TestContract} // as go test runs it
	fmt.Println(test.Name, "covers", square().Spec().Space.Size(), "designs of", square().Spec().Name)
	// Output: TestContract covers 3 designs of square
}
