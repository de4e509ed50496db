package golden

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the measured records
	"io"

	"github.com/codesign-gym/codesign/internal/agree"
	"github.com/codesign-gym/codesign/soc"
)

//go:embed data/designs.json.gz
var designsGZ []byte

//go:embed data/actions.json.gz
var actionsGZ []byte

// Report says how far the model and some records agree.
type Report = agree.Report

func report[R interface {
	compare(soc.Library) (Outcome, error)
}](reference string, records []R) (Report, error) {
	tally := agree.Tally{Report: Report{Reference: reference}}
	published := soc.PublishedLibrary()
	for _, r := range records {
		o, err := r.compare(published)
		if err != nil {
			return tally.Sum(), err
		}
		tally.Add(o.RelativeError, o.Difference)
	}
	return tally.Sum(), nil
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
