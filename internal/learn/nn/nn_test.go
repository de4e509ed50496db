package nn_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// One tanh unit: x_1 = tanh(0.5 + 2 x), y = 1 - 3 x_1; at x = -0.25 the unit is 0, so that dy/dx = -3 * 1 * 2.
func TestForwardAndBackwardByHand(t *testing.T) {
	n := nn.New(nn.Shape{Inputs: 1, Hidden: []int{1}, Outputs: 1}, seed.New(1))
	copy(n.Params(), []float64{2, 0.5, -3, 1}) // weight, bias, weight, bias
	require.Equal(t, []float64{1}, n.Forward([]float64{-0.25}, 1))
	require.Equal(t, []float64{-6}, n.BackwardToInputs([]float64{1}))
	require.Equal(t, []float64{0.75, -3, 0, 1}, n.Grads()) // -3 x, -3, x_1, 1
	n.Backward([]float64{1})
	require.Equal(t, []float64{1.5, -6, 0, 2}, n.Grads(), "gradients add up")
	n.Clear()
	require.Equal(t, []float64{0, 0, 0, 0}, n.Grads())
}

func TestReLU(t *testing.T) {
	n := nn.New(nn.Shape{Inputs: 1, Hidden: []int{1}, Outputs: 1, Activation: nn.ReLU}, seed.New(1))
	copy(n.Params(), []float64{2, 0, 3, 1})
	require.Equal(t, []float64{7, 1}, n.Forward([]float64{1, -1}, 2)) // 1 + 3 * 2; 1
	require.Equal(t, []float64{6, 0}, n.BackwardToInputs([]float64{1, 1}))
}

// Every gradient against central differences of the loss sum_k c_k y_k.
func TestGradients(t *testing.T) {
	for _, c := range []struct {
		name string
		s    nn.Shape
		rows int
	}{
		{"tanh", nn.Shape{Inputs: 5, Hidden: []int{7, 6}, Outputs: 3}, 9},
		{"relu", nn.Shape{Inputs: 5, Hidden: []int{8, 4}, Outputs: 2, Activation: nn.ReLU}, 6},
		{"linear", nn.Shape{Inputs: 3, Outputs: 5}, 4},
		{"no inputs", nn.Shape{Outputs: 4}, 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			rng := seed.New(2, c.name)
			n := nn.New(c.s, rng)
			x, weights := make([]float64, c.rows*c.s.Inputs), make([]float64, c.rows*c.s.Outputs)
			for _, values := range [][]float64{x, weights, n.Params()} {
				for i := range values {
					values[i] = rng.NormFloat64()
				}
			}
			loss := func() float64 {
				sum := 0.0
				for i, y := range n.Forward(x, c.rows) {
					sum += weights[i] * y
				}
				return sum
			}
			loss()
			dx := append([]float64(nil), n.BackwardToInputs(weights)...)
			requireGradient(t, loss, n.Params(), n.Grads())
			requireGradient(t, loss, x, dx)
		})
	}
}

// requireGradient compares gradients with central differences to 1e-5 of their size.
func requireGradient(t *testing.T, loss func() float64, values, gradients []float64) {
	t.Helper()
	const h = 1e-6
	require.Len(t, gradients, len(values))
	for i, v := range values {
		values[i] = v + h
		up := loss()
		values[i] = v - h
		down := loss()
		values[i] = v
		want := (up - down) / (2 * h)
		require.InDelta(t, want, gradients[i], 1e-5*max(1, math.Abs(want)), "number %d", i)
	}
}

func TestWeightsBeginOrthogonal(t *testing.T) {
	for _, hidden := range []int{3, 5, 8} { // fewer, as many and more outputs than inputs
		n := nn.New(nn.Shape{Inputs: 5, Hidden: []int{hidden}, Outputs: 2, Gain: 0.01}, seed.New(3))
		w := n.Params()[:5*hidden]
		inputs := hidden >= 5 // then the rows of the inputs are orthogonal
		count := min(5, hidden)
		for a := range count {
			for b := range count {
				product := 0.0
				for k := range max(5, hidden) {
					if inputs {
						product += w[a*hidden+k] * w[b*hidden+k]
					} else {
						product += w[k*hidden+a] * w[k*hidden+b]
					}
				}
				want := 0.0
				if a == b {
					want = 2 // gain sqrt 2
				}
				require.InDelta(t, want, product, 1e-12, "%d hidden: %d, %d", hidden, a, b)
			}
		}
		require.Equal(t, make([]float64, 2), n.OutputBias())
		for _, y := range n.Forward([]float64{1, 1, 1, 1, 1}, 1) {
			require.Less(t, math.Abs(y), 0.01*math.Sqrt(10), "the gain of the output")
		}
	}
}

