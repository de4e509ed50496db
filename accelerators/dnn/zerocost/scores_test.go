package zerocost_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/accelerators/dnn/zerocost"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
)

func TestPathsByHand(t *testing.T) {
	require.Equal(t, float64(zerocost.LeastScore), zerocost.Paths(nas.Cell{}), "no edge lives")
	var cell nas.Cell
	cell[3] = nas.Conv3x3
	require.InDelta(t, math.Log(10)+0.5+0.25, zerocost.Paths(cell), 1e-12)
	cell[0], cell[2], cell[5] = nas.Conv1x1, nas.Conv3x3, nas.Conv1x1 // also the path of three convolutions: 9 + 1 + 9 + 1 weights
	require.InDelta(t, math.Log(21)+1.5+0.5, zerocost.Paths(cell), 1e-12)
}

// Two 1×1 convolutions on 2×2 pixels of two channels, all weights as drawn: 1 (variance 2/2) and √(2/3). A pixel becomes 2, then 3·2·√(2/3); with two
// layers the sum of w·∂R/∂w is 2·R.
func TestSynflowByHand(t *testing.T) {
	b := dnn.NewBuilder("two", dnn.Shape{Height: 2, Width: 2, Channels: 2})
	b.Conv("b", dnn.Filter{Filters: 1, Kernel: 1}, b.Conv("a", dnn.Filter{Filters: 3, Kernel: 1}, dnn.NetworkInput))
	n, err := b.Network()
	require.NoError(t, err)
	for _, sign := range []float64{1, -1} {
		score, err := zerocost.Synflow(n, func() float64 { return sign })
		require.NoError(t, err)
		require.InDelta(t, math.Log(2*4*6*math.Sqrt(2./3)), score, 1e-12)
	}
}

// small is a cell of NAS-Bench-201 on tiny images.
func small(t *testing.T, level int) dnn.Network {
	s, err := nas.NewNASBench201(nas.ImageNet16())
	require.NoError(t, err)
	n, err := s.Decode(space.Point{level, level, level, level, level, level})
	require.NoError(t, err)
	return n
}

func batch(n dnn.Network, images int) zerocost.Batch {
	b, rng := zerocost.Batch{Shape: n.Input}, seed.New(1)
	for range images {
		image := make([]float64, n.Input.Height*n.Input.Width*n.Input.Channels)
		for i := range image {
			image[i] = rng.NormFloat64()
		}
		b.Images = append(b.Images, image)
	}
	return b
}

func TestNASWOTDoesNotDependOnTheOrderOfTheImages(t *testing.T) {
	n := small(t, 2)
	b := batch(n, 4)
	score, err := zerocost.NASWOT(n, b, seed.New(2).NormFloat64)
	require.NoError(t, err)
	require.Greater(t, score, 0.0)
	slices.Reverse(b.Images)
	again, err := zerocost.NASWOT(n, b, seed.New(2).NormFloat64)
	require.NoError(t, err)
	require.InDelta(t, score, again, 1e-6)
	b.Images[1] = b.Images[0]
	same, err := zerocost.NASWOT(n, b, seed.New(2).NormFloat64)
	require.NoError(t, err)
	require.Less(t, same, score, "two images that nothing tells apart")
}

func TestWhatCannotBeScored(t *testing.T) {
	n := small(t, 2)
	_, err := zerocost.NASWOT(n, batch(n, 1), seed.New(1).NormFloat64)
	require.ErrorContains(t, err, "at least two images")
	b := batch(n, 2)
	b.Images[1] = b.Images[1][:5]
	_, err = zerocost.NASWOT(n, b, seed.New(1).NormFloat64)
	require.ErrorContains(t, err, "image 1 has 5 values")
	up := dnn.NewBuilder("up", dnn.Shape{Height: 2, Width: 2, Channels: 2})
	up.TransposedConv("wide", dnn.Filter{Filters: 2, Kernel: 2, Stride: 2}, dnn.NetworkInput)
	transposed, err := up.Network()
	require.NoError(t, err)
	_, err = zerocost.Synflow(transposed, seed.New(1).NormFloat64)
	require.ErrorContains(t, err, "wide")
}

// TestGatesAreOpenToSynflow: what a squeeze-and-excitation adds is a path through a saturated gate.
func TestGatesAreOpenToSynflow(t *testing.T) {
	scores := make([]float64, 2)
	for i := range scores {
		b := dnn.NewBuilder("gated", dnn.Shape{Height: 2, Width: 2, Channels: 2})
		x := b.Conv("a", dnn.Filter{Filters: 3, Kernel: 1}, dnn.NetworkInput)
		if i == 1 {
			x = b.Scale("gate", x, b.GlobalPool("squeeze", x))
		}
		b.Conv("b", dnn.Filter{Filters: 1, Kernel: 1}, x)
		n, err := b.Network()
		require.NoError(t, err)
		scores[i], err = zerocost.Synflow(n, func() float64 { return 1 })
		require.NoError(t, err)
	}
	require.Equal(t, scores[0], scores[1])
}
