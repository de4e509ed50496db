package dataset_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/simulators"
)

// One study of three trials is written, summarised and exported.
func Example() {
	if err := example(); err != nil {
		fmt.Println(err)
	}
	// Output:
	// param_rows_of_pe: 3 values, mean 18.666666666666668
	// metric_latency_ns: 2 values, mean 75
	// {Rows:3 Feasible:2 Violating:0 Infeasible:1 Failed:0 Unique:3}
	// 0 [8] [100] []
	// 1 [16] [50] []
	// 2 [32] [] [too wide]
}

func example() error {
	folder, err := os.MkdirTemp("", "dataset")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	dir := filepath.Join(folder, "dataset")

	designs, err := space.New(space.Param{Name: "rows_of_pe", Values: []float64{8, 16, 32}})
	if err != nil {
		return err
	}
	spec := simulators.Spec{Name: "toy", Version: "1", Space: designs, Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}}}
	study := dataset.Study{Scenario: "demo", Spec: spec, Agent: "grid", Objectives: []objective.Term{{Name: "latency_ns", Unit: "ns", Minimise: true}}}

	w, err := dataset.Create(dir, []dataset.Study{study})
	if err != nil {
		return err
	}
	results := []simulators.Result{simulators.OK(100), simulators.OK(50), simulators.Infeasible("too wide", 1)}
	err = w.Write(0, func(yield func(dataset.Row, error) bool) {
		for trial, result := range results {
			row := dataset.Row{Trial: trial, Point: space.Point{trial}, Result: result}
			if result.Values != nil {
				row.Score.Objectives = []float64{-result.Values[0]}
			}
			if !yield(row, nil) {
				return
			}
		}
	})
	if err != nil {
		return err
	}
	if err := w.Close(); err != nil {
		return err
	}

	r, err := dataset.Open(dir)
	if err != nil {
		return err
	}
	defer r.Close()
	summary, err := dataset.Summarise(r)
	if err != nil {
		return err
	}
	for _, c := range summary.Columns[:2] {
		fmt.Printf("%s: %d values, mean %v\n", c.Name, c.Values, c.Mean)
	}
	fmt.Printf("%+v\n", summary.Studies[0])
	for rec, err := range r.Rows() {
		if err != nil {
			return err
		}
		var reasons []string
		if rec.Infeasible != "" {
			reasons = append(reasons, rec.Infeasible)
		}
		fmt.Println(rec.Trial, rec.Params, rec.Metrics, reasons)
	}
	return nil
}