// The first step has m / (1 - β1) = g and sqrt(v / (1 - β2)) = |g|; the second of gradient 0 has m = 0.09 g, 1 - β1^2 = 0.19, v = 0.000999 g^2,
// 1 - β2^2 = 0.001999: 0.1 * 0.4736842 / 0.7069299 = 0.0670058.
func TestAdamByHand(t *testing.T) {
	var a nn.Adam
	p := []float64{1, 1}
	a.Step(p, []float64{1000, -1000}, 0.1)
	require.InDeltaSlice(t, []float64{0.9, 1.1}, p, 1e-8)
	a.Step(p, []float64{0, 0}, 0.1)
	require.InDeltaSlice(t, []float64{0.8329942, 1.1670058}, p, 1e-6)
}

func TestClipNorm(t *testing.T) {
	a, b := nn.New(nn.Shape{Outputs: 1}, seed.New(1)), nn.New(nn.Shape{Outputs: 1}, seed.New(1))
	a.Backward(a.Forward(nil, 0))
	a.Grads()[0], b.Grads()[0] = 3, -4
	require.Equal(t, 5.0, nn.ClipNorm(10, a, b))
	require.Equal(t, []float64{3, -4}, []float64{a.Grads()[0], b.Grads()[0]})
	require.Equal(t, 5.0, nn.ClipNorm(0.5, a, b))
	require.InDeltaSlice(t, []float64{0.3, -0.4}, []float64{a.Grads()[0], b.Grads()[0]}, 1e-15)
}

func TestShapesThatAreNoNetPanic(t *testing.T) {
	for _, s := range []nn.Shape{{}, {Inputs: -1, Outputs: 1}, {Hidden: []int{3}, Outputs: 1}, {Inputs: 1, Hidden: []int{0}, Outputs: 1}} {
		require.Panics(t, func() { nn.New(s, seed.New(1)) })
	}
	n := nn.New(nn.Shape{Inputs: 2, Outputs: 1}, seed.New(1))
	require.PanicsWithValue(t, "nn: 3 numbers are not 1 rows of 2 inputs", func() { n.Forward([]float64{1, 2, 3}, 1) })
}

func TestTrainingAllocatesNothing(t *testing.T) {
	n, x, d := mlp()
	var a nn.Adam
	a.Step(n.Params(), n.Grads(), 0)
	require.Zero(t, testing.AllocsPerRun(3, func() {
		n.Clear()
		n.Forward(x, 128)
		n.Backward(d)
		nn.ClipNorm(0.5, n)
		a.Step(n.Params(), n.Grads(), 1e-3)
	}))
}

// mlp is a 64-64 net of 4 inputs and 2 outputs with 128 rows.
func mlp() (n *nn.Net, x, d []float64) {
	rng := seed.New(4)
	n = nn.New(nn.Shape{Inputs: 4, Hidden: []int{64, 64}, Outputs: 2}, rng)
	x, d = make([]float64, 128*4), make([]float64, 128*2)
	for i := range x {
		x[i] = rng.NormFloat64()
	}
	for i := range d {
		d[i] = rng.NormFloat64()
	}
	return n, x, d
}

func BenchmarkForwardAndBackward(b *testing.B) {
	n, x, d := mlp()
	b.ReportAllocs()
	for b.Loop() {
		n.Clear()
		n.Forward(x, 128)
		n.Backward(d)
	}
}

func BenchmarkForwardOneRow(b *testing.B) {
	n, x, _ := mlp()
	b.ReportAllocs()
	for b.Loop() {
		n.Forward(x[:4], 1)
	}
}

// A net of eight hidden units learns exclusive or.
func ExampleNet() {
	n := nn.New(nn.Shape{Inputs: 2, Hidden: []int{8}, Outputs: 1}, seed.New(1, "xor"))
	x, want := []float64{0, 0, 0, 1, 1, 0, 1, 1}, []float64{0, 1, 1, 0}
	var adam nn.Adam
	d := make([]float64, 4)
	for range 500 {
		n.Clear()
		for i, y := range n.Forward(x, 4) {
			d[i] = 2 * (y - want[i])
		}
		n.Backward(d)
		adam.Step(n.Params(), n.Grads(), 0.05)
	}
	for _, y := range n.Forward(x, 4) {
		fmt.Printf("%.1f ", math.Abs(y))
	}
	// Output: 0.0 1.0 1.0 0.0
}
