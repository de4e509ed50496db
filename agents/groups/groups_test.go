package groups_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/agents/groups"
	"github.com/codesign-gym/codesign/env/space"
)

func chip(t testing.TB) space.Space {
	s, err := space.New(
		space.Param{Name: "rows", Group: "array", Kind: space.Ordinal, Values: []float64{4, 8}},
		space.Param{Name: "sram", Unit: "KiB", Group: "memory", Kind: space.Ordinal, Values: []float64{16, 32}},
		space.Param{Name: "columns", Group: "array", Kind: space.Ordinal, Values: []float64{4, 8}},
	)
	require.NoError(t, err)
	return s
}

func TestGroups(t *testing.T) {
	list, err := groups.Parse(" pe: rows, columns; store : sram")
	require.NoError(t, err)
	require.Equal(t, []groups.Group{{Name: "pe", Axes: []string{"rows", "columns"}}, {Name: "store", Axes: []string{"sram"}}}, list)
	s, err := groups.Regroup(chip(t), list)
	require.NoError(t, err)
	for axis, want := range []string{"pe", "store", "pe"} {
		require.Equal(t, want, s.Param(axis).Group)
		require.Equal(t, chip(t).Param(axis).Values, s.Param(axis).Values)
	}
}

func TestWrongGroups(t *testing.T) {
	for _, c := range []struct{ groups, want string }{
		{"pe: rows, colums; store: sram", "unknown axis \"colums\""},
		{"pe: rows, columns; store: sram, rows", `axis "rows" is in the groups "pe" and "store": must be in one`},
		{"pe: rows, rows, columns, sram", `axis "rows" is in the groups "pe" and "pe": must be in one`},
		{"pe: rows, columns", "in no group, where each axis must be in one: sram"},
		{"pe: rows", "in no group, where each axis must be in one: sram, columns"},
		{"pe: rows, columns; sram", `"sram" is no group: must be "group: axis, axis"`},
		{"pe: rows, columns; pe: sram", `group "pe": names must be unique and not empty`},
		{": rows, columns, sram", `group "": names must be unique and not empty`},
		{"axes", `unknown grouping "axes"`},
	} {
		_, _, err := groups.Split(chip(t), c.groups)
		require.ErrorContains(t, err, c.want)
		require.ErrorContains(t, err, "groups: ")
	}
}

func TestGroupings(t *testing.T) {
	for grouping, want := range map[string][]string{
		"axis": {"rows", "sram", "columns"}, "subsystem": {"array", "memory"}, "single": {"designer"}, "learned": {"rows", "sram", "columns"},
		"all: rows, sram; rest: columns": {"all", "rest"},
	} {
		split, learner, err := groups.Split(chip(t), grouping)
		require.NoError(t, err)
		var agents []string
		for _, spec := range split.Specs(nil) {
			agents = append(agents, spec.ID)
		}
		require.Equal(t, want, agents)
		require.Equal(t, grouping == groups.Learned, learner != nil)
	}
	var none space.Space
	split, learner, err := groups.Split(none, groups.Learned)
	require.NoError(t, err)
	require.Len(t, split.Specs(nil), 1)
	require.Nil(t, learner)
}
