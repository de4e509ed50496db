package lookup

import "fmt"

// Table is one summand of Sums: a value for every combination of the levels of some axes, row-major.
type Table struct {
	Axes   []int
	Values []float64
}

// Sums is a sum of tables on inputs of finite levels. It is safe for concurrent use.
type Sums struct {
	base   float64
	axes   int
	tables []strided
}

// strided is a table whose cell is the sum of level times stride over its axes.
type strided struct {
	axes    []int
	strides []int32
	values  []float64
}

// NewSums makes a sum of tables on axes of so many levels. It keeps the tables' values.
func NewSums(base float64, levels []int, tables []Table) (*Sums, error) {
	s := &Sums{base: base, axes: len(levels)}
	for i, t := range tables {
		cells, strides := 1, make([]int32, len(t.Axes))
		for k := len(t.Axes) - 1; k >= 0; k-- {
			strides[k] = int32(cells)
			cells *= levels[t.Axes[k]]
		}
		if cells != len(t.Values) {
			return nil, fmt.Errorf("lookup: table %d has %d values for %d cells", i, len(t.Values), cells)
		}
		s.tables = append(s.tables, strided{t.Axes, strides, t.Values})
	}
	return s, nil
}

// Scores fills in the sums of rows of levels, row-major, one level an axis. It allocates nothing once the scratch has its size.
func (s *Sums) Scores(levels []uint8, scores []float64, scratch *Scratch) {
	if scratch.cells == nil {
		scratch.cells = make([]int32, block)
	}
	for from := 0; from < len(scores); from += block {
		to := min(from+block, len(scores))
		s.block(levels[from*s.axes:to*s.axes], scores[from:to], scratch.cells[:to-from])
	}
}

// block sums at most block rows, table by table.
func (s *Sums) block(levels []uint8, scores []float64, cells []int32) {
	for i := range scores {
		scores[i] = s.base
	}
	for _, t := range s.tables {
		clear(cells)
		for k, axis := range t.axes {
			stride, at := t.strides[k], axis
			for i := range cells {
				cells[i] += int32(levels[at]) * stride
				at += s.axes
			}
		}
		for i, c := range cells {
			scores[i] += t.values[c]
		}
	}
}
