package fit

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/seed"
)

// FewLabels says what so many measured networks are worth: the mean errors of fits to labels classes, one network of each, drawn from those that Split
// does not hold out, on the held-out classes. Each held-out class that can learn counts once, by the mean of its rows: counted by rows, the order of the few
// largest classes, which is noise, would decide.
func FewLabels(s nas.Named, classes []accuracy.Class, labels, draws int, o Options) (accuracy.Errors, error) {
	fitted, heldOut := accuracy.Split(classes)
	fitted, heldOut = learning(s, fitted, first), learning(s, heldOut, mean)
	if labels < leastClasses || labels > len(fitted) {
		return accuracy.Errors{}, fmt.Errorf("fit: %d labels out of range [%d, %d]: the classes of networks that can learn, without every fifth", labels, leastClasses, len(fitted))
	}
	var errors accuracy.Errors
	for draw := range draws {
		var few []accuracy.Class
		for _, i := range seed.New(o.Seed, "accuracy", "few", fmt.Sprint(draw)).Perm(len(fitted))[:labels] {
			few = append(few, fitted[i])
		}
		m, err := Model(s, few, o)
		if err != nil {
			return accuracy.Errors{}, err
		}
		e, err := Measure(s, m, heldOut)
		if err != nil {
			return accuracy.Errors{}, err
		}
		errors.Rows = e.Rows
		errors.Kendall += e.Kendall / float64(draws)
		errors.Spearman += e.Spearman / float64(draws)
		errors.RMSEPercent += e.RMSEPercent / float64(draws)
	}
	return errors, nil
}

// learning is the classes of networks that can learn, each with one accuracy.
func learning(s nas.Named, classes []accuracy.Class, of func([]accuracy.Row) float64) (list []accuracy.Class) {
	for _, c := range classes {
		if _, exact := s.Chance(c.Point); !exact {
			list = append(list, accuracy.Class{Point: c.Point, Rows: []accuracy.Row{{Point: c.Point, Percent: of(c.Rows)}}})
		}
	}
	return list
}

func first(rows []accuracy.Row) float64 { return rows[0].Percent }

func mean(rows []accuracy.Row) float64 {
	sum := 0.0
	for _, r := range rows {
		sum += r.Percent
	}
	return sum / float64(len(rows))
}
