package boost

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
)

// The median of 1, 2, 10, 12 is halfway between 2 and 10; three quarters of the weight of 1 (weight 1), 2 (1) and 10 (2) are reached at 10.
func TestQuantileByHand(t *testing.T) {
	all := []int32{0, 1, 2, 3}
	o := objective{options: Options{Quantile: 0.5}, y: []float64{12, 1, 10, 2}}
	require.InDelta(t, 6, o.quantile(all, make([]float64, 4)), 0)
	require.InDelta(t, 5, o.quantile(all, []float64{1, 1, 1, 1}), 0, "of the residuals")
	o.options.Quantile = 0.25
	require.InDelta(t, 1.5, o.quantile(all, make([]float64, 4)), 0)
	o.options.Quantile = 0.3
	require.InDelta(t, 2, o.quantile(all, make([]float64, 4)), 0)
	weighted := objective{options: Options{Quantile: 0.75}, y: []float64{1, 2, 10}, weights: []float64{1, 1, 2}}
	require.InDelta(t, 10, weighted.quantile(all[:3], make([]float64, 3)), 0)
}

// At equal scores a pair is wrong with probability 1/2: slope 1/2, curvature 1/4. Of three rows each mean is over two partners; the rows of equal targets do
// not form a pair.
func TestPairsByHand(t *testing.T) {
	o := objective{options: Options{Loss: Pairwise, Pairs: 64}, y: []float64{1, 2}}
	g, h := make([]float64, 2), make([]float64, 2)
	o.gradients([]float64{0, 0}, g, h)
	require.Equal(t, []float64{0.5, -0.5}, g)
	require.Equal(t, []float64{0.25, 0.25}, h)
	o.y, g, h = []float64{1, 2, 1}, make([]float64, 3), make([]float64, 3)
	o.gradients([]float64{0, 0, 0}, g, h)
	require.Equal(t, []float64{0.25, -0.5, 0.25}, g)
	require.Equal(t, []float64{0.125, 0.25, 0.125}, h)
	o.groups = []int{2, 1} // the third row has no partner
	o.gradients([]float64{0, 0, 0}, g, h)
	require.Equal(t, []float64{0.5, -0.5, 0}, g)
}

// Drawn partners give the gradients of all pairs on average.
func TestDrawnPairsAreUnbiased(t *testing.T) {
	const rows, rounds = 40, 3000
	all := objective{options: Options{Loss: Pairwise, Pairs: rows}}
	few := objective{options: Options{Loss: Pairwise, Pairs: 4}, rng: seed.New(1)}
	scores := make([]float64, rows)
	for i := range rows {
		all.y, scores[i] = append(all.y, float64(i*7%rows)), math.Sin(float64(i))
	}
	few.y = all.y
	g, h, sumG := make([]float64, rows), make([]float64, rows), make([]float64, rows)
	for range rounds {
		few.gradients(scores, g, h)
		for i := range g {
			sumG[i] += g[i] / rounds
		}
	}
	all.gradients(scores, g, h)
	require.InDeltaSlice(t, g, sumG, 0.03)
}

// The loss of the package comment, summed.
func lossOf(o objective, scores []float64) float64 {
	total := 0.0
	for i, y := range o.y {
		s, w := scores[i], o.weight(i)
		switch o.options.Loss {
		case Quantile:
			total += w * (o.options.Quantile*max(y-s, 0) + (1-o.options.Quantile)*max(s-y, 0))
		case Logistic:
			total += w * (math.Log1p(math.Exp(s)) - y*s)
		case Pairwise:
			for j, other := range o.y {
				if y > other {
					total += w * math.Log1p(math.Exp(scores[j]-s)) / float64(len(o.y)-1)
				}
			}
		default:
			total += w * (s - y) * (s - y) / 2
		}
	}
	return total
}

func TestGradientsAreThoseOfTheLoss(t *testing.T) {
	for _, loss := range []Loss{Squared, Quantile, Logistic, Pairwise} {
		t.Run(string(loss), func(t *testing.T) {
			o := objective{options: Options{Loss: loss, Quantile: 0.3, Pairs: 64}, y: []float64{0, 1, 0.25, 1, 0.5}, weights: []float64{2, 2, 2, 2, 2}}
			scores := []float64{0.3, -0.2, 1.7, 0.1, -2}
			n := len(scores)
			g, h, up, down, unused := make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n), make([]float64, n)
			o.gradients(scores, g, h)
			const step = 1e-5
			for i := range scores {
				at := scores[i]
				scores[i] = at + step
				above := lossOf(o, scores)
				o.gradients(scores, up, unused)
				scores[i] = at - step
				below := lossOf(o, scores)
				o.gradients(scores, down, unused)
				scores[i] = at
				require.InDelta(t, (above-below)/(2*step), g[i], 1e-6, "row %d", i)
				if loss != Quantile { // its curvature is made up
					require.InDelta(t, (up[i]-down[i])/(2*step), h[i], 1e-6, "row %d", i)
				}
			}
		})
	}
}

func TestBaseIsTheBestConstant(t *testing.T) {
	y, weights := []float64{0, 1, 1, 1}, []float64{3, 1, 1, 1}
	require.InDelta(t, 0.5, objective{options: Options{Loss: Squared}, y: y, weights: weights}.base(), 1e-15)
	require.InDelta(t, math.Log(3), objective{options: Options{Loss: Logistic}, y: y}.base(), 1e-12)
	require.InDelta(t, math.Log(1e-6/(1-1e-6)), objective{options: Options{Loss: Logistic}, y: y[:1]}.base(), 1e-9, "one class: all but certain")
	require.InDelta(t, 1, objective{options: Options{Loss: Quantile, Quantile: 0.5}, y: y}.base(), 0)
	require.Zero(t, objective{options: Options{Loss: Pairwise}, y: y}.base())
	require.InDelta(t, 0.1, objective{y: []float64{0.1, 0.1, 0.1}}.base(), 0, "exact")
}
