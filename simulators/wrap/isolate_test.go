package wrap_test

import (
	"context"
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func TestPanicFailsItsPointAlone(t *testing.T) {
	empty := []int{}
	stacks := map[string]wrap.Wrapper{
		"isolate":               wrap.Isolate(),
		"isolate above timeout": wrap.Chain(wrap.Isolate(), wrap.Timeout(time.Hour)),
		"in workers":            wrap.Chain(wrap.Parallel(wrap.NewPool(3)), wrap.Isolate(), wrap.Timeout(time.Hour)),
	}
	for name, stack := range stacks {
		t.Run(name, func(t *testing.T) {
			s := stack(&fake{result: func(p space.Point) simulators.Result {
				if p[0] == 3 {
					return simulators.OK(float64(empty[p[0]]))
				}
				return sum(p)
			}})
			results := evaluate(t, s, 0, line(0, 6))
			require.Regexp(t, `^panic: runtime error: index out of range \[3\] with length 0: design \[x:3 y:0\]: at wrap_test\.TestPanic\S+ \(isolate_test\.go:\d+\) < wrap_test\.\(\*fake\)\.Evaluate \(fake_test\.go:\d+\) < \S+ \(\S+\)$`, results[3].Failed)
			results[3] = sum(space.Point{3, 0})
			require.Equal(t, sums(line(0, 6)), results)
		})
	}
}

func TestMalformedResultFailsItsPointAlone(t *testing.T) {
	tests := []struct {
		name   string
		result simulators.Result
		want   string
	}{
		{"not a number", simulators.OK(1, math.NaN()), `metric "twice_pj" is NaN: design [x:1 y:0]`},
		{"infinite", simulators.OK(math.Inf(-1), 2), `metric "sum_cycles" is -Inf: design [x:1 y:0]`},
		{"too few values", simulators.OK(1), `the result has 1 values for 2 metrics: design [x:1 y:0]`},
		{"too many values", simulators.OK(1, 2, 3), `the result has 3 values for 2 metrics: design [x:1 y:0]`},
		{"nothing", simulators.Result{}, `the result has 0 values, infeasible "" and failed "", where exactly one must be set: design [x:1 y:0]`},
		{"two forms", simulators.Result{Values: []float64{1, 2}, Infeasible: "no"}, `the result has 2 values, infeasible "no" and failed "", where exactly one must be set: design [x:1 y:0]`},
		{"negative violation", simulators.Infeasible("no", -1), `the violation is -1, where a finite number >= 0 is due: design [x:1 y:0]`},
		{"violation not a number", simulators.Infeasible("no", math.NaN()), `the violation is NaN, where a finite number >= 0 is due: design [x:1 y:0]`},
		{"violation of a feasible design", simulators.Result{Values: []float64{1, 2}, Violation: 1}, `the violation is 1 in a result that is not infeasible: design [x:1 y:0]`},
		{"infeasible", simulators.Infeasible("no", 1), ""},
		{"failed", simulators.Failed("power cut"), "power cut"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := wrap.Isolate()(&fake{result: func(p space.Point) simulators.Result {
				if p[0] == 1 {
					return test.result
				}
				return sum(p)
			}})
			results := evaluate(t, s, 0, line(0, 3))
			require.Equal(t, test.want, results[1].Failed)
			if test.want != "" {
				require.Equal(t, simulators.Failed(test.want), results[1], "nothing else is set")
			}
			results[1] = sum(space.Point{1, 0})
			require.Equal(t, sums(line(0, 3)), results)
		})
	}
}

func TestReasonsAreBoundedAndValid(t *testing.T) {
	long := strings.Repeat("é", 1<<20) // 2 MiB of two-byte letters
	cut := strings.Repeat("é", 2046) + "…"
	for _, test := range []struct {
		name   string
		result func() simulators.Result
		want   simulators.Result
	}{
		{"long panic", func() simulators.Result { panic(long) }, simulators.Failed("panic: " + strings.Repeat("é", 2043) + "…")}, // 7 + 4086 + 3 = 4096
		{"long failure", func() simulators.Result { return simulators.Failed(long) }, simulators.Failed(cut)},                    // 4092 + 3 <= 4096
		{"long infeasible", func() simulators.Result { return simulators.Infeasible(long, 2) }, simulators.Infeasible(cut, 2)},
		{"longest", func() simulators.Result { return simulators.Failed(long[:4096]) }, simulators.Failed(long[:4096])},
		{"not UTF-8", func() simulators.Result { return simulators.Infeasible("a\xff\xfeb", 0) }, simulators.Infeasible("a\uFFFDb", 0)},
		{"malformed with a long reason", func() simulators.Result { return simulators.Infeasible(strings.Repeat("a", 1<<20), math.NaN()) }, simulators.Failed(
			"the violation is NaN, where a finite number >= 0 is due: design [x:0 y:0]")},
		{"two forms with long reasons", func() simulators.Result {
			return simulators.Result{Infeasible: strings.Repeat("a", 1<<20), Failed: "b"}
		}, simulators.Failed(
			`the result has 0 values, infeasible "` + strings.Repeat("a", 4096-37-3) + "…")},
	} {
		t.Run(test.name, func(t *testing.T) {
			s := wrap.Isolate()(&fake{result: func(space.Point) simulators.Result { return test.result() }})
			got := evaluate(t, s, 0, line(0, 1))
			require.Equal(t, test.want, got[0])
			require.LessOrEqual(t, len(got[0].Failed)+len(got[0].Infeasible), 4096)
		})
	}
}

func TestBrokenSimulatorIsAnError(t *testing.T) {
	broken := errors.New("no licence")
	f := &fake{before: func(_ context.Context, p space.Point) error {
		if p[0] == 1 {
			panic("first")
		}
		return broken
	}}
	s := wrap.Isolate()(f)
	_, err := s.Evaluate(t.Context(), line(0, 1))
	require.Equal(t, broken, err)
	_, err = s.Evaluate(t.Context(), line(1, 2))
	require.Equal(t, broken, err, "of a point evaluated alone after a panic")
}
