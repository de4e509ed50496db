package space_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
)

func TestNewReportsEveryMistake(t *testing.T) {
	nominal := func(labels ...string) space.Param {
		return space.Param{Name: "a", Kind: space.Nominal, Labels: labels}
	}
	order := func(labels ...string) space.Param {
		return space.Param{Name: "a", Kind: space.Permutation, Labels: labels}
	}
	tests := []struct {
		name   string
		params []space.Param
		want   string
	}{
		{"no name", []space.Param{ordinal("", 1)}, `space: axis "": the name must be non-empty without surrounding space`},
		{"space in name", []space.Param{ordinal("a ", 1)}, `space: axis "a ": the name must be non-empty without surrounding space`},
		{"twice", []space.Param{ordinal("a", 1), ordinal("a", 2)}, `space: axis "a" is declared twice`},
		{"no value", []space.Param{{Name: "a"}}, `space: axis "a": an ordinal axis needs at least one value`},
		{"ordinal labels", []space.Param{{Name: "a", Values: []float64{1}, Labels: []string{"x"}}}, `space: axis "a": an ordinal axis has Values, not Labels`},
		{"not a number", []space.Param{{Name: "a", Values: []float64{math.NaN()}}}, `space: axis "a": value NaN is not finite`},
		{"infinite", []space.Param{{Name: "a", Values: []float64{1, math.Inf(1)}}}, `space: axis "a": value +Inf is not finite`},
		{"equal values", []space.Param{{Name: "a", Values: []float64{1, 1}}}, `space: axis "a": values must ascend strictly: 1 after 1`},
		{"log of zero", []space.Param{{Name: "a", Values: []float64{0, 1}, Log: true}}, `space: axis "a": value 0 of a logarithmic axis is not positive`},
		{"no label", []space.Param{nominal()}, `space: axis "a": a nominal axis needs at least one label`},
		{"label twice", []space.Param{nominal("x", "x")}, `space: axis "a": label "x" must be non-empty, unique and, in a permutation, without '>'`},
		{"empty label", []space.Param{nominal("")}, `space: axis "a": label "" must be non-empty, unique and, in a permutation, without '>'`},
		{"nominal values", []space.Param{{Name: "a", Kind: space.Nominal, Labels: []string{"x"}, Values: []float64{1}}}, `space: axis "a": a nominal axis has Labels, neither Values nor Log`},
		{"one label in order", []space.Param{order("x")}, `space: axis "a": a permutation axis orders 2 to 8 labels, not 1`},
		{"nine labels in order", []space.Param{order("a", "b", "c", "d", "e", "f", "g", "h", "i")}, `space: axis "a": a permutation axis orders 2 to 8 labels, not 9`},
		{"separator in label", []space.Param{order("x", "y>z")}, `space: axis "a": label "y>z" must be non-empty, unique and, in a permutation, without '>'`},
		{"kind", []space.Param{{Name: "a", Kind: 7}}, `space: axis "a": kind 7 is not one of ordinal, nominal, permutation`},
		{"condition on a later axis", []space.Param{ordinal("a", 2, when("b", "1")), ordinal("b", 2)}, `space: axis "a": unknown earlier axis "b": there is none`},
		{"condition on itself", []space.Param{ordinal("rows", 2), ordinal("row", 2, when("row", "1"))}, `space: axis "row": unknown earlier axis "row", did you mean "rows"? (known: rows)`},
		{"condition without levels", []space.Param{ordinal("a", 2), ordinal("b", 2, when("a"))}, `space: axis "b": the condition on "a" lists no level`},
		{"condition on an unknown level", []space.Param{nominal("on", "off"), ordinal("b", 2, when("a", "offf"))}, `space: axis "b": condition: unknown level of "a" "offf", did you mean "off"? (known: on, off)`},
		{"all at once", []space.Param{ordinal("", 1), {Name: "a"}}, "space: axis \"\": the name must be non-empty without surrounding space\naxis \"a\": an ordinal axis needs at least one value"},
		{"no error that only follows from another one", []space.Param{nominal(), ordinal("b", 2, when("a", "on"))}, `space: axis "a": a nominal axis needs at least one label`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := space.New(test.params...)
			require.EqualError(t, err, test.want)
		})
	}
}

func TestCheckNamesAxisLevelAndRange(t *testing.T) {
	s := mixed(t)
	tests := []struct {
		name  string
		point space.Point
		want  string
	}{
		{"too short", space.Point{0, 0}, "space: a point of 2 levels in a space of 4 axes"},
		{"above", space.Point{4, 0, 0, 0}, `space: level 4 of "rows" out of range [0, 4): rows ∈ {4, 8, 16, 32} PE`},
		{"below", space.Point{0, -1, 0, 0}, `space: level -1 of "policy" out of range [0, 2): policy ∈ {fifo, aged}`},
		{"order", space.Point{0, 0, 0, 6}, `space: level 6 of "loops" out of range [0, 6): loops ∈ orders of {k, c, x}, written k>c>x`},
		{"inactive", space.Point{0, 0, 2, 0}, `space: level 2 of "age_us" must be 0: the axis is inactive in this point`},
		{"two", space.Point{9, 9, 0, 0}, "space: level 9 of \"rows\" out of range [0, 4): rows ∈ {4, 8, 16, 32} PE\nspace: level 9 of \"policy\" out of range [0, 2): policy ∈ {fifo, aged}"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) { require.EqualError(t, s.Check(test.point), test.want) })
	}
	_, err := s.Axis("row")
	require.EqualError(t, err, `unknown axis "row", did you mean "rows"? (known: rows, policy, age_us, loops)`)
}

