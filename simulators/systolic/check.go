package systolic

import (
	"context"

	"github.com/codesign-gym/codesign/accelerators/systolic/golden"
	"github.com/codesign-gym/codesign/simulators"
)

// Check compares the model with the measured rows that are embedded.
func Check() simulators.Check {
	return simulators.Check{
		Area: "systolic",
		Doc:  "compute cycles, utilisations and SRAM counts of SCALE-Sim",
		Run: func(context.Context, string) ([]simulators.Agreement, error) {
			r, err := golden.CheckCompute()
			if err != nil {
				return nil, err
			}
			return []simulators.Agreement{{
				Reference: r.Reference, Rows: r.Rows, Equal: r.Equal,
				LargestRelativeError: r.LargestRelativeError, FirstDifference: r.FirstDifference,
			}}, nil
		},
	}
}
