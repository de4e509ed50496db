// Package catalog is the one explicit list of what the command offers. A third party's main appends to these slices.
package catalog

import (
	"slices"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/games"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/accuracy"
	"github.com/codesign-gym/codesign/simulators/asic"
	"github.com/codesign-gym/codesign/simulators/coexplore"
	"github.com/codesign-gym/codesign/simulators/dram"
	"github.com/codesign-gym/codesign/simulators/eyeriss"
	"github.com/codesign-gym/codesign/simulators/functions"
	"github.com/codesign-gym/codesign/simulators/networkspace"
	"github.com/codesign-gym/codesign/simulators/soc"
	"github.com/codesign-gym/codesign/simulators/systolic"
	"github.com/codesign-gym/codesign/simulators/timeloop"
	"github.com/codesign-gym/codesign/simulators/xr"
	"github.com/codesign-gym/codesign/simulators/zerocost"
)

// Simulators lists the simulators of designs.
func Simulators() []simulators.Factory {
	return slices.Concat(
		dram.Factories(),
		one(systolic.Factory()),
		asic.Factories(),
		one(eyeriss.Factory()),
		one(accuracy.Factory()),
		one(zerocost.Factory()),
		coexplore.Factories(),
		one(networkspace.Factory()),
		one(xr.Factory()),
		soc.Factories(),
		functions.Factories(),
	)
}

// Environments lists the environments that hold state across steps. They share one name space with the simulators.
func Environments() []env.Factory { return slices.Concat(soc.Environments(), games.Factories()) }

// Checks lists what `codesign validate` re-measures.
func Checks() []simulators.Check {
	return slices.Concat(
		dram.Checks(),
		one(functions.Check()),
		one(systolic.Check()),
		asic.Checks(),
		one(accuracy.Check()),
		one(zerocost.Check()),
		one(soc.Check()),
		one(xr.Check()),
		timeloop.Checks(),
	)
}

// Workloads lists the named workloads that simulators accept as settings.
func Workloads() []simulators.Workload {
	return slices.Concat(
		dram.Workloads(),
		systolic.Workloads(),
		asic.Workloads(),
		eyeriss.Workloads(),
		soc.Workloads(),
		xr.Workloads(),
	)
}

func one[T any](v T) []T { return []T{v} }
