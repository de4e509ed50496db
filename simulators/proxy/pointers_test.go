package proxy

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
)

func TestPointersAreCounted(t *testing.T) {
	labels := []string{"pe0", "pe1", "pe2"}
	s, err := space.New(
		space.Param{Name: "kind", Kind: space.Nominal, Labels: []string{"a", "b", "c"}}, space.Param{Name: "task0", Kind: space.Nominal, Labels: labels},
		space.Param{Name: "task1", Kind: space.Nominal, Labels: labels}, space.Param{Name: "task2", Kind: space.Nominal, Labels: labels},
		space.Param{Name: "task3", Kind: space.Nominal, Labels: labels, When: []space.Cond{{Param: "kind", In: []string{"b"}}}},
	)
	require.NoError(t, err)
	e := newEncoding(s, 1, true, false)
	require.Len(t, e.pointers, 1, "one axis of its labels alone chooses among nothing shared")
	require.Equal(t, e.plain+4, e.width)
	counts := func(p space.Point) []float64 { return e.append(nil, p, 0)[e.plain:] }
	require.Equal(t, []float64{0.25, 0, 0.5, 2.0 / 3}, counts(space.Point{0, 2, 0, 2, 0}), "an inactive axis chooses nothing")
	require.Equal(t, []float64{0, 0, 1, 1.0 / 3}, counts(space.Point{1, 2, 2, 2, 2}))
	require.Zero(t, newEncoding(s, 1, false, false).width-e.plain, "files of older versions count nothing")
}
