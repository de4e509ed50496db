package wire

import (
	"encoding/binary"
	"math"
)

// Levels is a table of level indices (or other counts), row after row. The zero value is a table without rows.
type Levels struct {
	Rows, Cols int
	Data       []uint32 // Rows × Cols
}

// NewLevels is a table of zeros.
func NewLevels(rows, cols int) Levels { return Levels{rows, cols, make([]uint32, rows*cols)} }

// Row is a row of the table, not a copy.
func (l Levels) Row(i int) []uint32 { return l.Data[i*l.Cols : (i+1)*l.Cols : (i+1)*l.Cols] }

// Table is a table of numbers, row after row. A row of NaN has no values; no other row has a NaN. A table of only such rows may have any Cols.
// The zero value is a table without rows.
type Table struct {
	Rows, Cols int
	Data       []float64 // Rows × Cols
}

// NewTable is a table of zeros.
func NewTable(rows, cols int) Table { return Table{rows, cols, make([]float64, rows*cols)} }

// Row is a row of the table, not a copy; nil for a row without values.
func (t Table) Row(i int) []float64 {
	row := t.Data[i*t.Cols : (i+1)*t.Cols : (i+1)*t.Cols]
	if len(row) == 0 || math.IsNaN(row[0]) {
		return nil
	}
	return row
}

// Set writes a row; nil makes it one without values. Any other length than that of the row panics.
func (t Table) Set(i int, values []float64) {
	row := t.Data[i*t.Cols : (i+1)*t.Cols]
	if values == nil {
		for k := range row {
			row[k] = math.NaN()
		}
		return
	}
	if len(values) != len(row) {
		panic("wire: a row of another length than its table's")
	}
	copy(row, values)
}

// place says where a binary array lies behind its line.
type place struct {
	DType string `json:"dtype"`
	Shape []int  `json:"shape"`
	At    int    `json:"at"`
}

// The types of binary arrays.
const (
	dtypeU32 = "u32"
	dtypeF64 = "f64"
)

func appendU32(dst []byte, data []uint32) []byte {
	for _, v := range data {
		dst = binary.LittleEndian.AppendUint32(dst, v)
	}
	return dst
}

func appendF64(dst []byte, data []float64) []byte {
	for _, v := range data {
		dst = binary.LittleEndian.AppendUint64(dst, math.Float64bits(v))
	}
	return dst
}

func readU32(dst []uint32, src []byte) {
	for i := range dst {
		dst[i] = binary.LittleEndian.Uint32(src[4*i:])
	}
}

func readF64(dst []float64, src []byte) {
	for i := range dst {
		dst[i] = math.Float64frombits(binary.LittleEndian.Uint64(src[8*i:]))
	}
}
