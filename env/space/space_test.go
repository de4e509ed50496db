package space_test

import (
	"math/big"
	"slices"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/space"
)

func ordinal(name string, levels int, when ...space.Cond) space.Param {
	p := space.Param{Name: name, When: when}
	for v := range levels {
		p.Values = append(p.Values, float64(v))
	}
	return p
}

func when(param string, in ...string) space.Cond { return space.Cond{Param: param, In: in} }

// diamonds is a number of axes that each depend on the two before: the paths of conditions from the last to the first are Fibonacci's number.
func diamonds(n int) []space.Param {
	var params []space.Param
	for i := range n {
		p := ordinal("axis"+strconv.Itoa(i), 2)
		for earlier := max(0, i-2); earlier < i; earlier++ {
			p.When = append(p.When, when("axis"+strconv.Itoa(earlier), "1"))
		}
		params = append(params, p)
	}
	return params
}

// mixed is a space of all kinds of axes: 4·(1 + 3)·6 = 96 designs, 4·2·3·6 = 144 vectors.
func mixed(t require.TestingT) space.Space {
	s, err := space.New(
		space.Param{Name: "rows", Unit: "PE", Values: []float64{4, 8, 16, 32}, Log: true},
		space.Param{Name: "policy", Kind: space.Nominal, Labels: []string{"fifo", "aged"}},
		space.Param{Name: "age_us", Unit: "us", Values: []float64{0.5, 1, 2}, When: []space.Cond{when("policy", "aged")}},
		space.Param{Name: "loops", Kind: space.Permutation, Labels: []string{"k", "c", "x"}},
	)
	require.NoError(t, err)
	return s
}

func TestSize(t *testing.T) {
	switches := make([]space.Param, 0, 80)
	for i := range 40 {
		name := "switch" + strconv.Itoa(i)
		switches = append(switches, ordinal(name, 2), ordinal("value"+strconv.Itoa(i), 10, when(name, "1")))
	}
	var gates, nested []space.Param
	var all []space.Cond
	master := ordinal("master", 2)
	for i := range 40 {
		gates = append(gates, ordinal("gate"+strconv.Itoa(i), 2))
		nested = append(nested, ordinal("gate"+strconv.Itoa(i), 2, when("master", "1")))
		all = append(all, when("gate"+strconv.Itoa(i), "1"))
	}
	for i := range 40 {
		parameter := ordinal("parameter"+strconv.Itoa(i), 10, all[i])
		gates, nested = append(gates, parameter), append(nested, parameter)
	}
	raw40 := "10995116277760000000000000000000000000000000000000000" // 20^40
	power := func(base int64) *big.Int { return new(big.Int).Exp(big.NewInt(base), big.NewInt(40), nil) }
	tests := []struct {
		name      string
		params    []space.Param
		size, raw string
	}{
		{"no axes", nil, "1", "1"},
		{"independent", []space.Param{ordinal("a", 2), ordinal("b", 3), ordinal("c", 4)}, "24", "24"},
		// a=0: 1; a=1: 3
		{"one condition", []space.Param{ordinal("a", 2), ordinal("b", 3, when("a", "1"))}, "4", "6"},
		// a=0: 1; a=1: b=0: 1, b=1: 5, b=2: 5
		{"chain", []space.Param{ordinal("a", 2), ordinal("b", 3, when("a", "1")), ordinal("c", 5, when("b", "1", "2"))}, "12", "30"},
		// a=0: b is inactive, which is not "b has its level 0": 1; a=1: b=0: 4, b=1 and b=2: 1 each
		{"condition on the level of an inactive axis", []space.Param{ordinal("a", 2), ordinal("b", 3, when("a", "1")), ordinal("c", 4, when("b", "0"))}, "7", "24"},
		// of the 6 pairs of a and b, 1 gives 4, 5 give 1
		{"two conditions", []space.Param{ordinal("a", 2), ordinal("b", 3), ordinal("c", 4, when("a", "1"), when("b", "2"))}, "9", "24"},
		{"conditions that exclude each other", []space.Param{ordinal("a", 2), ordinal("b", 7, when("a", "0"), when("a", "1"))}, "2", "14"},
		// a=0: b: 3; a=1: c: 5
		{"branches", []space.Param{ordinal("a", 2), ordinal("b", 3, when("a", "0")), ordinal("c", 5, when("a", "1"))}, "8", "30"},
		{"permutation", []space.Param{{Name: "order", Kind: space.Permutation, Labels: []string{"k", "c", "x", "y"}}, ordinal("a", 3)}, "72", "72"},
		// 11^40 and 20^40
		{"forty switches", switches, power(11).String(), raw40},
		{"forty switches, their parameters later", gates, power(11).String(), raw40},
		// master=0: 1; master=1: 11^40
		{"the same below a master switch", slices.Concat([]space.Param{master}, nested), new(big.Int).Add(power(11), big.NewInt(1)).String(), "21990232555520000000000000000000000000000000000000000"},
		// of the 2^40 settings of the gates one gives 7, the others 1
		{"forty conditions of one axis", append(slices.Clone(gates[:40]), ordinal("last", 7, all...)), "1099511627782", "7696581394432"},
		// the first k axes are 1, the next one 0: one for each k in 0…36
		{"diamonds", diamonds(36), "37", "68719476736"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s, err := space.New(test.params...)
			require.NoError(t, err)
			require.Equal(t, test.size, s.Size().String())
			require.Equal(t, test.raw, s.RawSize().String())
		})
	}
}

