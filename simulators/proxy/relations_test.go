package proxy

import (
	"bytes"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// board is three tasks on two or three processors, each of a kind and on a bus, two of which have a width.
func board(t testing.TB) space.Space {
	kinds, pes, buses := []string{"cpu", "ip"}, []string{"pe0", "pe1", "none"}, []string{"bus0", "bus1"}
	s, err := space.New(
		space.Param{Name: "pe0_kind", Kind: space.Nominal, Labels: kinds}, space.Param{Name: "pe1_kind", Kind: space.Nominal, Labels: kinds},
		space.Param{Name: "pe0_bus", Kind: space.Nominal, Labels: buses}, space.Param{Name: "pe1_bus", Kind: space.Nominal, Labels: buses},
		space.Param{Name: "bus0_width", Values: []float64{4, 8, 16}}, space.Param{Name: "bus1_width", Values: []float64{4, 8, 16}},
		space.Param{Name: "pe0_port", Values: []float64{1, 2}}, space.Param{Name: "pe1_port", Values: []float64{1, 3}},
		space.Param{Name: "task0", Kind: space.Nominal, Labels: pes}, space.Param{Name: "task1", Kind: space.Nominal, Labels: pes}, space.Param{Name: "task2", Kind: space.Nominal, Labels: pes},
	)
	require.NoError(t, err)
	return s
}

func TestRelationsFollowLabels(t *testing.T) {
	s := board(t)
	r := findRelations(s, findPointers(s))
	require.Len(t, r.properties, 1, "the tasks are the only family: there are two of each other sort of axis")
	var levels []int
	for _, q := range r.properties[0] {
		levels = append(levels, q.levels)
	}
	require.Equal(t, []int{2, 2, 3}, levels, "kind, bus, and the width of the bus; ports are not the same sort of thing on both")
	require.Equal(t, 3+5*2+5*2+5*3, r.width)
	const third = 1.0 / 3
	// pe0: cpu on bus1; pe1: ip on bus1; bus1 is 16 wide; task0 and task2 on pe1, task1 on none.
	require.InDeltaSlice(t, []float64{
		0, 1, 0, // task1 = task0, task2 = task0, task2 = task1
		0, 2 * third, 0, third, 0, 1, 0, 0, 0, 1, // kind: shares of tasks, of processors, each task
		0, 2 * third, 0, third, 0, 1, 0, 0, 0, 1, // bus
		0, 0, 2 * third, 0, 0, third, 0, 0, 1, 0, 0, 0, 0, 0, 1, // width of the bus
	}, r.append(nil, space.Point{0, 1, 1, 1, 0, 2, 0, 0, 1, 2, 1}), 1e-15)
}

func TestRelationsNeedActiveAxes(t *testing.T) {
	labels := []string{"pe0", "pe1", "pe2"}
	on := []space.Cond{{Param: "mode", In: []string{"on"}}}
	task := func(name string, when []space.Cond) space.Param {
		return space.Param{Name: name, Kind: space.Nominal, Labels: labels, When: when}
	}
	s, err := space.New(space.Param{Name: "mode", Kind: space.Nominal, Labels: []string{"off", "on"}}, space.Param{Name: "pe0_clock", Values: []float64{1, 2}, When: on},
		task("task0", nil), task("task1", nil), task("task2", on))
	require.NoError(t, err)
	r := findRelations(s, findPointers(s))
	require.Equal(t, []float64{1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, r.append(nil, space.Point{0, 0, 0, 0, 0}), "neither task2 nor the clock is there")
	require.InDeltaSlice(t, []float64{1, 1, 1, 0, 1, 0, 1.0 / 3, 0, 1, 0, 1, 0, 1}, r.append(nil, space.Point{1, 1, 0, 0, 0}), 1e-15)
}

// boardTable is designs whose area is that of the processors in use, a cpu 1 mm², an ip 0.1 mm², and whose power is the width of the buses that they hang on.
func boardTable(t testing.TB, n int, root uint64) *Table {
	out := &Table{Tasks: []Task{{Name: "one"}}, Spec: simulators.Spec{Name: "board", Version: "1", Doc: "Board.", Space: board(t), Metrics: []simulators.Metric{
		{Name: "area", Unit: "mm2"}, {Name: "power", Unit: "mW"},
	}}}
	s := out.Spec.Space
	rng := rand.New(rand.NewPCG(root, 1))
	for range n {
		p := s.Sample(rng)
		area, power := 0.05, 1.0
		for pe := range 2 {
			if p[8] == pe || p[9] == pe || p[10] == pe {
				area += []float64{1, 0.1}[p[pe]]
				power += s.Param(4).Values[p[4+p[2+pe]]]
			}
		}
		out.Rows = append(out.Rows, Row{Point: p, Values: []float64{area, power}, Group: rng.Uint64()})
	}
	return out
}

// right is the share of new designs that a proxy puts on the right side of all bounds.
func right(t testing.TB, p *Proxy, bounds ...Bound) float64 {
	test := boardTable(t, 400, 9)
	var points []space.Point
	for _, r := range test.Rows {
		points = append(points, r.Point)
	}
	chances, err := p.Meets(points, 0, bounds)
	require.NoError(t, err)
	n := 0.0
	for i, r := range test.Rows {
		meets := true
		for _, b := range bounds {
			meets = meets && b.met(r.Values[map[string]int{"area_mm2": 0, "power_mw": 1}[b.Key]])
		}
		if meets == (chances[i] >= 0.5) {
			n++
		}
	}
	return n / float64(len(points))
}

func TestBudgetsAreLearned(t *testing.T) {
	small, cool, warm := Bound{Key: "area_mm2", Limit: 1.1}, Bound{Key: "power_mw", Limit: 12, AtLeast: true}, Bound{Key: "power_mw", Limit: 40}
	o := FitOptions{Kind: "boost", Trees: 30, Seed: 1}
	without, err := Fit(boardTable(t, 150, 1), o)
	require.NoError(t, err)
	o.Budgets = []Bound{small, cool, warm}
	p, err := Fit(boardTable(t, 150, 1), o)
	require.NoError(t, err)
	require.Equal(t, without.File().Targets, p.File().Targets, "budgets change no metric")
	require.Len(t, p.File().Budgets, 3)
	require.NotNil(t, p.File().Budgets[0].Classifier)
	require.Nil(t, p.File().Budgets[2].Classifier, "all rows meet it")
	require.InDelta(t, 151.0/152, p.File().Budgets[2].Share, 1e-15)
	require.Greater(t, right(t, p, small), 0.96)
	require.Greater(t, right(t, p, small, cool, warm), right(t, without, small, cool, warm)+0.02)
	other := Bound{Key: "area_mm2", Limit: 1.2}
	require.Equal(t, right(t, without, other), right(t, p, other), "what was not asked for is told by the intervals")
	require.Equal(t, 1.0, right(t, p, warm))

	var file bytes.Buffer
	require.NoError(t, p.Write(&file))
	again, err := Read(&file)
	require.NoError(t, err)
	require.Equal(t, right(t, p, small, cool), right(t, again, small, cool))
	for want, change := range map[string]func(*Budget){
		"budget on area_mm2: a share of 0":                                        func(b *Budget) { b.Share = 0 },
		"budget on area: proxy: there is a bound on area, which is not predicted": func(b *Budget) { b.Key = "area" },
		"budget on area_mm2: a classifier without trees":                          func(b *Budget) { b.Classifier = &Classifier{} },
	} {
		f := *p.File()
		f.Budgets = slices.Clone(f.Budgets)
		change(&f.Budgets[0])
		_, err := open(f)
		require.EqualError(t, err, want)
	}
}

func TestBudgetsRefuse(t *testing.T) {
	tests := []struct {
		bound Bound
		want  string
	}{
		{Bound{Key: "energy_pj"}, "there is a bound on energy_pj, which is not predicted"},
		{Bound{Key: "area_mm2", Limit: math.NaN()}, "the bound on area_mm2 is no number"},
	}
	for _, test := range tests {
		t.Run(fmt.Sprint(test.bound), func(t *testing.T) {
			_, err := Fit(boardTable(t, 60, 1), FitOptions{Kind: "ridge", Budgets: []Bound{test.bound}})
			require.ErrorContains(t, err, test.want)
		})
	}
}
