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
	"slices"
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

// checkControllers compares the embedded rows and those of the data folder.
func checkControllers(ctx context.Context, dataDir string) ([]simulators.Agreement, error) {
	embedded, err := golden.Embedded()
	if err != nil {
		return nil, err
	}
	return compareAll(ctx, embedded, dataDir)
}

// compareAll compares the embedded rows, then those of the data folder, then all of them in the simple event order and
// against the JEDEC rules.
func compareAll(ctx context.Context, embedded []golden.Row, dataDir string) ([]simulators.Agreement, error) {
	list, err := compare(ctx, "", golden.Classes(embedded))
	if err != nil {
		return list, err
	}
	all := slices.Clone(embedded)
	if dataDir != "" {
		further, rows, err := compareFolder(ctx, dataDir)
		list = append(list, further...)
		if err != nil {
			return list, err
		}
		all = append(all, rows...)
	}
	last, err := compare(ctx, "", append([]golden.Class{golden.SimpleClass(all)}, golden.RuleClasses(all)...))
	return append(list, last...), err
}

// compareFolder compares what the data folder has, and gives its rows.
func compareFolder(ctx context.Context, dataDir string) (list []simulators.Agreement, all []golden.Row, err error) {
	for _, name := range furtherRows() {
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
		list, all = append(list, more...), append(all, rows...)
		if err != nil {
			return list, all, fmt.Errorf("%s: %w", path, err)
		}
	}
	archgym, err := checkArchGym(ctx, dataDir)
	if err != nil {
		return list, all, err
	}
	return append(list, archgym), all, nil
}

func readRows(path string) ([]golden.Row, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close() // only read
	return golden.Read(file)
}

// compare runs the rows of the classes and sums them up; a class without rows is passed over. The prefix goes before the names of the classes.
func compare(ctx context.Context, prefix string, classes []golden.Class) (list []simulators.Agreement, err error) {
	for _, class := range classes {
		if len(class.Rows) == 0 {
			continue
		}
		outcomes, err := outcomesOf(ctx, class)
		if err != nil {
			return list, err
		}
		list = append(list, agreement(prefix, class.Sum(outcomes)))
	}
	return list, nil
}

// outcomesOf runs the rows of a class on all CPUs.
func outcomesOf(ctx context.Context, class golden.Class) ([]golden.Outcome, error) {
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
	return outcomes, errors.Join(append(failures, ctx.Err())...)
}

func agreement(prefix string, r golden.Report) simulators.Agreement {
	a := simulators.Agreed(r.Report)
	a.Reference = prefix + a.Reference
	if r.Simple {
		a.Bar = fmt.Sprintf("%g %% of the rows within cycles %g %%, latency %g %%, energy %g %%", 100*golden.SimpleRowsFrac,
			100*golden.SimpleCyclesFrac, 100*golden.SimpleLatencyFrac, 100*golden.SimpleEnergyFrac)
		a.Within, a.Needed = r.Within, int(math.Ceil(golden.SimpleRowsFrac*float64(r.Rows)))
	}
	return a
}
