package sweep_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// Planning, running and, later, asking for the same folder again.
func Example() {
	f, err := file.Parse("small.toml", []byte(top+scenario+agent))
	if err != nil {
		panic(err)
	}
	plan, err := sweep.NewPlan(f, catalog())
	if err != nil {
		panic(err)
	}
	dir, err := os.MkdirTemp("", "example")
	if err != nil {
		panic(err)
	}
	defer os.RemoveAll(dir)
	options := sweep.Options{Out: filepath.Join(dir, "out"), Workers: 2}
	outcome, err := sweep.Run(context.Background(), plan, options)
	fmt.Println(outcome.Status, outcome.Studies, outcome.Trials, err)

	options.Resume = true
	outcome, err = sweep.Run(context.Background(), plan, options)
	fmt.Println(outcome.Notes, err)
	// Output:
	// complete 1 40 <nil>
	// [the results are complete: nothing to resume] <nil>
}
