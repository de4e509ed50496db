package stats

import (
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// PairedRatio is the geometric mean of x/y over pairs (of one seed each) of positive values, with its interval by Student's t on the logarithms, which
// are taken for normal: exp(mean ± t s/√n). With one pair the interval is infinite.
func PairedRatio(x, y []float64, confidence float64) (ratio float64, within Interval) {
	logs := make([]float64, len(x))
	for i := range x {
		logs[i] = math.Log(x[i] / y[i])
	}
	mean, half := studentHalf(logs, confidence)
	return math.Exp(mean), Interval{math.Exp(mean - half), math.Exp(mean + half)}
}

// MeanInterval is the mean with its interval by Student's t. With one value the interval is infinite.
func MeanInterval(values []float64, confidence float64) (mean float64, within Interval) {
	mean, half := studentHalf(values, confidence)
	return mean, Interval{mean - half, mean + half}
}

// studentHalf is the mean, and half of its interval.
func studentHalf(values []float64, confidence float64) (mean, half float64) {
	n := float64(len(values))
	if n < 2 {
		return Mean(values), math.Inf(1)
	}
	mean, sd := stat.MeanStdDev(values, nil)
	t := distuv.StudentsT{Sigma: 1, Nu: n - 1}.Quantile((1 + confidence) / 2)
	return mean, t * sd / math.Sqrt(n)
}
