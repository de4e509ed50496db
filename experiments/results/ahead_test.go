package results

import (
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/dataset"
)

func counted(from, to int, end error) iter.Seq2[dataset.Record, error] {
	return func(yield func(dataset.Record, error) bool) {
		for i := range to - from {
			if !yield(dataset.Record{Trial: from + i}, nil) {
				return
			}
		}
		if end != nil {
			yield(dataset.Record{}, end)
		}
	}
}

func TestAheadIsTheSameWalk(t *testing.T) {
	broken := errors.New("broken")
	for _, n := range []int{0, 1, aheadRows, 3*aheadRows + 7} {
		for _, end := range []error{nil, broken} {
			next, last := 0, error(nil)
			pieces := []iter.Seq2[dataset.Record, error]{counted(0, n, nil), counted(n, 2*n, nil), counted(2*n, 2*n, nil), counted(2*n, 5*n, nil), counted(5*n, 6*n, end), counted(6*n, 7*n, nil)}
			for rec, err := range ahead(pieces) {
				if last = err; err == nil {
					require.Equal(t, next, rec.Trial)
					next++
				}
			}
			require.Equal(t, end, last)
			if end == nil {
				require.Equal(t, 7*n, next)
			} else {
				require.Equal(t, 6*n, next, "nothing comes after an error")
			}
		}
	}
}

func TestAheadEndsWithTheWalk(t *testing.T) {
	walked := 0
	endless := func(yield func(dataset.Record, error) bool) {
		for yield(dataset.Record{Trial: walked}, nil) {
			walked++
		}
	}
	for rec := range ahead([]iter.Seq2[dataset.Record, error]{endless}) {
		if rec.Trial == 5 {
			break
		}
	}
	require.LessOrEqual(t, walked, (aheadLots+4)*aheadRows, "it has stopped, not far ahead")
}