func TestPointOfDesign(t *testing.T) {
	s := mixed(t)
	tests := []struct {
		name   string
		design space.Design
		want   space.Point
		err    string
	}{
		{"typed by hand", space.Design{"rows": 8, "policy": "aged", "age_us": float32(0.5), "loops": "x>k>c"}, space.Point{1, 1, 0, 4}, ""},
		{"typed as text", space.Design{"rows": "8.0", "policy": "aged", "age_us": "2e0", "loops": "k>c>x"}, space.Point{1, 1, 2, 0}, ""},
		{"nil where inactive", space.Design{"rows": 4, "policy": "fifo", "age_us": nil, "loops": "k>c>x"}, space.Point{0, 0, 0, 0}, ""},
		{"value where inactive", space.Design{"rows": 4, "policy": "fifo", "age_us": 1.0, "loops": "k>c>x"}, nil, `axis "age_us" is inactive in this design and must have no value, not 1`},
		{"missing", space.Design{"rows": 4, "policy": "fifo"}, nil, `axis "loops" has no value: loops ∈ orders of {k, c, x}, written k>c>x`},
		{"between levels", space.Design{"rows": 5, "policy": "fifo", "loops": "k>c>x"}, nil, `level "5" of "rows" is not one of its levels: rows ∈ {4, 8, 16, 32} PE`},
		{"not a number", space.Design{"rows": "NaN", "policy": "fifo", "loops": "k>c>x"}, nil, `level "NaN" of "rows" is not one of its levels: rows ∈ {4, 8, 16, 32} PE`},
		{"unknown label", space.Design{"rows": 4, "policy": "fifos", "loops": "k>c>x"}, nil, `unknown level of "policy" "fifos", did you mean "fifo"? (known: fifo, aged)`},
		{"misspelt switch of a given axis", space.Design{"rows": 4, "policy": "agde", "age_us": 1.0, "loops": "k>c>x"}, nil, `unknown level of "policy" "agde", did you mean "aged"? (known: fifo, aged)`},
		{"missing switch of a given axis", space.Design{"rows": 4, "age_us": 1.0, "loops": "k>c>x"}, nil, `axis "policy" has no value: policy ∈ {fifo, aged}`},
		{"misspelt switch of a misspelt axis", space.Design{"rows": 4, "policy": "agde", "age_us": 7, "loops": "k>c>x"}, nil,
			"unknown level of \"policy\" \"agde\", did you mean \"aged\"? (known: fifo, aged)\nlevel \"7\" of \"age_us\" is not one of its levels: age_us ∈ {0.5, 1, 2} us"},
		{"label twice in order", space.Design{"rows": 4, "policy": "fifo", "loops": "k>k>x"}, nil, `level "k>k>x" of "loops" is not one of its levels: loops ∈ orders of {k, c, x}, written k>c>x`},
		{"label missing in order", space.Design{"rows": 4, "policy": "fifo", "loops": "k>c"}, nil, `level "k>c" of "loops" is not one of its levels: loops ∈ orders of {k, c, x}, written k>c>x`},
		{"unknown axes, in a fixed order", space.Design{"rows": 4, "policy": "fifo", "loops": "k>c>x", "zz": 1, "row": 1, "aa": 1}, nil,
			"unknown axis \"aa\" (known: rows, policy, age_us, loops)\nunknown axis \"row\", did you mean \"rows\"? (known: rows, policy, age_us, loops)\nunknown axis \"zz\" (known: rows, policy, age_us, loops)"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p, err := s.Point(test.design)
			if test.err != "" {
				require.EqualError(t, err, test.err)
				require.Nil(t, p)
				return
			}
			require.NoError(t, err)
			require.Equal(t, test.want, p)
		})
	}
	one, err := space.New(ordinal("only", 1))
	require.NoError(t, err)
	p, err := one.Point(space.Design{})
	require.NoError(t, err)
	require.Equal(t, space.Point{0}, p, "an axis of one level may be left out")
}

func TestNarrowReportsEveryMistake(t *testing.T) {
	_, err := space.Narrow(mixed(t), map[string][]string{"polcy": {"fifo"}, "aaa": {"1"}, "rows": {"4", "5"}, "policy": {}})
	require.EqualError(t, err, `unknown axis "aaa" (known: rows, policy, age_us, loops)
unknown axis "polcy", did you mean "policy"? (known: rows, policy, age_us, loops)
level "5" of "rows" is not one of its levels: rows ∈ {4, 8, 16, 32} PE
axis "policy" keeps no level: policy ∈ {fifo, aged}`)
}

func TestKindString(t *testing.T) {
	require.Equal(t, []string{"ordinal", "nominal", "permutation", "kind 9"},
		[]string{space.Ordinal.String(), space.Nominal.String(), space.Permutation.String(), space.Kind(9).String()})
}
