package asic

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/chips/golden"
	"github.com/codesign-gym/codesign/simulators"
)

// halfWithin is the relative error within which half of all published figures must lie.
const halfWithin = 0.15

// checkChips compares the chip models with published chips, figure by figure.
func checkChips() simulators.Check {
	return simulators.Check{
		Area: "chips",
		Doc:  "area, power, speed and traffic of NVDLA, Eyeriss and TPU v1 as published; every figure is listed",
		Run: func(context.Context, string) ([]simulators.Agreement, error) {
			groups, err := golden.Check()
			if err != nil {
				return nil, err
			}
			var list []simulators.Agreement
			all := golden.Group{Reference: "all figures", Tolerance: halfWithin}
			for _, g := range groups {
				list = append(list, chipAgreement(g, true))
				all.Rows = append(all.Rows, g.Rows...)
			}
			all.Needed = (len(all.Rows) + 1) / 2
			return append(list, chipAgreement(all, false)), nil
		},
	}
}

// chipAgreement is a group of figures; those of a fit count with the error of the constants that do not know them, too.
func chipAgreement(g golden.Group, listed bool) simulators.Agreement {
	errors := golden.Errors(g.Rows, golden.Row.Error)
	a := simulators.Agreement{
		Reference: g.Reference, Rows: len(g.Rows), Bar: fmt.Sprintf("%d within %.3g %%", g.Needed, 100*g.Tolerance), Within: g.Within(), Needed: g.Needed,
		MedianRelativeError: golden.Median(errors), LargestRelativeError: errors[len(errors)-1],
	}
	for _, r := range g.Rows {
		if r.Model == r.Published {
			a.Equal++
		}
		if a.FirstDifference == "" && !r.Keeps(g.Tolerance) {
			a.FirstDifference = fmt.Sprintf("%s: published %g %s, model %.4g", r.Name, r.Published, r.Unit, r.Model)
		}
		if listed {
			a.Figures = append(a.Figures, simulators.Figure{Name: r.Name, Unit: r.Unit, Reference: r.Published, Model: r.Model, LeftOut: r.LeftOut})
		}
	}
	return a
}
