package space_test

import (
	"fmt"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

// TestPointsAreTheCanonicalVectors holds Points, Size, RawSize, Canonical, Check and Key against the list of all vectors.
func TestPointsAreTheCanonicalVectors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSpace(t)
		var want []space.Point
		all := raws(s)
		for _, p := range all {
			if slices.Equal(p, s.Canonical(p)) {
				want = append(want, p)
			}
		}
		got := slices.Collect(s.Points())
		require.Equal(t, want, got, "the last axis fastest")
		require.EqualValues(t, len(got), s.Size().Int64())
		require.EqualValues(t, len(all), s.RawSize().Int64())
		keys := map[string]bool{}
		for _, p := range got {
			require.NoError(t, s.Check(p))
			keys[s.Key(p)] = true
		}
		require.Len(t, keys, len(got), "Key is injective")
	})
}

// TestSizeOfManyConditions holds Size against enumeration in spaces of up to 11 small axes with up to 3 conditions each.
func TestSizeOfManyConditions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var params []space.Param
		for i := range rapid.IntRange(6, 11).Draw(t, "axes") {
			p := ordinal("axis"+strconv.Itoa(i), rapid.SampledFrom([]int{2, 2, 2, 3}).Draw(t, "levels"))
			for range rapid.IntRange(0, min(3, i)).Draw(t, "conditions") {
				on := rapid.SampledFrom(params).Draw(t, "condition on")
				p.When = append(p.When, space.Cond{Param: on.Name, In: drawLevels(t, on)})
			}
			params = append(params, p)
		}
		s, err := space.New(params...)
		require.NoError(t, err)
		points := 0
		for p, more := make(space.Point, s.Len()), true; more; more = s.Next(p) {
			points++
		}
		require.EqualValues(t, points, s.Size().Int64())
	})
}

func TestPointsStopsWhenAsked(t *testing.T) {
	s, err := space.New(space.Param{Name: "rows", Values: []float64{1, 2, 3}})
	require.NoError(t, err)
	for p := range s.Points() {
		require.Equal(t, space.Point{0}, p)
		break
	}
}

func TestCanonicalIsIdempotentAndWhatCheckAccepts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSpace(t)
		p := drawRaw(t, s)
		asked := slices.Clone(p)
		q := s.Canonical(p)
		require.Equal(t, asked, p, "the argument is not changed")
		require.Equal(t, q, s.Canonical(q))
		require.NoError(t, s.Check(q))
		require.Equal(t, slices.Equal(p, q), s.Check(p) == nil)
		for axis := range q {
			if s.Active(q, axis) {
				require.Equal(t, p[axis], q[axis], "an active axis keeps its level")
			} else {
				require.Zero(t, q[axis])
			}
		}
	})
}

func TestActiveNeedsEveryConditionToHoldOnAnActiveAxis(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSpace(t)
		p := s.Canonical(drawRaw(t, s))
		for axis, param := range s.Params() {
			want := true
			for _, c := range param.When {
				earlier, err := s.Axis(c.Param)
				require.NoError(t, err)
				want = want && s.Active(p, earlier) && slices.Contains(c.In, s.Param(earlier).LevelName(p[earlier]))
			}
			require.Equal(t, want, s.Active(p, axis))
		}
	})
}

func TestActiveIsLinearInDiamonds(t *testing.T) {
	s, err := space.New(diamonds(40)...)
	require.NoError(t, err)
	ones := slices.Repeat(space.Point{1}, 40)
	start := time.Now()
	require.NoError(t, s.Check(ones))
	require.Less(t, time.Since(start), time.Second, "some microseconds; a walk of every path of conditions takes seconds")
	require.True(t, s.Active(ones, 39))
	require.Zero(t, testing.AllocsPerRun(100, func() { s.Active(ones, 39) }))
	broken := slices.Clone(ones)
	broken[3] = 0
	require.Equal(t, append(space.Point{1, 1, 1}, make(space.Point, 37)...), s.Canonical(broken))
}

func TestNeighborsAreSymmetricAndInRange(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSpace(t)
		p := s.Canonical(drawRaw(t, s))
		for axis := range p {
			if !s.Active(p, axis) {
				require.Empty(t, slices.Collect(s.Neighbors(p, axis)))
				continue
			}
			seen := map[int]bool{p[axis]: true}
			for level := range s.Neighbors(p, axis) {
				require.False(t, seen[level], "level %d of axis %d comes twice or is the point's own", level, axis)
				seen[level] = true
				q := slices.Clone(p)
				q[axis] = level
				q = s.Canonical(q)
				require.NoError(t, s.Check(q))
				require.Contains(t, slices.Collect(s.Neighbors(q, axis)), p[axis], "the way back")
			}
		}
	})
}

func TestSampleIsCanonicalAndReachesAll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSpace(t)
		rng := seed.New(rapid.Uint64().Draw(t, "seed"))
		for range 20 {
			require.NoError(t, s.Check(s.Sample(rng)))
		}
	})
	s := mixed(t)
	rng, seen := seed.New(1), map[string]bool{}
	for range 5000 {
		seen[s.Key(s.Sample(rng))] = true
	}
	require.Len(t, seen, 96)
}

func TestDesignAndPointAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSpace(t)
		p := s.Canonical(drawRaw(t, s))
		d := s.Design(p)
		for axis, param := range s.Params() {
			require.Equal(t, s.Active(p, axis), d[param.Name] != nil)
		}
		q, err := s.Point(d)
		require.NoError(t, err)
		require.Equal(t, p, q)
		for name, v := range d { // as text, as a command line gives it
			d[name] = fmt.Sprint(v)
		}
		q, err = s.Point(d)
		require.NoError(t, err)
		require.Equal(t, p, q)
	})
}

func TestFeaturesTellPointsApart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSpace(t)
		width := len(s.Features())
		seen := map[string]space.Point{}
		for p := range s.Points() {
			f := s.AppendFeatures(nil, p)
			require.Len(t, f, width)
			for i, v := range f {
				require.True(t, v >= 0 && v <= 1, "feature %q is %v in %v", s.Features()[i].Name, v, p)
			}
			require.NotContains(t, seen, fmt.Sprint(f), "the features of %v", p)
			seen[fmt.Sprint(f)] = p
		}
	})
}

func TestNarrowAndWideAreInverse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSpace(t)
		keep := map[string][]string{}
		for _, p := range s.Params() {
			if rapid.Bool().Draw(t, "narrowed") {
				keep[p.Name] = drawLevels(t, p)
			}
		}
		cut, err := space.Narrow(s, keep)
		require.NoError(t, err)
		kept := func(p space.Point) bool {
			for axis, param := range s.Params() {
				names, narrowed := keep[param.Name]
				if narrowed && s.Active(p, axis) && !slices.Contains(names, param.LevelName(p[axis])) {
					return false
				}
			}
			return true
		}
		var want []space.Point // the wide points that keep to the levels
		for p := range s.Points() {
			q, ok := cut.Narrow(p)
			require.Equal(t, kept(p), ok, "%v", p)
			if ok {
				want = append(want, p)
				require.NoError(t, cut.Check(q))
				require.Equal(t, p, cut.Wide(q))
			}
		}
		var got []space.Point
		for q := range cut.Points() {
			got = append(got, cut.Wide(q))
			back, ok := cut.Narrow(cut.Wide(q))
			require.True(t, ok)
			require.Equal(t, q, back)
		}
		require.Equal(t, want, got)
	})
}
