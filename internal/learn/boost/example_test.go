package boost_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/internal/learn/boost"
)

func ExampleFit() {
	table := boost.Data[float64]{Features: 2} // rows of an array, and whether its dataflow is weight-stationary
	for size := range 8 {
		for dataflow, slow := range []float64{1, 3} {
			table.X = append(table.X, float64(size), float64(dataflow))
			table.Y = append(table.Y, slow*float64(8-size))
		}
	}
	m, err := boost.Fit(table, boost.Options{Trees: 200}, nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	latency := make([]float64, 2)
	boost.Scores(m, []float64{7, 0, 0, 1}, latency)
	fmt.Printf("about %.0f and %.0f\n", latency[0], latency[1])
	// Output: about 1 and 24
}
