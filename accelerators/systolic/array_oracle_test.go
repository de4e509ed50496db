package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// walked is what the array below counts while it multiplies two real matrices.
type walked struct {
	systolic.Compute
	mappingSum, utilSum float64 // over the folds
	product             [][]int
}

// token is what travels between processing elements: the index in the stream, and a value unless the lane is unused.
type token struct {
	index int // −1: nothing yet
	value int
	used  bool
}

// walkOutputStationary moves operands through a grid of processing elements, one cycle at a time.
func walkOutputStationary(t require.TestingT, rows, cols int, a, b [][]int) walked {
	m, n, k := len(a), len(b[0]), len(b)
	w := walked{product: zeros(m, n)}
	for col := 0; col < n; col += cols {
		for row := 0; row < m; row += rows {
			usedRows, usedCols := min(rows, m-row), min(cols, n-col)
			left, top, sums := grid(rows, cols), grid(rows, cols), zeros(rows, cols)
			foldCycles, foldMACs := 0, 0
			for done := false; !done; foldCycles++ {
				left = shiftRight(left, func(x int) token {
					return lane(foldCycles-x, k, x < usedRows, &w.IfmapReads, func(i int) int { return a[row+x][i] })
				})
				top = shiftDown(top, func(y int) token {
					return lane(foldCycles-y, k, y < usedCols, &w.FilterReads, func(i int) int { return b[i][col+y] })
				})
				for y := range cols {
					leaving := 0
					for x := range rows {
						require.Equal(t, left[x][y].index, top[x][y].index, "operands meet")
						if left[x][y].used && top[x][y].used {
							sums[x][y] += left[x][y].value * top[x][y].value
							foldMACs++
							if left[x][y].index == k-1 {
								w.product[row+x][col+y] = sums[x][y]
								w.OfmapWrites++
								leaving++
							}
						}
					}
					require.LessOrEqual(t, leaving, 1, "one output a column and cycle")
				}
				done = left[rows-1][cols-1].index == k-1
			}
			w.endFold(rows, cols, usedRows*usedCols, foldCycles, foldMACs)
		}
	}
	return w
}

// operands is a product with a stationary operand, seen from the array: depth runs along rows, span along columns.
type operands struct {
	depth, span, streamed int
	stationary            func(k, column int) int
	stream                func(k, index int) int
	output                func(column, index int) *int
	preloads, reads       *int64
}

// walkStationary does the same with an operand that stays: preload from the top, then stream from the left, sums leave at the bottom.
func walkStationary(t require.TestingT, rows, cols int, o operands, w *walked) {
	for col := 0; col < o.span; col += cols {
		for row := 0; row < o.depth; row += rows {
			usedRows, usedCols := min(rows, o.depth-row), min(cols, o.span-col)
			held, left, sums := grid(rows, cols), grid(rows, cols), grid(rows, cols)
			foldCycles, foldMACs := 0, 0
			for ; foldCycles < rows; foldCycles++ { // the bottom row's values enter first
				x := rows - 1 - foldCycles
				held = shiftDown(held, func(y int) token {
					if x >= usedRows || y >= usedCols {
						return token{index: x}
					}
					*o.preloads++
					return token{x, o.stationary(row+x, col+y), true}
				})
				for x := range rows {
					for y := range cols {
						if held[x][y].used {
							w.PreloadShifts++
						}
					}
				}
			}
			for done := false; !done; foldCycles++ {
				now := foldCycles - rows
				left = shiftRight(left, func(x int) token {
					return lane(now-x, o.streamed, x < usedRows, o.reads, func(i int) int { return o.stream(row+x, i) })
				})
				sums = shiftDown(sums, func(y int) token {
					if row == 0 {
						return lane(now-y, o.streamed, y < usedCols, new(int64), func(int) int { return 0 })
					}
					return lane(now-y, o.streamed, y < usedCols, &w.OfmapReads, func(i int) int { return *o.output(col+y, i) })
				})
				for x := range rows {
					for y := range cols {
						require.Equal(t, left[x][y].index, sums[x][y].index, "operand and partial sum meet")
						if left[x][y].used && held[x][y].used {
							require.Equal(t, x, held[x][y].index, "preload in place")
							sums[x][y].value += left[x][y].value * held[x][y].value
							foldMACs++
						}
					}
				}
				for y := range usedCols {
					if leaving := sums[rows-1][y]; leaving.index >= 0 {
						*o.output(col+y, leaving.index) = leaving.value
						w.OfmapWrites++
					}
				}
				done = left[rows-1][cols-1].index == o.streamed-1
			}
			w.endFold(rows, cols, usedRows*usedCols, foldCycles, foldMACs)
		}
	}
}

