package dram

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"github.com/codesign-gym/codesign/dram/golden"
	"github.com/codesign-gym/codesign/simulators"
)

// furtherRows are the files of the data folder, in the form of the embedded rows, that are compared as well.
func furtherRows() []string {
	return []string{
		"dram/golden_dramsys50.csv", "dram/golden_dramsys50_matched.csv", "dram/golden_dramsim3.csv", "dram/golden_dramsim3_matched.csv", "dram/golden_ramulator2.csv",
	}
}

// Checks are what `codesign validate` re-measures.
func Checks() []simulators.Check {
	return []simulators.Check{
		{Area: "dram", Doc: "cycles, command counts, latencies and energies of DRAMSys, DRAMsim3 and Ramulator", Run: checkControllers},
		{Area: "drampower", Doc: "counts, state cycles and energies of DRAMPower 4 and 5.1", Run: checkPower},
	}
}

// checkControllers compares the embedded rows, then those of the data folder, then all of them in the simple event order.
func checkControllers(ctx context.Context, dataDir string) ([]simulators.Agreement, error) {
	all, err := golden.Embedded()
	if err != nil {
		return nil, err
	}
	list, err := compare(ctx, "", golden.Classes(all))
	if err != nil {
		return list, err
	}
	for _, name := range furtherRows() {
		if dataDir == "" {
			break
		}
		path := filepath.Join(dataDir, name)
		rows, err := readRows(path)
		if errors.Is(err, fs.ErrNotExist) {
			list = append(list, simulators.Agreement{Reference: path, Skipped: "no such file"})
			continue
		}
		var more []simulators.Agreement
		if err == nil {
			more, err = compare(ctx, filepath.Base(name)+": ", golden.Classes(rows))
		}
		list = append(list, more...)
		if err != nil {
			return list, fmt.Errorf("%s: %w", path, err)
		}
		all = append(all, rows...)
	}
	if dataDir != "" {
		archgym, err := checkArchGym(ctx, dataDir)
		if err != nil {
			return list, err
		}
		list = append(list, archgym)
	}
	simple, err := compare(ctx, "", []golden.Class{golden.SimpleClass(all)})
	return append(list, simple...), err
}

func readRows(path string) ([]golden.Row, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() // only read
	return golden.Read(file)
}

// compare runs the rows of the classes, on all CPUs, and sums them up. The prefix goes before the names of the classes.
func compare(ctx context.Context, prefix string, classes []golden.Class) (list []simulators.Agreement, err error) {
	for _, class := range classes {
		outcomes := make([]golden.Outcome, len(class.Rows))
		failures := make([]error, len(class.Rows))
		next := make(chan int)
		var workers sync.WaitGroup
		for range runtime.GOMAXPROCS(0) {
			workers.Go(func() {
				for i := range next {
					outcomes[i], failures[i] = class.Outcome(class.Rows[i])
				}
			})
		}
		for i := range class.Rows {
			if ctx.Err() != nil {
				break
			}
			next <- i
		}
		close(next)
		workers.Wait()
		if err := errors.Join(append(failures, ctx.Err())...); err != nil {
			return list, err
		}
		list = append(list, agreement(prefix, class.Sum(outcomes)))
	}
	return list, nil
}

func agreement(prefix string, r golden.Report) simulators.Agreement {
	a := simulators.Agreement{
		Reference: prefix + r.Reference, Rows: r.Rows, Equal: r.Equal,
		MedianRelativeError: r.MedianRelativeError, LargestRelativeError: r.LargestRelativeError, FirstDifference: r.FirstDifference,
	}
	if r.Simple {
		a.Bar = fmt.Sprintf("%g %% of the rows within cycles %g %%, latency %g %%, energy %g %%", 100*golden.SimpleRowsFrac,
			100*golden.SimpleCyclesFrac, 100*golden.SimpleLatencyFrac, 100*golden.SimpleEnergyFrac)
		a.Within, a.Needed = r.Within, int(math.Ceil(golden.SimpleRowsFrac*float64(r.Rows)))
	}
	return a
}
