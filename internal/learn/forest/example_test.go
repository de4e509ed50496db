package forest_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/forest"
)

func ExampleTrain() {
	features := []forest.Feature{{Levels: 8}, {Levels: 3, Nominal: true}} // rows of an array, dataflow
	var rows [][]int
	var latency []float64
	for size := range 8 {
		for dataflow, slow := range []float64{1, 3, 1} {
			rows, latency = append(rows, []int{size, dataflow}), append(latency, slow*float64(8-size))
		}
	}
	f, err := forest.Train(features, rows, latency, forest.Options{Trees: 50}, seed.New(1, "proxy"))
	if err != nil {
		fmt.Println(err)
		return
	}
	fast, _ := f.Predict([]int{7, 2})
	slow, _ := f.Predict([]int{0, 1})
	fmt.Printf("about %.0f and %.0f\n", fast, slow)
	// Output: about 1 and 22
}
