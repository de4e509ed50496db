package verify

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/scalesim"
	"github.com/codesign-gym/codesign/experiments/report"
	simsystolic "github.com/codesign-gym/codesign/simulators/systolic"
)

const scalesimTitle = "SCALE-Sim"

// scalesimDriver runs the tool's Python package.
//
//go:embed scalesim_driver.py
var scalesimDriver []byte

func scalesimTool() Tool {
	return Tool{
		Name: "scalesim", Title: scalesimTitle + " 3.0.0 (1d62b68)", Variable: "CODESIGN_SCALESIM",
		Wants: "a Python that can import its package scalesim", programs: []string{"python3", "python"},
		open: openSCALESim,
	}
}

// scalesimChecker runs the driver.
type scalesimChecker struct{ python }

// openSCALESim tries to import the package.
func openSCALESim(ctx context.Context, program string, limit time.Duration) (Checker, error) {
	c := scalesimChecker{python{program: program, limit: limit}}
	try := c
	try.limit = min(limit, time.Minute)
	if err := try.ready(ctx, "scalesim", scalesimDriver); err != nil {
		return nil, err
	}
	return c, nil
}

// Check implements Checker. The layers are compared as matrix products in the profile ScaleSim: SCALE-Sim has neither padding nor groups, and counts by
// rules of its own.
func (c scalesimChecker) Check(ctx context.Context, d Design) (report.Outcome, error) {
	if d.Simulator != "systolic" {
		return report.Outcome{Inexpressible: d.Simulator + " is no systolic array"}, nil
	}
	spec, setup, err := simsystolic.Setups(d.Settings)
	if err != nil {
		return report.Outcome{}, err
	}
	if spec.Version != d.Version {
		return report.Outcome{Inexpressible: otherVersion(d, spec)}, nil
	}
	p, err := spec.Space.Point(d.Axes)
	if err != nil {
		return report.Outcome{}, err
	}
	s := setup(p)
	if s.Cores > 1 || s.Sparse {
		return report.Outcome{Inexpressible: "several cores and sparse weights are not put to the tool"}, nil
	}
	work, err := productsOf(s)
	if err != nil {
		return report.Outcome{}, err
	}
	if len(work.products) == 0 {
		return report.Outcome{Inexpressible: "no layer of the network runs on the array"}, nil
	}
	var rows []scalesim.Compute
	var counts []scalesim.Access
	err = inFolder("scalesim", scalesimDriver, func(dir string) error {
		if err := writeSCALESim(dir, s, work.products); err != nil {
			return err
		}
		if _, err := c.run(ctx, dir, driverName("scalesim"), "array.cfg", "products.csv", "layout.csv", "out"); err != nil {
			return err
		}
		rows, counts, err = readSCALESim(filepath.Join(dir, "out", scalesimRun), len(work.products))
		return err
	})
	if err != nil {
		return report.Outcome{}, err
	}
	return report.Outcome{
		As:       counted(len(work.products), "different matrix product") + " in CALC mode; our figures are those of the profile scalesim",
		Readings: work.readings(s.Array, rows, counts),
	}, nil
}

// scalesimRun is the folder of the reports in the tool's output folder.
const scalesimRun = "design"

// work is a network as SCALE-Sim sees it.
type work struct {
	products []systolic.Problem // all different
	copies   []int64
}

// productsOf lowers the layers that run on the array.
func productsOf(s simsystolic.Setup) (w work, err error) {
	type product struct{ m, n, k int64 }
	at := map[product]int{}
	for _, layer := range s.Network.Layers {
		p, err := systolic.Lower(layer, systolic.ScaleSim)
		if err != nil {
			return work{}, err
		}
		if p.Count == 0 {
			continue // of the vector unit
		}
		copies := p.Count * p.Repeats
		p.Count, p.Repeats = 1, 1
		i, seen := at[product{p.M, p.N, p.K}]
		if !seen {
			i = len(w.products)
			at[product{p.M, p.N, p.K}] = i
			w.products, w.copies = append(w.products, p), append(w.copies, 0)
		}
		w.copies[i] += copies
	}
	return w, nil
}

// writeSCALESim writes the input files.
func writeSCALESim(dir string, s simsystolic.Setup, products []systolic.Problem) error {
	c := scalesim.Default()
	c.RunName, c.Array = scalesimRun, s.Array
	c.IfmapSRAMKiB, c.FilterSRAMKiB, c.OfmapSRAMKiB = s.IfmapSRAMKiB, s.FilterSRAMKiB, s.OfmapSRAMKiB
	return errors.Join(
		writeFile(filepath.Join(dir, "array.cfg"), c.Write),
		writeFile(filepath.Join(dir, "products.csv"), func(w io.Writer) error { return scalesim.WriteProducts(w, products) }),
		writeFile(filepath.Join(dir, "layout.csv"), func(w io.Writer) error { return scalesim.WriteLayout(w, len(products)) }),
	)
}

// readSCALESim reads the reports on so many layers.
func readSCALESim(dir string, layers int) ([]scalesim.Compute, []scalesim.Access, error) {
	rows, err := readReport(dir, scalesim.ComputeName, layers, scalesim.ReadCompute)
	if err != nil {
		return nil, nil, err
	}
	counts, err := readReport(dir, scalesim.AccessName, layers, scalesim.ReadAccess)
	return rows, counts, err
}

func readReport[R any](dir, name string, layers int, read func(string, io.Reader) ([]R, error)) ([]R, error) {
	f, err := os.Open(filepath.Join(dir, name))
	if err != nil {
		return nil, fmt.Errorf("%s has written no report: %w", scalesimTitle, err)
	}
	defer f.Close() // read only
	rows, err := read(name, f)
	if err == nil && len(rows) != layers {
		err = fmt.Errorf("%s: %d layers, want %d", name, len(rows), layers)
	}
	return rows, err
}

// readings are sums over the network, and means of the utilizations over its layers.
func (w work) readings(a systolic.Array, rows []scalesim.Compute, counts []scalesim.Access) []report.Reading {
	list := []report.Reading{
		{Metric: "array_cycles", Unit: "cycles"}, {Metric: "stall_cycles", Unit: "cycles"},
		{Metric: "ifmap_reads", Unit: "elements"}, {Metric: "filter_reads", Unit: "elements"}, {Metric: "ofmap_writes", Unit: "elements"},
		{Metric: "overall_util", Unit: "frac"}, {Metric: "mapping", Unit: "frac"}, {Metric: "compute_util", Unit: "frac"},
	}
	layers := 0.0
	for _, n := range w.copies {
		layers += float64(n)
	}
	for i, p := range w.products {
		ours, c, theirs, n := scalesim.ComputeLayer(a, p), systolic.ComputeLayer(a, p), rows[i], float64(w.copies[i])
		for k, v := range [...]struct{ ours, theirs float64 }{
			{float64(ours.TotalCycles), float64(theirs.TotalCycles)}, {0, float64(theirs.StallCycles)},
			{float64(c.IfmapReads), float64(counts[i].IfmapReads)}, {float64(c.FilterReads), float64(counts[i].FilterReads)},
			{float64(c.OfmapWrites), float64(counts[i].OfmapWrites)},
			{ours.OverallUtilFrac / layers, theirs.OverallUtilFrac / layers}, {ours.MappingFrac / layers, theirs.MappingFrac / layers},
			{ours.ComputeUtilFrac / layers, theirs.ComputeUtilFrac / layers},
		} {
			list[k].Ours += n * v.ours
			list[k].Theirs += n * v.theirs
		}
	}
	return list
}

// counted is a number of things in words.
func counted(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}
