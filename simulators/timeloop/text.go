package timeloop

import (
	"fmt"
	"io"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

func writeText(w io.Writer, m *loopnest.Model, mapping *loopnest.Mapping, r *loopnest.Result) error {
	return WriteText(w, m, mapping, r)
}

// WriteText is temporary.
func WriteText(w io.Writer, m *loopnest.Model, mapping *loopnest.Mapping, r *loopnest.Result) error {
	for i, l := range mapping.Levels {
		fmt.Fprintln(w, m.Architecture().Levels[i].Name, l.Temporal, l.Spatial, l.Keep)
	}
	_, err := fmt.Fprintln(w, r.Cycles, r.EnergyPJ, r.UtilizationFrac)
	return err
}
