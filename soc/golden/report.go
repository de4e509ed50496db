package golden

import "slices"

// Report says how far the model and some records agree.
type Report struct {
	Reference            string
	Rows, Equal          int
	MedianRelativeError  float64
	LargestRelativeError float64
	FirstDifference      string // empty if all rows are equal
}

// CompareDesigns compares every design.
func CompareDesigns(reference string, designs []Design) (Report, error) {
	return report(reference, designs)
}

// CompareActions compares every vector.
func CompareActions(reference string, actions []Action) (Report, error) {
	return report(reference, actions)
}

func report[R interface{ Compare() (Outcome, error) }](reference string, records []R) (Report, error) {
	report := Report{Reference: reference, Rows: len(records)}
	var apart []float64
	for _, r := range records {
		o, err := r.Compare()
		if err != nil {
			return report, err
		}
		apart = append(apart, o.RelativeError)
		if o.Equal {
			report.Equal++
		} else if report.FirstDifference == "" {
			report.FirstDifference = o.Difference
		}
	}
	if len(apart) > 0 {
		slices.Sort(apart)
		report.MedianRelativeError, report.LargestRelativeError = apart[len(apart)/2], apart[len(apart)-1]
	}
	return report, nil
}

// Check compares the embedded records: the designs, the valid vectors and the refused ones.
func Check() ([]Report, error) {
	designs, err := Designs()
	if err != nil {
		return nil, err
	}
	actions, err := Actions()
	if err != nil {
		return nil, err
	}
	first, err := CompareDesigns("FARSI, designs", designs)
	if err != nil {
		return nil, err
	}
	list := []Report{first}
	for _, class := range Classes(actions) {
		r, err := CompareActions(class.Reference, class.Actions)
		if err != nil {
			return list, err
		}
		list = append(list, r)
	}
	return list, nil
}

// Class is a set of vectors that are reported together.
type Class struct {
	Reference string
	Actions   []Action
}

// Classes parts vectors into valid and refused ones; an empty class is left out.
func Classes(actions []Action) (list []Class) {
	valid, refused := Class{Reference: "ArchGym, limited vectors"}, Class{Reference: "ArchGym, refused vectors"}
	for _, a := range actions {
		if a.Valid {
			valid.Actions = append(valid.Actions, a)
		} else {
			refused.Actions = append(refused.Actions, a)
		}
	}
	for _, c := range []Class{valid, refused} {
		if len(c.Actions) > 0 {
			list = append(list, c)
		}
	}
	return list
}
