package golden

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the measured records
	"io"
	"slices"

	"github.com/codesign-gym/codesign/soc"
)

//go:embed data/designs.json.gz
var designsGZ []byte

//go:embed data/actions.json.gz
var actionsGZ []byte

// Report says how far the model and some records agree.
type Report struct {
	Reference            string
	Rows, Equal          int
	MedianRelativeError  float64
	LargestRelativeError float64
	FirstDifference      string // empty if all rows are equal
}

func report[R interface {
	compare(soc.Library) (Outcome, error)
}](reference string, records []R) (Report, error) {
	report := Report{Reference: reference, Rows: len(records)}
	var apart []float64
	published := soc.PublishedLibrary()
	for _, r := range records {
		o, err := r.compare(published)
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
	list, err := embedded(designsGZ, CheckDesigns)
	if err != nil {
		return list, err
	}
	actions, err := embedded(actionsGZ, CheckActions)
	return append(list, actions...), err
}

func embedded(packed []byte, check func(io.Reader) ([]Report, error)) ([]Report, error) {
	text, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, err
	}
	return check(text)
}

// CheckDesigns reads designs in the form of the embedded ones and compares them.
func CheckDesigns(from io.Reader) ([]Report, error) {
	designs, err := ReadDesigns(from)
	if err != nil {
		return nil, err
	}
	r, err := report("FARSI, designs", designs)
	return []Report{r}, err
}

// CheckActions reads vectors in the form of the embedded ones and compares them, the valid and the refused ones apart.
func CheckActions(from io.Reader) (list []Report, err error) {
	actions, err := ReadActions(from)
	if err != nil {
		return nil, err
	}
	var valid, refused []Action
	for _, a := range actions {
		if a.Valid {
			valid = append(valid, a)
		} else {
			refused = append(refused, a)
		}
	}
	for _, class := range []struct {
		reference string
		actions   []Action
	}{{"ArchGym, limited vectors", valid}, {"ArchGym, refused vectors", refused}} {
		if len(class.actions) == 0 {
			continue
		}
		r, err := report(class.reference, class.actions)
		if list = append(list, r); err != nil {
			return list, err
		}
	}
	return list, nil
}