func TestNeighbors(t *testing.T) {
	s := mixed(t)
	tests := []struct {
		name  string
		point space.Point
		axis  int
		want  []int
	}{
		{"ordinal inside", space.Point{1, 0, 0, 0}, 0, []int{0, 2}},
		{"ordinal lowest", space.Point{0, 0, 0, 0}, 0, []int{1}},
		{"ordinal highest", space.Point{3, 0, 0, 0}, 0, []int{2}},
		{"nominal", space.Point{0, 1, 0, 0}, 1, []int{0}},
		{"inactive", space.Point{0, 0, 0, 0}, 2, nil},
		{"active", space.Point{0, 1, 2, 0}, 2, []int{1}},
		// kcx -> ckx (rank 2), kxc (rank 1)
		{"first order", space.Point{0, 0, 0, 0}, 3, []int{2, 1}},
		// xkc (rank 4) -> kxc (1), xck (5)
		{"fifth order", space.Point{0, 0, 0, 4}, 3, []int{1, 5}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, slices.Collect(s.Neighbors(test.point, test.axis)))
			for first := range s.Neighbors(test.point, test.axis) {
				require.Equal(t, test.want[0], first)
				break
			}
		})
	}
}

func TestUnrankListsOrdersLexicographically(t *testing.T) {
	var got [][]int
	for rank := range 6 {
		got = append(got, space.Unrank(nil, rank, 3))
	}
	require.Equal(t, [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}}, got)
	require.Equal(t, []int{7, 6, 5, 4, 3, 2, 1, 0}, space.Unrank(nil, 40319, 8))
	require.Equal(t, []int{9, 1, 0}, space.Unrank([]int{9}, 1, 2), "appends")
}

func TestRankIsTheInverseOfUnrank(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, space.MaxPermuted).Draw(t, "n")
		order := rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7}[:n]).Draw(t, "order")
		require.Equal(t, append([]int{}, order...), space.Unrank([]int{}, space.Rank(order), n))
	})
}

func TestFeatures(t *testing.T) {
	s := mixed(t)
	require.Equal(t, []space.Feature{
		{Name: "rows", Axis: 0}, {Name: "policy=fifo", Axis: 1}, {Name: "policy=aged", Axis: 1}, {Name: "age_us?", Axis: 2}, {Name: "age_us", Axis: 2},
		{Name: "loops:k", Axis: 3}, {Name: "loops:c", Axis: 3}, {Name: "loops:x", Axis: 3},
	}, s.Features())
	// rows = 8: log(8/4) / log(32/4) = 1/3; age = 1: (1 - 0.5) / (2 - 0.5) = 1/3; order x k c: k is second, c last, x first
	require.InDeltaSlice(t, []float64{1. / 3, 0, 1, 1, 1. / 3, 0.5, 1, 0}, s.AppendFeatures(nil, space.Point{1, 1, 1, 4}), 1e-15)
	require.Equal(t, []float64{9, 1, 1, 0, 0, 0, 0, 0.5, 1}, s.AppendFeatures([]float64{9}, space.Point{3, 0, 0, 0}), "an inactive axis is 0")
}

func TestAccessors(t *testing.T) {
	s := mixed(t)
	require.Equal(t, []string{"rows", "policy", "age_us", "loops"}, s.Names())
	require.Equal(t, 4, s.Len())
	require.Equal(t, 6, s.Levels(3))
	require.Equal(t, "us", s.Param(2).Unit)
	require.True(t, s.Conditional())
	axis, err := s.Axis("loops")
	require.NoError(t, err)
	require.Equal(t, 3, axis)
	plain, err := space.New(ordinal("a", 2))
	require.NoError(t, err)
	require.False(t, plain.Conditional())
}

func TestNewKeepsNothingOfItsArguments(t *testing.T) {
	values := []float64{1, 2}
	s, err := space.New(space.Param{Name: "a", Values: values})
	require.NoError(t, err)
	values[0] = 99
	require.Equal(t, "1", s.Param(0).LevelName(0))
}

func TestKeyOfManyLevelsIsInjective(t *testing.T) {
	s, err := space.New(ordinal("a", 300), ordinal("b", 300))
	require.NoError(t, err)
	keys := map[string]bool{}
	for p := range s.Points() {
		keys[s.Key(p)] = true
	}
	require.Len(t, keys, 90000)
}

func TestNarrowKeepsNamedLevels(t *testing.T) {
	s := mixed(t)
	cut, err := space.Narrow(s, map[string][]string{"rows": {"32", "8"}, "loops": {"x>c>k", "k>c>x"}})
	require.NoError(t, err)
	require.Equal(t, []float64{8, 32}, cut.Param(0).Values)
	require.Equal(t, space.Nominal, cut.Param(3).Kind)
	require.Equal(t, []string{"k>c>x", "x>c>k"}, cut.Param(3).Labels)
	require.Equal(t, space.Point{3, 1, 2, 5}, cut.Wide(space.Point{1, 1, 2, 1}))
	_, ok := cut.Narrow(space.Point{0, 1, 2, 5})
	require.False(t, ok, "rows = 4 is not kept")

	cut, err = space.Narrow(s, map[string][]string{"policy": {"fifo"}})
	require.NoError(t, err)
	require.Equal(t, []string{"rows", "policy", "loops"}, cut.Names(), "age_us can never be active")
	require.Equal(t, space.Point{1, 0, 0, 2}, cut.Wide(space.Point{1, 0, 2}))
}
