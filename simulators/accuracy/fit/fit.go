package fit

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/seed"
)

// Options are the hyper-parameters of a fit. The zero value is the default.
type Options struct {
	Nets        int     // of the ensemble; 0 means DefaultNets
	Hidden      int     // units of each of the two hidden layers; 0 means DefaultHidden
	Epochs      int     // passes over the classes; 0 means DefaultEpochs
	Pretrain    int     // passes over all networks known by their free statistics first, for few labels; DefaultPretrain is a good number, 0 means none
	RankingLoss float64 // weight of the pairwise logistic loss beside the squared one, at least 0
	Seed        uint64
}

// The defaults of Options, and a good number of passes of pretraining.
const (
	DefaultNets     = 4
	DefaultHidden   = 64
	DefaultEpochs   = 150
	DefaultPretrain = 40
)

const (
	batchClasses = 64
	firstRate    = 3e-3 // of Adam, falling to 0 along half a cosine
	decay        = 0.1  // of all coefficients, times the rate, each step
	outputGain   = 0.1
	leastClasses = 10
)

// complete fills in the defaults, or reports what is out of range.
func (o Options) complete() (Options, error) {
	fill := func(v *int, otherwise int) {
		if *v == 0 {
			*v = otherwise
		}
	}
	fill(&o.Nets, DefaultNets)
	fill(&o.Hidden, DefaultHidden)
	fill(&o.Epochs, DefaultEpochs)
	within := func(name string, v, least, most int) error {
		if v < least || v > most {
			return fmt.Errorf("fit: %s = %d out of range [%d, %d]", name, v, least, most)
		}
		return nil
	}
	errs := []error{within("nets", o.Nets, 1, accuracy.MaxNets), within("hidden", o.Hidden, 1, accuracy.MaxHidden), within("epochs", o.Epochs, 1, 100_000),
		within("pretrain", o.Pretrain, 0, 100_000)}
	if !(o.RankingLoss >= 0 && o.RankingLoss <= 1000) {
		errs = append(errs, fmt.Errorf("fit: ranking loss = %v out of range [0, 1000]", o.RankingLoss))
	}
	return o, errors.Join(errs...)
}

// Surrogate fits a model to measured networks and states its error: the same recipe is first fitted to four fifths of the classes and compared with the
// rest (see accuracy.Split), then to all. Networks that cannot learn are left out: a surrogate knows them exactly.
func Surrogate(s nas.Named, rows []accuracy.Row, o Options) (*accuracy.Model, error) {
	classes := accuracy.Classes(s, rows)
	errs, err := HeldOut(s, classes, o)
	if err != nil {
		return nil, err
	}
	m, err := Model(s, classes, o)
	if err != nil {
		return nil, err
	}
	m.Errors = errs
	return m, nil
}

// HeldOut is the errors on the held-out classes of a model of the others.
func HeldOut(s nas.Named, classes []accuracy.Class, o Options) (accuracy.Errors, error) {
	fitted, heldOut := accuracy.Split(classes)
	m, err := Model(s, fitted, o)
	if err != nil {
		return accuracy.Errors{}, err
	}
	return Measure(s, m, heldOut)
}

// Measure compares a model with classes.
func Measure(s nas.Named, m *accuracy.Model, classes []accuracy.Class) (accuracy.Errors, error) {
	surrogate, err := accuracy.NewSurrogate(s, m)
	if err != nil {
		return accuracy.Errors{}, err
	}
	var predicted, measured []float64
	for _, c := range classes {
		e, err := surrogate.Accuracy(c.Point)
		if err != nil {
			return accuracy.Errors{}, err
		}
		for _, r := range c.Rows {
			predicted, measured = append(predicted, e.Percent), append(measured, r.Percent)
		}
	}
	return accuracy.Compare(predicted, measured), nil
}

// Model fits a model to all classes. Errors is left to the caller.
func Model(s nas.Named, classes []accuracy.Class, o Options) (*accuracy.Model, error) {
	o, err := o.complete()
	if err != nil {
		return nil, err
	}
	encoding, err := accuracy.Encode(s)
	if err != nil {
		return nil, err
	}
	d, err := newData(s, encoding, classes)
	if err != nil {
		return nil, err
	}
	m := &accuracy.Model{
		Header: accuracy.Header{
			Inputs: encoding.Inputs(), Hidden: [2]int{o.Hidden, o.Hidden}, Rows: d.rows, Classes: len(d.targets), ShiftLogit: d.shift, SpreadLogit: d.spread,
		},
		Mean: d.mean, Scale: d.scale,
	}
	for i := range o.Nets {
		m.Nets = append(m.Nets, d.train(o, seed.New(o.Seed, "accuracy", "fit", fmt.Sprint(i))))
	}
	for _, c := range classes {
		m.Fitted = append(m.Fitted, accuracy.ClassHash(s, c.Point))
	}
	slices.Sort(m.Fitted)
	return m, nil
}