func (w *walked) endFold(rows, cols, used, cycles, macs int) {
	w.Folds++
	w.Cycles += int64(cycles)
	w.MACs += int64(macs)
	w.mappingSum += float64(used) / float64(rows*cols)
	w.utilSum += float64(macs) / float64(rows*cols*cycles)
}

func walk(t require.TestingT, array systolic.Array, a, b [][]int) walked {
	m, n, k := len(a), len(b[0]), len(b)
	if array.Dataflow == systolic.OutputStationary {
		return walkOutputStationary(t, array.Rows, array.Cols, a, b)
	}
	w := walked{product: zeros(m, n)}
	o := operands{
		depth: k, span: n, streamed: m, preloads: &w.FilterReads, reads: &w.IfmapReads,
		stationary: func(k, column int) int { return b[k][column] },
		stream:     func(k, index int) int { return a[index][k] },
		output:     func(column, index int) *int { return &w.product[index][column] },
	}
	if array.Dataflow == systolic.InputStationary {
		o = operands{
			depth: k, span: m, streamed: n, preloads: &w.IfmapReads, reads: &w.FilterReads,
			stationary: func(k, column int) int { return a[column][k] },
			stream:     func(k, index int) int { return b[k][index] },
			output:     func(column, index int) *int { return &w.product[column][index] },
		}
	}
	walkStationary(t, array.Rows, array.Cols, o, &w)
	w.PartialSums = w.OfmapWrites + w.OfmapReads - int64(m*n)
	return w
}

// lane is what enters at the edge: element index of a stream of the given length, counted as a read unless the lane is unused.
func lane(index, length int, used bool, reads *int64, value func(int) int) token {
	if index < 0 || index >= length {
		return token{index: -1}
	}
	if !used {
		return token{index: index}
	}
	*reads++
	return token{index, value(index), true}
}

func grid(rows, cols int) [][]token {
	g := make([][]token, rows)
	for x := range g {
		g[x] = make([]token, cols)
		for y := range g[x] {
			g[x][y].index = -1
		}
	}
	return g
}

func shiftRight(g [][]token, enter func(x int) token) [][]token {
	next := grid(len(g), len(g[0]))
	for x := range g {
		next[x][0] = enter(x)
		copy(next[x][1:], g[x])
	}
	return next
}

func shiftDown(g [][]token, enter func(y int) token) [][]token {
	next := grid(len(g), len(g[0]))
	for y := range g[0] {
		next[0][y] = enter(y)
	}
	for x := 1; x < len(g); x++ {
		copy(next[x], g[x-1])
	}
	return next
}

func zeros(rows, cols int) [][]int {
	z := make([][]int, rows)
	for i := range z {
		z[i] = make([]int, cols)
	}
	return z
}

func multiply(a, b [][]int) [][]int {
	c := zeros(len(a), len(b[0]))
	for i := range a {
		for j := range b[0] {
			for k := range b {
				c[i][j] += a[i][k] * b[k][j]
			}
		}
	}
	return c
}

func TestClosedFormsEqualAnArrayThatMultiplies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		array := systolic.Array{
			Rows:     rapid.IntRange(1, 6).Draw(t, "rows"),
			Cols:     rapid.IntRange(1, 6).Draw(t, "cols"),
			Dataflow: systolic.Dataflow(rapid.IntRange(0, 2).Draw(t, "dataflow")),
		}
		m, n, k := rapid.IntRange(1, 14).Draw(t, "M"), rapid.IntRange(1, 14).Draw(t, "N"), rapid.IntRange(1, 14).Draw(t, "K")
		a, b := zeros(m, k), zeros(k, n)
		for _, matrix := range [][][]int{a, b} {
			for i := range matrix {
				for j := range matrix[i] {
					matrix[i][j] = rapid.IntRange(-9, 9).Draw(t, "value")
				}
			}
		}
		p := product(int64(m), int64(n), int64(k))

		want := walk(t, array, a, b)
		got := systolic.ComputeLayer(array, p)

		require.Equal(t, multiply(a, b), want.product, "the array computes the product")
		require.Equal(t, want.Compute, got)
		require.InEpsilon(t, want.mappingSum/float64(want.Folds), systolic.MappingFrac(array, p), 1e-12)
		require.InEpsilon(t, want.utilSum/float64(want.Folds), systolic.ComputeUtilFrac(array, p), 1e-12)
	})
}

// product is a GEMM as Lower would give it.
func product(m, n, k int64) systolic.Problem {
	return systolic.Problem{M: m, N: n, K: k, Count: 1, IfmapElements: m * k, FilterElements: k * n, OfmapElements: m * n, Repeats: 1}
}
