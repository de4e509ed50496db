package scalesim

import (
	"io"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// WriteReport writes a report as SCALE-Sim v3 does: counts as whole numbers, bandwidths and the cycles of accesses as Python's floats.
func WriteReport(w io.Writer, r systolic.Report) error {
	head := make([]string, len(r.Columns))
	for i, c := range r.Columns {
		head[i] = c.Name
	}
	err := writeLine(w, head)
	cells := make([]string, len(r.Columns))
	for _, row := range r.Rows {
		if err != nil {
			break
		}
		for i, v := range row {
			if c := r.Columns[i]; c.Integer && !strings.HasSuffix(c.Name, " Cycle") {
				cells[i] = strconv.FormatInt(int64(v), 10)
			} else {
				cells[i] = float(v)
			}
		}
		err = writeLine(w, cells)
	}
	return err
}
