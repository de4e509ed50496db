package scalesim

import "io"

// AccessName is the file name of the report of all accesses.
const AccessName = "DETAILED_ACCESS_REPORT.csv"

// Access is what a layer's line of the report of all accesses counts at the SRAMs, in elements.
type Access struct{ IfmapReads, FilterReads, OfmapWrites int64 }

// ReadAccess reads the SRAM counts of such a report; name is the file's in errors, which name the line.
func ReadAccess(name string, r io.Reader) ([]Access, error) {
	const ifmap, filter, ofmap = "SRAM IFMAP Reads", "SRAM Filter Reads", "SRAM OFMAP Writes"
	t, err := readTable(name, r, ifmap, filter, ofmap)
	if err != nil {
		return nil, err
	}
	rows := make([]Access, t.layers())
	for i := range rows {
		rows[i] = Access{t.count(i, ifmap), t.count(i, filter), t.count(i, ofmap)}
	}
	return rows, t.err
}
