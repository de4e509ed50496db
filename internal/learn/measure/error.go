package measure

import "math"

// Errors says how far predictions are from the truth. See the package comment for the measures.
type Errors struct {
	Rows            int
	RMSE            float64 // in the unit of the truths
	RelativeToMean  float64
	RelativeToRange float64
	MAPE            float64
	R2              float64
	Spearman        float64
	Kendall         float64
}

// Of measures predictions, one a truth. It panics when their numbers differ.
func Of(truth, predicted []float64) Errors {
	checkLengths(len(truth), len(predicted))
	e := Errors{Rows: len(truth), Spearman: Spearman(truth, predicted), Kendall: Kendall(truth, predicted)}
	low, high, mean := math.Inf(1), math.Inf(-1), 0.0
	for _, y := range truth {
		low, high, mean = min(low, y), max(high, y), mean+y
	}
	n := float64(len(truth))
	mean /= n
	squares, spread, relative, nonzero := 0.0, 0.0, 0.0, 0.0
	for i, y := range truth {
		d := predicted[i] - y
		squares += d * d
		spread += (y - mean) * (y - mean)
		if y != 0 {
			relative += math.Abs(d / y)
			nonzero++
		}
	}
	e.RMSE = math.Sqrt(squares / n)
	e.RelativeToMean = quotient(e.RMSE, math.Abs(mean))
	e.RelativeToRange = quotient(e.RMSE, high-low)
	e.MAPE = quotient(relative, nonzero)
	e.R2 = 1 - quotient(squares, spread)
	return e
}

// Coverage is the share of truths in their intervals, both ends included.
func Coverage(truth, low, high []float64) float64 {
	checkLengths(len(truth), len(low))
	checkLengths(len(truth), len(high))
	in := 0
	for i, y := range truth {
		if low[i] <= y && y <= high[i] {
			in++
		}
	}
	return quotient(float64(in), float64(len(truth)))
}

// quotient is NaN where it is not defined.
func quotient(a, b float64) float64 {
	if b > 0 {
		return a / b
	}
	return math.NaN()
}

func checkLengths(a, b int) {
	if a != b {
		panic("measure: the lists differ in length")
	}
}
