package proxy_test

import (
	"bytes"
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/regress"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

// sized is the chip with a workload of so many frames, which take so many times as long.
func sized() simulators.Factory {
	return simulators.Factory{
		Name: "chip", Doc: "Chip.", Settings: []simulators.Setting{{Name: "frames", Default: 1, Min: 1, Max: 1000}, {Name: "word_bytes", Default: 1}},
		New: func(s simulators.Settings) (simulators.Instance, error) {
			frames := float64(s.Int("frames"))
			return simulators.Instance{
				Simulator: chip{"1.0", frames},
				Features: func() []simulators.Feature {
					return []simulators.Feature{{Name: "pixels", Doc: "of all frames", Value: 1000 * frames}, {Name: "colours", Doc: "of a frame", Value: 3}}
				},
			}, nil
		},
	}
}

// ofFrames is n random designs of each workload of so many frames.
func ofFrames(t testing.TB, n int, root uint64, frames ...int) *proxy.Table {
	rng := rand.New(rand.NewPCG(root, 5))
	out := &proxy.Table{Spec: chip{"1.0", 1}.Spec()}
	var features [][]simulators.Feature
	for task, f := range frames {
		in, set, err := sized().Open(map[string]any{"frames": f})
		require.NoError(t, err)
		out.Tasks = append(out.Tasks, proxy.Task{Name: fmt.Sprint(f), Settings: set.Map()})
		features = append(features, proxy.Features(sized(), in, set.Map()))
		for range n {
			p := out.Spec.Space.Sample(rng)
			r, err := in.Simulator.Evaluate(context.Background(), []space.Point{p})
			require.NoError(t, err)
			out.Rows = append(out.Rows, proxy.Row{Point: p, Task: task, Values: r[0].Values, Infeasible: r[0].Infeasible != "", Group: rng.Uint64()})
		}
	}
	out.Describe(features)
	return out
}

func fittedToFrames(t testing.TB, frames ...int) *proxy.Proxy {
	p, err := proxy.Fit(ofFrames(t, 40, 1, frames...), proxy.FitOptions{Kind: regress.Boost, Transform: "log", Trees: 30, Metrics: []string{"time_ns", "area_mm2"}})
	require.NoError(t, err)
	return p
}

func TestFeaturesAreThoseOfTheSimulatorAndNumbersAmongSettings(t *testing.T) {
	table := ofFrames(t, 1, 1, 2, 7)
	require.Equal(t, []proxy.Feature{{Name: "pixels", Doc: "of all frames"}, {Name: "colours", Doc: "of a frame"}, {Name: "frames", Doc: "setting: "}, {Name: "word_bytes", Doc: "setting: "}}, table.Features)
	require.Equal(t, []float64{2000, 3, 2, 1}, table.Tasks[0].Features)
	require.Equal(t, []float64{7000, 3, 7, 1}, table.Tasks[1].Features)
	table.Tasks[1].Features[0] = math.NaN()
	_, err := proxy.Fit(table, proxy.FitOptions{})
	require.ErrorContains(t, err, "task 7: feature pixels is NaN")
}

// Workloads of 1 to 40 frames are learned.
func TestNewTasks(t *testing.T) {
	p := fittedToFrames(t, 1, 2, 5, 10, 20, 40)
	t.Run("told by features", func(t *testing.T) { testTold(t, p) })
	t.Run("outside the fit", func(t *testing.T) { testOutside(t, p) })
	t.Run("as settings", func(t *testing.T) { testNewSettings(t, p) })
	t.Run("strange files", func(t *testing.T) { testStrangeFeatures(t, p) })
}

// A workload of 15 frames is new. Its time follows from its features; its area is that of all others.
func testTold(t *testing.T, p *proxy.Proxy) {
	told := p.File().Targets[0].New
	require.NotNil(t, told, "the time is told")
	require.Less(t, told.Error, 0.3*told.MeanError)

	test := ofFrames(t, 150, 9, 15)
	blind := ofFrames(t, 0, 1, 15)
	blind.Features, blind.Tasks[0].Features = nil, nil
	byMean, err := p.Correct(blind, proxy.FitOptions{})
	require.NoError(t, err)
	without, _ := errorsOf(t, byMean, test, 0)
	byFeatures, err := p.Correct(ofFrames(t, 0, 1, 15), proxy.FitOptions{})
	require.NoError(t, err)
	with, covered := errorsOf(t, byFeatures, test, 0)
	require.Less(t, with.RelativeToMean, 0.3)
	require.Greater(t, without.RelativeToMean, 0.4)
	require.Greater(t, covered, 0.85)
	require.Equal(t, "features", byFeatures.File().Corrected[0].Targets[0].String())
	area, _ := errorsOf(t, byFeatures, test, 1)
	require.Less(t, area.RelativeToMean, 0.05)

	before, _ := errorsOf(t, p, ofFrames(t, 100, 9, 10), 0)
	after, _ := errorsOf(t, byFeatures, ofFrames(t, 100, 9, 10), 0)
	require.Equal(t, before, after, "what was known stays as it is")

	few, err := p.Correct(ofFrames(t, 20, 3, 15), proxy.FitOptions{})
	require.NoError(t, err)
	corrected, _ := errorsOf(t, few, test, 0)
	require.Less(t, corrected.RelativeToMean, 0.15)

	var file bytes.Buffer
	require.NoError(t, few.Write(&file))
	read, err := proxy.Read(&file)
	require.NoError(t, err)
	same, _ := errorsOf(t, read, test, 0)
	require.InDelta(t, corrected.RMSE, same.RMSE, 1e-9*corrected.RMSE)
	require.Equal(t, few.Hash(), read.Hash())
	again, err := read.Correct(blind, proxy.FitOptions{})
	require.NoError(t, err)
	require.Equal(t, []float64{15000, 3, 15, 1}, again.File().Corrected[0].Features, "what was known of the task still is")
}

// With three workloads nothing can be told of a fourth, and the proxy says so by having no rule.
func TestFewTasksTellNothing(t *testing.T) {
	p := fittedToFrames(t, 1, 5, 20)
	require.Nil(t, p.File().Targets[0].New)
	told, err := p.Correct(ofFrames(t, 0, 1, 15), proxy.FitOptions{})
	require.NoError(t, err)
	require.Equal(t, "none", told.File().Corrected[0].Targets[0].String())
}

// A workload 20 times as large as any is told, and said to be outside: the interval is as wide as the targets of the fit spread.
func testOutside(t *testing.T, p *proxy.Proxy) {
	inside, err := p.Correct(ofFrames(t, 0, 1, 15), proxy.FitOptions{})
	require.NoError(t, err)
	require.Empty(t, inside.File().Corrected[0].Outside)
	outside, err := p.Correct(ofFrames(t, 0, 1, 800), proxy.FitOptions{})
	require.NoError(t, err)
	c := outside.File().Corrected[0]
	require.NotEmpty(t, c.Outside)
	require.Equal(t, p.File().Targets[0].Spread, c.Targets[0].HalfWidth)
	points := []space.Point{{0, 0, 0, 0}}
	require.Equal(t, len(c.Outside), outside.Predict(points, 6).Outside)
	require.Zero(t, inside.Predict(points, 6).Outside)
	other := ofFrames(t, 0, 1, 15)
	other.Tasks[0].Settings["word_bytes"], other.Tasks[0].Features[3] = 4, 4
	alike, err := p.Correct(other, proxy.FitOptions{})
	require.NoError(t, err)
	require.Equal(t, []string{"word_bytes"}, alike.File().Corrected[0].Outside, "a number that all workloads of the fit had alike")
}

// The proxy as a simulator takes settings that it was not fitted to where the true simulator describes them.
func testNewSettings(t *testing.T, p *proxy.Proxy) {
	f, err := p.Factory([]simulators.Factory{sized()})
	require.NoError(t, err)
	require.Contains(t, f.Settings[0].Doc, "others are told by their features")
	in, _, err := f.Open(map[string]any{"frames": 15, "intervals": true})
	require.NoError(t, err)
	simtest.Test(t, in, simtest.Points(4), simtest.Whole(0))
	keys := in.Simulator.Spec().Keys()
	require.Equal(t, "outside_features", keys[len(keys)-1])
	said, err := in.Simulator.Evaluate(context.Background(), []space.Point{{0, 0, 0, 0}})
	require.NoError(t, err)
	require.InDelta(t, math.Log(15*1e4/4*2), math.Log(said[0].Values[0]), 0.5)
	require.Equal(t, "new workloads", in.About[2].Title)

	f, err = p.Factory(nil)
	require.NoError(t, err)
	_, _, err = f.Open(map[string]any{"frames": 15})
	require.ErrorContains(t, err, "the proxy was not fitted to these settings")
}

func testStrangeFeatures(t *testing.T, p *proxy.Proxy) {
	change := func(change func(f *proxy.File)) error {
		var file, changed bytes.Buffer
		require.NoError(t, p.Write(&file))
		copied, err := proxy.Read(&file)
		require.NoError(t, err)
		change(copied.File())
		require.NoError(t, copied.Write(&changed))
		_, err = proxy.Read(&changed)
		return err
	}
	require.NoError(t, change(func(*proxy.File) {}))
	require.ErrorContains(t, change(func(f *proxy.File) { f.Tasks[1].Features = f.Tasks[1].Features[:2] }), "task 2 has 2 features of 4")
	require.ErrorContains(t, change(func(f *proxy.File) { f.Targets[0].New.Of[0] = 9 }), "told by task 9")
	require.ErrorContains(t, change(func(f *proxy.File) { f.Targets[0].New.TreesFrac = 2 }), "with the share 2")
	require.ErrorContains(t, change(func(f *proxy.File) { f.Targets[0].New.Of = nil }), "told by 0 tasks")
}
