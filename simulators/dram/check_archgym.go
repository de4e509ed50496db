package dram

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// archgymTrace is ArchGym's file random.stl below the data folder: its trace is not ours to embed.
const archgymTrace = "archgym/random.stl"

// published is a design of which ArchGym's users printed the results.
type published struct {
	design                             space.Design
	timeNS, energyPJ, powerMW          float64
	timeDigit, energyDigit, powerDigit float64 // a unit of the last printed digit
}

// archgymPoints are the two designs of ArchGym's issue 139, whose times came without a unit, and the one of its documentation. The device is the
// default one, the trace ArchGym's random.
func archgymPoints() []published {
	design := func(page string, size float64, active float64) space.Design {
		return space.Design{
			"page_policy": page, "scheduler": "frfcfs", "scheduler_buffer": "shared", "request_buffer_size": size, "respqueue": "reorder",
			"refresh_policy": "none", "arbiter": "reorder", "max_active_transactions": active,
		}
	}
	return []published{
		{design("open_adaptive", 1, 1), 430895, 432139050, 1002.89, 1, 1, 0.01},
		{design("open_adaptive", 1, 2), 288003.75, 354977775, 1232.55, 0.001, 1, 0.01},
		{design("closed_adaptive", 8, 103), 8.74e4, 0.2467e9, 2822, 100, 1e5, 1},
	}
}

// checkArchGym evaluates the published designs on ArchGym's own trace.
func checkArchGym(ctx context.Context, dataDir string) (simulators.Agreement, error) {
	path := filepath.Join(dataDir, archgymTrace)
	if _, err := os.Stat(path); err != nil {
		return simulators.Agreement{Reference: path, Skipped: "no such file"}, nil
	}
	instance, _, err := wideVariant().factory().Open(map[string]any{"trace": path})
	if err != nil {
		return simulators.Agreement{}, err
	}
	spec := instance.Simulator.Spec()
	a := simulators.Agreement{Reference: "ArchGym, published designs on random.stl"}
	var apart []float64
	for i, p := range archgymPoints() {
		point, err := spec.Space.Point(p.design)
		if err != nil {
			return a, err
		}
		results, err := instance.Simulator.Evaluate(ctx, []space.Point{point})
		if err != nil {
			return a, err
		}
		difference, far := p.compare(spec.Keys(), results[0])
		a.Rows++
		apart = append(apart, far)
		if difference == "" {
			a.Equal++
		} else if a.FirstDifference == "" {
			a.FirstDifference = fmt.Sprintf("design %d: %s", i+1, difference)
		}
	}
	slices.Sort(apart)
	a.MedianRelativeError, a.LargestRelativeError = apart[len(apart)/2], apart[len(apart)-1]
	return a, nil
}

// compare says what differs first, and how far the farthest figure is; what agrees to the printed digits is not apart.
func (p published) compare(keys []string, r simulators.Result) (difference string, apart float64) {
	if r.Values == nil {
		return r.Infeasible, math.Inf(1)
	}
	for _, c := range []struct {
		key         string
		want, digit float64
	}{{"time_ns", p.timeNS, p.timeDigit}, {"energy_pj", p.energyPJ, p.energyDigit}, {"power_mw", p.powerMW, p.powerDigit}} {
		got := r.Values[slices.Index(keys, c.key)]
		if math.Abs(got-c.want) <= c.digit {
			continue
		}
		apart = max(apart, math.Abs(got-c.want)/c.want)
		if difference == "" {
			difference = fmt.Sprintf("%s is %g, published %g", c.key, got, c.want)
		}
	}
	return difference, apart
}
