package dramsys

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestRingIsAQueue(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var r ring[int]
		var model []int
		for i, push := range rapid.SliceOfN(rapid.Bool(), 1, 100).Draw(t, "push") {
			if push || len(model) == 0 {
				r.push(i)
				model = append(model, i)
				continue
			}
			require.Equal(t, model[0], *r.front())
			require.Equal(t, model[0], r.pop())
			model = model[1:]
		}
		require.Equal(t, len(model), r.n)
	})
}

func TestSequenceGivesTurnsInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := make([]int64, rapid.IntRange(1, 60).Draw(t, "n"))
		for i := range numbers {
			numbers[i] = int64(i)
		}
		var s sequence
		taken := int64(0)
		for _, n := range rapid.Permutation(numbers).Draw(t, "order") {
			s.put(n, int32(n), 10*n)
			for at, ok := s.head(); ok; at, ok = s.head() {
				require.Equal(t, 10*taken, at)
				require.EqualValues(t, taken, s.take())
				taken++
			}
		}
		require.EqualValues(t, len(numbers), taken)
		_, ok := s.head()
		require.False(t, ok)
	})
}
