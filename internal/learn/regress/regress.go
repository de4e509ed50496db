package regress

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Data is rows to learn from.
type Data struct {
	Axes []int     // how many neighbouring features each axis of a design has; their sum is the features of a row
	X    []float64 // row-major
	Y    []float64 // one a row
}

// Features is the number of features of a row.
func (d Data) Features() int {
	n := 0
	for _, columns := range d.Axes {
		n += columns
	}
	return n
}

// Row is the features of a row.
func (d Data) Row(i int) []float64 { n := d.Features(); return d.X[i*n : (i+1)*n] }

// Rows are those of the indices.
func (d Data) Rows(indices []int) Data {
	return d.With(indices, func(row int) float64 { return d.Y[row] })
}

// With are the rows of the indices with other targets.
func (d Data) With(indices []int, target func(row int) float64) Data {
	out := Data{Axes: d.Axes, X: make([]float64, 0, len(indices)*d.Features()), Y: make([]float64, len(indices))}
	for k, i := range indices {
		out.X, out.Y[k] = append(out.X, d.Row(i)...), target(i)
	}
	return out
}

// Model predicts targets. It is plain data and safe for concurrent use.
type Model interface {
	// Predict fills in the prediction of each row of x, row-major.
	Predict(x []float64, into []float64)
}

// Kind names a sort of model. The zero value means Boost.
type Kind string

// The kinds.
const (
	Ridge      Kind = "ridge"
	Neighbours Kind = "knn"
	Forest     Kind = "forest"
	Boost      Kind = "boost"
	Process    Kind = "gp"
	Nets       Kind = "mlp"
	Summed     Kind = "tables"
)

// Kinds lists the names of the kinds.
func Kinds() []string {
	return []string{string(Ridge), string(Neighbours), string(Forest), string(Boost), string(Process), string(Nets), string(Summed)}
}

// Options are what fitting may be told. The zero value is the default.
type Options struct {
	Trees   int     // of forest and boost; zero means a number that grows with the rows
	Fine    int     // boost: so many times the trees, at the rate over it, each from a random 0.7 of the rows; zero means 1, from all rows
	Workers int     // goroutines of forest and boost; zero means 1; changes the time, never the model
	chains  [][]int // axes of the tables; nil = to be found
}

// ErrData is the cause of errors about the rows.
var ErrData = errors.New("regress: the rows cannot be learned from")

// Fit learns a model. It keeps none of the data but of the kinds knn and gp, which are their rows.
func Fit(kind Kind, d Data, o Options, rng *rand.Rand) (Model, error) {
	if err := d.check(); err != nil {
		return nil, err
	}
	switch kind {
	case Ridge:
		return fitLinear(d)
	case Neighbours:
		return fitNearest(d), nil
	case Forest:
		return fitForest(d, o, rng)
	case Boost, "":
		return fitBoosted(d, o, rng)
	case Process:
		return fitProcess(d, rng)
	case Nets:
		return fitNets(d, rng)
	case Summed:
		return fitTables(d, o, rng), nil
	}
	return nil, suggest.Unknown("kind of model", string(kind), Kinds())
}

func (d Data) check() error {
	n, features := len(d.Y), d.Features()
	if features == 0 || len(d.X) != n*features {
		return fmt.Errorf("%w: %d numbers for %d rows of %d features", ErrData, len(d.X), n, features)
	}
	if n < 2 {
		return fmt.Errorf("%w: %d rows, need at least 2", ErrData, n)
	}
	bad := func(v float64) bool { return v-v != 0 }
	if i := slices.IndexFunc(d.X, bad); i >= 0 {
		return fmt.Errorf("%w: row %d: feature %d is %v", ErrData, i/features, i%features, d.X[i])
	}
	if i := slices.IndexFunc(d.Y, bad); i >= 0 {
		return fmt.Errorf("%w: row %d: the target is %v", ErrData, i, d.Y[i])
	}
	if slices.Min(d.Y) == slices.Max(d.Y) {
		return fmt.Errorf("%w: the target is %v in all %d rows", ErrData, d.Y[0], n)
	}
	return nil
}
