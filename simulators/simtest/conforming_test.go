package simtest

import (
	"context"
	"math/big"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func TestToy(t *testing.T) {
	require.Equal(t, big.NewInt(96), toy().Simulator.Spec().Space.Size())
	Test(t, toy())
}

// accuracy is a second simulator on one of the toy's axes and one of its own.
func accuracy(t *testing.T) simulators.Simulator {
	t.Helper()
	type network struct{ entries, depth int }
	s, err := simulators.Model[network]{
		Name: "toy/accuracy", Version: "2", Doc: "A made-up accuracy.",
		Metrics: []simulators.Metric{{Name: "accuracy", Doc: "top-1, a fraction"}},
		Fields: []simulators.Field[network]{
			simulators.Int("depth", "layers", "hidden layers", []int{1, 2, 3}, func(n *network) *int { return &n.depth }),
			simulators.Int("entries", "", "buffer entries", []int{4, 8, 16, 32}, func(n *network) *int { return &n.entries }).Log(),
		},
		Eval: func(_ context.Context, n network) simulators.Result {
			return simulators.OK(1 - 1/float64(n.depth*n.entries))
		},
	}.Build()
	require.NoError(t, err)
	return s
}

func TestJoin(t *testing.T) {
	s, err := simulators.Join("toy/both", "A buffer and its accuracy.", toy().Simulator, accuracy(t))
	require.NoError(t, err)
	Test(t, simulators.Instance{Simulator: s})
}

func TestStage(t *testing.T) {
	s, err := simulators.Stage(toy().Simulator, accuracy(t), func(r simulators.Result) bool { return r.Values[1] <= 1.6 })
	require.NoError(t, err)
	Test(t, simulators.Instance{Simulator: s})
}

func TestMean(t *testing.T) {
	s, err := simulators.Mean(toy().Simulator, toy().Simulator, toy().Simulator)
	require.NoError(t, err)
	Test(t, simulators.Instance{Simulator: s})
}

func TestNarrow(t *testing.T) {
	in, err := simulators.Narrow(toy(), map[string][]string{"loops": {"k>c>x", "x>c>k"}, "entries": {"8", "16", "32"}})
	require.NoError(t, err)
	Test(t, in, Points(20))
}

func TestStackWithEveryWrapper(t *testing.T) {
	in := toy()
	in.Simulator, _ = wrap.Stack(in, wrap.Options{
		Tape: silent{}, Recorder: silent{}, Limit: 1 << 40, Store: wrap.NewStore(50), Pool: wrap.NewPool(3), Timeout: time.Hour,
	})
	Test(t, in)
}

func TestEachWrapper(t *testing.T) {
	in := toy()
	for name, w := range map[string]wrap.Wrapper{
		"replay": wrap.Replay(silent{}), "record": wrap.Record(silent{}), "meter": wrap.Meter(new(wrap.Counter), 0), "repair": wrap.Repair(in.Repair),
		"cache": wrap.Cache(wrap.NewStore(10)), "parallel": wrap.Parallel(wrap.NewPool(3)), "isolate": wrap.Isolate(), "timeout": wrap.Timeout(time.Hour),
	} {
		t.Run(name, func(t *testing.T) { Test(t, simulators.Instance{Simulator: w(in.Simulator)}) })
	}
}

// silent is an empty tape and a recorder that keeps nothing.
type silent struct{}

func (silent) Next() (wrap.Evaluation, bool, error) { return wrap.Evaluation{}, false, nil }

func (silent) Record(int, space.Point, simulators.Result) error { return nil }

func TestWitnessIsFoundWhereverThereIsOne(t *testing.T) {
	labels := []string{"a", "b", "c"}
	rapid.Check(t, func(t *rapid.T) {
		var params []space.Param
		for _, name := range []string{"p", "q", "r", "s", "t"}[:rapid.IntRange(1, 5).Draw(t, "axes")] {
			p := space.Param{Name: name, Kind: space.Nominal, Labels: labels}
			for range rapid.IntRange(0, min(len(params), 2)).Draw(t, "conditions") {
				p.When = append(p.When, space.Cond{
					Param: params[rapid.IntRange(0, len(params)-1).Draw(t, "on")].Name,
					In:    rapid.SliceOfNDistinct(rapid.SampledFrom(labels), 1, 2, rapid.ID).Draw(t, "in"),
				})
			}
			params = append(params, p)
		}
		s, err := space.New(params...)
		require.NoError(t, err)
		for axis := range s.Len() {
			exists := false
			for p := range s.Points() {
				exists = exists || s.Active(p, axis)
			}
			p, found := witness(s, axis)
			require.Equal(t, exists, found)
			if found {
				require.NoError(t, s.Check(p))
				require.True(t, s.Active(p, axis))
			}
		}
	})
}

// Eight labels have 40,320 orders: more than are tried.
func TestLevelsOfALongAxisAreSpread(t *testing.T) {
	type config struct{ order []int }
	s, err := simulators.Model[config]{
		Name: "long", Version: "1", Doc: "A long axis.", Metrics: []simulators.Metric{{Name: "first", Doc: "the first label"}},
		Fields: []simulators.Field[config]{simulators.Order("order", "", []string{"a", "b", "c", "d", "e", "f", "g", "h"}, func(c *config) *[]int { return &c.order })},
		Eval:   func(_ context.Context, c config) simulators.Result { return simulators.OK(float64(c.order[0])) },
	}.Build()
	require.NoError(t, err)
	var levels []int
	counted := &altered{Simulator: s}
	counted.evaluate = func(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
		for _, p := range points {
			levels = append(levels, p[0])
		}
		return s.Evaluate(ctx, points)
	}
	everyLevelIsEvaluated(t, newSubject(simulators.Instance{Simulator: counted}))
	require.Len(t, levels, 1000)
	require.Equal(t, []int{0, 40, 80}, levels[:3])
	require.Equal(t, 40319, levels[999])
}
