package accuracy_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
)

func TestTableKnowsItsNetworks(t *testing.T) {
	s := open(t, "nb201", "")
	rows := []accuracy.Row{{parse(t, s, "000300"), 90.5}, {parse(t, s, "300000"), 10}}
	table, err := accuracy.NewTable(s.Space(), rows, 0.26)
	require.NoError(t, err)
	e, err := table.Accuracy(rows[0].Point)
	require.NoError(t, err)
	require.Equal(t, accuracy.Estimate{Percent: 90.5, ErrorPercent: 0.26}, e)
	_, err = table.Accuracy(parse(t, s, "000400"))
	require.EqualError(t, err, "accuracy: the network is not among the 2 of the table")

	_, err = accuracy.NewTable(s.Space(), append(rows, rows[0]), 0)
	require.ErrorContains(t, err, "row 3: the network")
	for _, percent := range []float64{-1, 100.5, math.NaN()} {
		_, err = accuracy.NewTable(s.Space(), []accuracy.Row{{rows[0].Point, percent}}, 0)
		require.ErrorContains(t, err, "out of range [0, 100] %")
	}
	_, err = accuracy.NewTable(s.Space(), []accuracy.Row{{[]int{9}, 1}}, 0)
	require.ErrorContains(t, err, "row 1")
}

func TestSplitHoldsOutWholeClasses(t *testing.T) {
	s := open(t, "nb201", "")
	var rows []accuracy.Row
	for p := range s.Space().Points() {
		rows = append(rows, accuracy.Row{Point: p, Percent: 50})
	}
	classes := accuracy.Classes(s, rows)
	require.Len(t, classes, 4930)
	fitted, heldOut := accuracy.Split(classes)
	require.Len(t, heldOut, 986)
	require.Len(t, fitted, 3944)
	in := func(list []accuracy.Class) (rows int, names map[string]bool) {
		names = map[string]bool{}
		for _, c := range list {
			require.Equal(t, c.Point, s.Canonical(c.Point))
			for _, r := range c.Rows {
				require.Equal(t, c.Point, s.Canonical(r.Point))
			}
			rows += len(c.Rows)
			names[s.Text(c.Point)[0]] = true
		}
		return rows, names
	}
	rowsFitted, seen := in(fitted)
	rowsHeldOut, unseen := in(heldOut)
	require.Equal(t, len(rows), rowsFitted+rowsHeldOut)
	for name := range unseen {
		require.False(t, seen[name])
	}
	for i := 1; i < len(classes); i++ {
		require.GreaterOrEqual(t, len(classes[i-1].Rows), len(classes[i].Rows), "large classes first")
	}
}

func TestOFAPredictorByHand(t *testing.T) {
	n, err := nas.NewOFAMobileNet()
	require.NoError(t, err)
	w := make([]float32, accuracy.OFAPredictorWeights)
	oracle, err := accuracy.NewOFAPredictor(n, w, -5)
	require.NoError(t, err)
	least := parse(t, n, "22222", "33333333333333333333", "33333333333333333333", "128")
	// a path through unit 7 of every layer: the first unit sums inputs 0 (kernel 3 of block 1), 63 (expansion 3 of block 2) and 121 (128 pixels)
	const first, matrix = 400 * 128, 400*400 + 400
	w[7*128+0], w[7*128+63], w[7*128+121], w[7*128+6] = 0.25, 0.25, 0.125, 99 // input 6 belongs to a block beyond the depth
	w[first+7] = -0.125
	w[first+400+7*400+7] = 2          // second layer
	w[first+400+matrix+7*400+7] = 0.5 // third
	w[first+400+2*matrix+7] = 1       // fourth
	w[len(w)-1] = 0.25
	e, err := oracle.Accuracy(least)
	require.NoError(t, err)
	require.InDelta(t, 100*(0.25+0.25+0.125-0.125+0.25)-5, e.Percent, 1e-9)
	_, err = accuracy.NewOFAPredictor(n, w[1:], 0)
	require.EqualError(t, err, "accuracy: predictor of 372800 weights: want 372801")
}

func TestAnchoredGrowsWithDiminishingReturns(t *testing.T) {
	chain := func(width int) dnn.Network {
		b := dnn.NewBuilder("chain", dnn.Shape{Height: 8, Width: 8, Channels: 3})
		b.Dense("fc", 10, b.Conv("conv", dnn.Filter{Filters: width, Kernel: 1}))
		n, err := b.Network()
		require.NoError(t, err)
		return n
	}
	for _, anchors := range []accuracy.Anchors{accuracy.ResNet9CIFAR10(), accuracy.ResNet9STL10(), accuracy.UNetNuclei()} {
		a, err := accuracy.NewAnchored(anchors, chain(1), chain(256))
		require.NoError(t, err)
		require.InDelta(t, anchors.LeastPercent, a.Accuracy(chain(1)).Percent, 1e-9)
		require.InDelta(t, anchors.MostPercent, a.Accuracy(chain(256)).Percent, 1e-9)
		require.InDelta(t, 0.3, a.Accuracy(chain(256)).ErrorPercent, 1e-9)
		require.Equal(t, a.Accuracy(chain(256)), a.Accuracy(chain(512)), "no extrapolation")
		before, gain := a.Accuracy(chain(1)).Percent, math.Inf(1)
		for width := 2; width <= 256; width *= 2 { // each step doubles both sizes, nearly
			now := a.Accuracy(chain(width))
			require.Greater(t, now.Percent, before)
			require.Less(t, now.Percent-before, gain)
			gain, before = now.Percent-before, now.Percent
		}
		require.Greater(t, a.Accuracy(chain(8)).ErrorPercent, 0.9, "between the anchors nothing is measured")
	}
	_, err := accuracy.NewAnchored(accuracy.UNetNuclei(), chain(2), chain(2))
	require.ErrorContains(t, err, "want a smaller and a bigger network")
}
