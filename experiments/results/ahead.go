package results

import (
	"iter"

	"github.com/codesign-gym/codesign/experiments/dataset"
)

// aheadRows is how many rows are handed over at once, and aheadBatches how many such lots wait.
const (
	aheadRows    = 1024
	aheadBatches = 4
)

// lot is some rows, and the error that ends them.
type lot struct {
	rows []dataset.Record
	err  error
}

// ahead walks rows that another goroutine decodes meanwhile: decoding and summing up take about as long. It ends with the walk.
func ahead(rows iter.Seq2[dataset.Record, error]) iter.Seq2[dataset.Record, error] {
	return func(yield func(dataset.Record, error) bool) {
		lots, end := make(chan lot, aheadBatches), make(chan struct{})
		defer func() {
			close(end)
			for range lots { // until the other side has left
			}
		}()
		go decode(rows, lots, end)
		for l := range lots {
			for _, rec := range l.rows {
				if !yield(rec, nil) {
					return
				}
			}
			if l.err != nil {
				yield(dataset.Record{}, l.err)
				return
			}
		}
	}
}

// decode hands the rows over in lots until they or the walk end.
func decode(rows iter.Seq2[dataset.Record, error], lots chan<- lot, end <-chan struct{}) {
	defer close(lots)
	l := lot{rows: make([]dataset.Record, 0, aheadRows)}
	send := func() bool {
		select {
		case lots <- l:
			l.rows = make([]dataset.Record, 0, aheadRows)
			return true
		case <-end:
			return false
		}
	}
	for rec, err := range rows {
		if err != nil {
			l.err = err
			break
		}
		if l.rows = append(l.rows, rec); len(l.rows) == aheadRows && !send() {
			return
		}
	}
	send()
}
