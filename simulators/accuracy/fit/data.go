package fit

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
)

// data is what nets learn from: a row a class, standardised.
type data struct {
	width       int
	inputs      []float64 // rows of width numbers
	targets     []float64 // mean of the links of a class, standardised
	weights     []float64 // rows of the class, of mean 1
	mean, scale accuracy.Net
	shift       float64 // of the targets
	spread      float64
	rows        int

	statistics      []float64 // rows of statisticsWidth, standardised
	statisticsWidth int
	free            []float64 // the inputs of those rows
}

// mostFree bounds the networks of a space that pretraining learns from: those of a larger one are the fitted ones.
const mostFree = 20_000

func newData(s nas.Named, e accuracy.Encoding, classes []accuracy.Class) (*data, error) {
	d := &data{width: e.Inputs()}
	total := 0.0
	for _, c := range classes {
		if _, exact := s.Chance(c.Point); exact {
			continue
		}
		sum := 0.0
		for _, r := range c.Rows {
			sum += accuracy.Link(r.Percent)
		}
		n := float64(len(c.Rows))
		d.inputs = e.Append(d.inputs, c.Point)
		d.targets, d.weights = append(d.targets, sum/n), append(d.weights, n)
		total += n
	}
	if len(d.targets) < leastClasses {
		return nil, fmt.Errorf("fit: %d classes of networks that can learn: want at least %d", len(d.targets), leastClasses)
	}
	d.rows = int(total)
	for i := range d.weights {
		d.weights[i] *= float64(len(d.weights)) / total
	}
	d.standardiseInputs()
	d.shift, d.spread = standardise(d.targets, d.weights, 1, 0)
	return d, d.gatherStatistics(s, e, classes)
}

// standardiseInputs finds mean and deviation of each input, rounds them to what the model keeps, and applies them.
func (d *data) standardiseInputs() {
	d.mean, d.scale = make(accuracy.Net, d.width), make(accuracy.Net, d.width)
	for column := range d.width {
		mean, deviation := moments(d.inputs, d.weights, d.width, column)
		d.mean[column], d.scale[column] = float32(mean), float32(deviation)
	}
	d.apply(d.inputs)
}

// apply standardises rows of inputs in place.
func (d *data) apply(inputs []float64) {
	for i := range inputs {
		column := i % d.width
		inputs[i] = (inputs[i] - float64(d.mean[column])) / float64(d.scale[column])
	}
}

// gatherStatistics collects the free statistics of every class of a space that is small enough to walk, otherwise of the fitted classes.
func (d *data) gatherStatistics(s nas.Named, e accuracy.Encoding, classes []accuracy.Class) error {
	if size := s.Space().Size(); size.IsInt64() && size.Int64() <= mostFree {
		classes = nil
		for p := range s.Space().Points() {
			if s.Space().Key(s.Canonical(p)) == s.Space().Key(p) {
				classes = append(classes, accuracy.Class{Point: p})
			}
		}
	}
	for _, c := range classes {
		if _, exact := s.Chance(c.Point); exact {
			continue
		}
		statistics, err := e.Statistics(c.Point)
		if err != nil {
			return err
		}
		d.statisticsWidth = len(statistics)
		d.statistics = append(d.statistics, statistics...)
		d.free = e.Append(d.free, c.Point)
	}
	d.apply(d.free)
	for column := range d.statisticsWidth {
		standardise(d.statistics, nil, d.statisticsWidth, column)
	}
	return nil
}

// standardise shifts and scales a column of rows to mean 0 and deviation 1, and returns what it did.
func standardise(rows, weights []float64, width, column int) (mean, deviation float64) {
	mean, deviation = moments(rows, weights, width, column)
	for i := column; i < len(rows); i += width {
		rows[i] = (rows[i] - mean) / deviation
	}
	return mean, deviation
}

// moments are the mean and deviation of a column; a column that does not vary has deviation 1. No weights are equal ones.
func moments(rows, weights []float64, width, column int) (mean, deviation float64) {
	weight := func(i int) float64 {
		if weights == nil {
			return 1
		}
		return weights[i/width]
	}
	total := 0.0
	for i := column; i < len(rows); i += width {
		total += weight(i)
		mean += weight(i) * rows[i]
	}
	mean /= total
	for i := column; i < len(rows); i += width {
		deviation += weight(i) * (rows[i] - mean) * (rows[i] - mean)
	}
	deviation = math.Sqrt(deviation / total)
	if deviation < 1e-6 {
		return mean, 1
	}
	return mean, deviation
}
