package stats

import (
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// GeometricMean is the geometric mean of positive values with its interval by Student's t on the logarithms, which are taken for normal:
// exp(mean ± t s/√n). With one value the interval is infinite.
func GeometricMean(values []float64, confidence float64) (mean float64, within Interval) {
	logs := make([]float64, len(values))
	for i, v := range values {
		logs[i] = math.Log(v)
	}
	center, half := Mean(logs), math.Inf(1)
	if n := float64(len(logs)); n > 1 {
		t := distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile((1 + confidence) / 2)
		half = t * stat.StdDev(logs, nil) / math.Sqrt(n)
	}
	return math.Exp(center), Interval{math.Exp(center - half), math.Exp(center + half)}
}

// PairedRatio is the geometric mean of x/y over pairs (of one seed each) of positive values, with its interval.
func PairedRatio(x, y []float64, confidence float64) (ratio float64, within Interval) {
	ratios := make([]float64, len(x))
	for i := range x {
		ratios[i] = x[i] / y[i]
	}
	return GeometricMean(ratios, confidence)
}
