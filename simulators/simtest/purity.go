package simtest

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"sync"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func orderAndBatchesDoNotMatter(t reporter, s *subject) {
	t.Helper()
	s.baseline(t)
	rng := seed.New(1, "simtest", "order")
	for _, size := range []int{1, 3, len(s.sample)} {
		for chunk := range slices.Chunk(rng.Perm(len(s.sample)), size) {
			for k, r := range s.evaluate(t, s.at(chunk)...) {
				s.same(t, chunk[k], r, "in another order")
			}
		}
	}
	twice := []int{0, 0, len(s.sample) - 1, 0}
	for k, r := range s.evaluate(t, s.at(twice)...) {
		s.same(t, twice[k], r, "in a batch that holds it several times")
	}
}

// at copies the sample's points with the given indices.
func (s *subject) at(indices []int) []space.Point {
	points := make([]space.Point, len(indices))
	for k, i := range indices {
		points[k] = slices.Clone(s.sample[i])
	}
	return points
}

func concurrentCallsDoNotMatter(t reporter, s *subject) {
	t.Helper()
	s.baseline(t)
	const goroutines = 8
	var all sync.WaitGroup
	found := make([]*mismatch, goroutines) // only the test's goroutine may fail the test
	for g := range goroutines {
		all.Go(func() { found[g] = s.firstMismatch(seed.New(uint64(g), "simtest", "concurrent")) })
	}
	all.Wait()
	for _, m := range found {
		if m != nil {
			require.NoError(t, m.err, "Evaluate beside other calls")
			s.same(t, m.at, m.got, "beside other calls")
		}
	}
}

// mismatch is an error or a result that is not the one told before.
type mismatch struct {
	err error
	at  int // in the sample
	got simulators.Result
}

// firstMismatch evaluates the sample in random batches, and sees what differs first; nil when nothing does.
func (s *subject) firstMismatch(rng *rand.Rand) *mismatch {
	for range 4 {
		for chunk := range slices.Chunk(rng.Perm(len(s.sample)), 1+rng.IntN(8)) {
			results, err := s.Simulator.Evaluate(context.Background(), s.at(chunk))
			if err != nil {
				return &mismatch{err: err}
			}
			for k, i := range chunk {
				if k >= len(results) {
					return &mismatch{at: i}
				}
				if !alike(results[k], s.told[i]) {
					return &mismatch{at: i, got: results[k]}
				}
			}
		}
	}
	return nil
}

func pointsAreTheCallers(t reporter, s *subject) {
	t.Helper()
	s.baseline(t)
	points := clonePoints(s.sample)
	s.evaluate(t, points...)
	require.Equal(t, s.sample, points, "Evaluate changed its points")
	buffer := make(space.Point, s.spec.Space.Len())
	for i, p := range s.sample {
		copy(buffer, p)
		s.same(t, i, s.evaluate(t, buffer)[0], "when the caller uses one slice for all points")
	}
}

func resultsAreTheCallers(t reporter, s *subject) {
	t.Helper()
	s.baseline(t)
	results := s.evaluate(t, append(s.at([]int{0}), clonePoints(s.sample)...)...)
	kept := clones(results)
	for i := range results {
		for k := range results[i].Values {
			results[i].Values[k] = -math.MaxFloat64
		}
		for later := i + 1; later < len(results); later++ {
			require.True(t, alike(results[later], kept[later]), "results %d and %d of a batch share memory", i, later)
		}
	}
	results = s.evaluate(t, clonePoints(s.sample)...)
	for i, r := range results {
		s.same(t, i, r, "after the caller wrote into earlier results")
	}
	backwards := clonePoints(s.sample)
	slices.Reverse(backwards)
	s.evaluate(t, backwards...)
	for i, r := range results {
		s.same(t, i, r, "after a later call")
	}
}
