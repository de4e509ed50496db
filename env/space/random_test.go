package space_test

import (
	"slices"
	"strconv"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/space"
)

// drawSpace draws a space of up to 5 axes of all kinds; each axis has up to 2 conditions on earlier ones.
func drawSpace(t *rapid.T) space.Space {
	var params []space.Param
	for range rapid.IntRange(0, 5).Draw(t, "axes") {
		p := drawParam(t, "axis"+strconv.Itoa(len(params)))
		for range rapid.IntRange(0, min(2, len(params))).Draw(t, "conditions") {
			on := rapid.SampledFrom(params).Draw(t, "condition on")
			p.When = append(p.When, space.Cond{Param: on.Name, In: drawLevels(t, on)})
		}
		params = append(params, p)
	}
	s, err := space.New(params...)
	require.NoError(t, err)
	return s
}

func drawParam(t *rapid.T, name string) space.Param {
	p := space.Param{Name: name, Kind: space.Kind(rapid.IntRange(0, 2).Draw(t, "kind"))}
	labels := []string{"os", "ws", "is"}
	switch p.Kind {
	case space.Ordinal:
		p.Log = rapid.Bool().Draw(t, "log")
		low := -8
		if p.Log {
			low = 1
		}
		for _, v := range rapid.SliceOfNDistinct(rapid.IntRange(low, 16), 1, 4, rapid.ID).Draw(t, "values") {
			p.Values = append(p.Values, float64(v)/4)
		}
		slices.Sort(p.Values)
	case space.Nominal:
		p.Labels = labels[:rapid.IntRange(1, 3).Draw(t, "labels")]
	case space.Permutation:
		p.Labels = labels[:rapid.IntRange(2, 3).Draw(t, "labels")]
	}
	return p
}

// drawLevels draws at least one level of an axis by name.
func drawLevels(t *rapid.T, p space.Param) []string {
	names := make([]string, p.Levels())
	for level := range names {
		names[level] = p.LevelName(level)
	}
	return rapid.SliceOfNDistinct(rapid.SampledFrom(names), 1, len(names), rapid.ID).Draw(t, "levels")
}

// drawRaw draws a vector of levels in range, canonical or not.
func drawRaw(t *rapid.T, s space.Space) space.Point {
	p := make(space.Point, s.Len())
	for axis := range p {
		p[axis] = rapid.IntRange(0, s.Levels(axis)-1).Draw(t, "level")
	}
	return p
}

// raws lists every vector of levels in range.
func raws(s space.Space) []space.Point {
	list := []space.Point{{}}
	for axis := range s.Len() {
		var longer []space.Point
		for _, p := range list {
			for level := range s.Levels(axis) {
				longer = append(longer, append(slices.Clone(p), level))
			}
		}
		list = longer
	}
	return list
}
