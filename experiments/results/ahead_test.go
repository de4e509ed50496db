package results

import (
	"errors"
	"iter"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/dataset"
)

func counted(n int, end error) iter.Seq2[dataset.Record, error] {
	return func(yield func(dataset.Record, error) bool) {
		for i := range n {
			if !yield(dataset.Record{Trial: i}, nil) {
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
			for rec, err := range ahead(counted(n, end)) {
				if last = err; err == nil {
					require.Equal(t, next, rec.Trial)
					next++
				}
			}
			require.Equal(t, n, next)
			require.Equal(t, end, last)
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
	for rec := range ahead(endless) {
		if rec.Trial == 5 {
			break
		}
	}
	require.LessOrEqual(t, walked, (aheadBatches+4)*aheadRows, "it has stopped, not far ahead")
}
