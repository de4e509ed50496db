package results

import (
	"iter"
	"runtime"

	"github.com/codesign-gym/codesign/experiments/dataset"
)

// aheadRows is how many rows are handed over at once, aheadLots how many such lots of a piece wait, and mostAhead how many pieces are decoded at a time: a row group
// waits in memory as a whole, some 60 MB of rows.
const (
	aheadRows = 1024
	aheadLots = 128
	mostAhead = 3
)

// lot is some rows, and the error that ends them.
type lot struct {
	rows []dataset.Record
	err  error
}

// ahead walks the pieces one after the other while others decode them, and those behind: decoding takes longer than summing up. It ends with the walk.
func ahead(pieces []iter.Seq2[dataset.Record, error]) iter.Seq2[dataset.Record, error] {
	return func(yield func(dataset.Record, error) bool) {
		end := make(chan struct{})
		var begun []chan lot
		defer func() {
			close(end)
			for _, lots := range begun {
				for range lots { // until the other side has left
				}
			}
		}()
		begin := func() {
			if next := len(begun); next < len(pieces) {
				lots := make(chan lot, aheadLots)
				begun = append(begun, lots)
				go decode(pieces[next], lots, end)
			}
		}
		for range min(runtime.NumCPU(), mostAhead) {
			begin()
		}
		for i := range pieces {
			for l := range begun[i] {
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
			begin()
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
