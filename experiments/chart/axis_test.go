package chart

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"
	"gonum.org/v1/plot/plotter"
)

func TestTicks(t *testing.T) {
	labels := func(a Axis) []string {
		ticks := linearTicks(a.Low, a.High)
		if a.Log {
			ticks = logTicks(a.Low, a.High)
		}
		var found []string
		for _, tick := range ticks {
			if !tick.IsMinor() {
				found = append(found, tick.Label)
			}
		}
		return found
	}
	require.Equal(t, []string{"0", "2", "4", "6", "8", "10"}, labels(Axis{Low: -0.5, High: 10.5}))
	require.Equal(t, []string{"-1.5", "-1", "-0.5", "0", "0.5", "1", "1.5"}, labels(Axis{Low: -1.6, High: 1.6}))
	require.Equal(t, []string{"1234000.2", "1234000.3", "1234000.4"}, labels(Axis{Low: 1234000.05, High: 1234000.78})[1:4])
	require.Equal(t, []string{"20", "50", "100", "200"}, labels(Axis{Low: 15, High: 450, Log: true}))
	require.Equal(t, []string{"0.01", "1", "100", "10000", "1000000", "1e8", "1e10"}, labels(Axis{Low: 0.01, High: 1e10, Log: true}))
}

func TestAxisRange(t *testing.T) {
	settled := func(values ...float64) Axis {
		var a Axis
		for _, v := range values {
			a.Include(v)
		}
		a.Settle()
		return a
	}
	require.Equal(t, Axis{Low: -1, High: 1, hasRange: true}, settled(0))
	narrow := settled(1e17, 1e17+16)
	require.InEpsilon(t, 0.96e17, narrow.Low, 1e-12)
	require.InEpsilon(t, 1.04e17, narrow.High, 1e-12)
	require.False(t, settled(1, 20).Log)
	require.True(t, settled(1, 20.1, math.Inf(1)).Log)
	require.False(t, settled(-1, 50).Log)
	require.False(t, settled(5e-324, 1).Log, "too small to be told from 0")
	vast := settled(1e-250, math.MaxFloat64)
	require.True(t, vast.Log)
	require.Less(t, len(logTicks(vast.Low, vast.High)), 1000)
	wide := settled(-math.MaxFloat64, math.MaxFloat64)
	require.Less(t, len(linearTicks(wide.Low, wide.High)), 12)
	require.True(t, Axis{Low: 2, High: 4}.Nears(8))
	require.False(t, Axis{Low: 2, High: 4}.Nears(8.1))
}

func TestStairsHaveCornersWhereTheValueChanges(t *testing.T) {
	m := marks{Series: Series{X: []float64{1, 2, 3, 5}, Y: []float64{9, 9, 4, 4}}, x: Axis{Low: 1, High: 5}, y: Axis{Low: 5, High: 10}}
	require.Equal(t, plotter.XYs{{X: 1, Y: 9}, {X: 3, Y: 9}, {X: 3, Y: 5}, {X: 5, Y: 5}, {X: 5, Y: 5}}, m.stairs(0, 4, m.Y))
}
