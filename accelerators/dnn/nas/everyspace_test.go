package nas_test

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// every lists the spaces of the package by name.
func every(t require.TestingT) map[string]nas.Partitioned {
	nb201, err := nas.NewNASBench201(nas.CIFAR10())
	require.NoError(t, err)
	macro, err := nas.NewNASBenchMacro()
	require.NoError(t, err)
	ofa, err := nas.NewOFAMobileNet()
	require.NoError(t, err)
	cifar, err := nas.NewResNet9()
	require.NoError(t, err)
	stl, err := nas.NewResNet9STL()
	require.NoError(t, err)
	unet, err := nas.NewUNet()
	require.NoError(t, err)
	encoder, err := nas.NewEncoder(nas.Task{Tokens: 16})
	require.NoError(t, err)
	classifier, err := nas.NewEncoder(nas.Task{Tokens: 16, Vocabulary: 1000, Classes: 3})
	require.NoError(t, err)
	return map[string]nas.Partitioned{
		"nb201": nb201, "nbmacro": macro, "ofa": ofa, "resnet9": cifar, "resnet9-stl": stl, "unet": unet, "encoder": encoder, "classifier": classifier,
		"template": example(t),
	}
}

// points are drawn of each space.
const points = 24

func generator() *rand.Rand { return rand.New(rand.NewPCG(1, 2)) }

// draw draws a canonical point.
func draw(t *rapid.T, s space.Space) space.Point {
	return s.Sample(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0)))
}

// shapes are the layers of a network without their names and producers.
func shapes(n dnn.Network) []dnn.Layer {
	list := slices.Clone(n.Layers)
	for i := range list {
		list[i].Name, list[i].Inputs = "", nil
	}
	return list
}

// Every point of every space is a network that passes Check, and so is its canonical point, which is a fixed point.
func TestEveryPointDecodes(t *testing.T) {
	for name, s := range every(t) {
		t.Run(name, func(t *testing.T) {
			for rng, drawn := generator(), 0; drawn < points; drawn++ {
				p := s.Space().Sample(rng)
				n, err := s.Decode(p)
				require.NoError(t, err)
				_, err = n.Check()
				require.NoError(t, err)
				c := s.Canonical(p)
				require.NoError(t, s.Space().Check(c))
				require.Equal(t, c, s.Canonical(c))
				again, err := s.Decode(c)
				require.NoError(t, err)
				switch s.(type) {
				case *nas.NASBench201: // its canonical cell has no dead edges, which the point may have
				default:
					require.Equal(t, shapes(n), shapes(again))
				}
			}
		})
	}
}

// With widths, each layer that multiplies has those of its part, and a gene is active exactly where it changes the network.
func TestWidthsReachEveryLayerThatMultiplies(t *testing.T) {
	for name, base := range every(t) {
		q, err := nas.WithBits(base, nas.BitChoices{Weights: []int{2, 4, 8}, Activations: []int{4, 8}})
		require.NoError(t, err, name)
		first := base.Space().Len()
		require.Equal(t, first+2*len(base.Parts()), q.Space().Len(), name)
		t.Run(name, func(t *testing.T) {
			for rng, drawn := generator(), 0; drawn < points; drawn++ {
				p := q.Space().Sample(rng)
				require.Equal(t, p, q.Canonical(p))
				n, err := q.Decode(p)
				require.NoError(t, err)
				_, err = n.Check()
				require.NoError(t, err)
				for _, l := range n.Layers {
					require.Equal(t, l.MACs() > 0, l.Bits.Activation > 0, l.Name)
					require.Equal(t, l.HasFilters(), l.Bits.Weight > 0, l.Name)
				}
				axis := first + rng.IntN(q.Space().Len()-first)
				if q.Space().Active(p, axis) {
					p[axis] = (p[axis] + 1) % q.Space().Levels(axis)
					changed, err := q.Decode(p)
					require.NoError(t, err)
					require.NotEqual(t, n.Layers, changed.Layers, "%s changes nothing", q.Space().Param(axis).Name)
				}
			}
		})
	}
}

func TestSizes(t *testing.T) {
	n, err := nas.NewEncoder(nas.Task{Tokens: 1})
	require.NoError(t, err)
	// 4 widths · 5 heads · 4 multiples = 80 choices a layer, 2 to 12 layers: (80^13 − 80²) / 79
	want, ok := new(big.Int).SetString("69589343530126582278400", 10)
	require.True(t, ok)
	require.Equal(t, want, n.Space().Size())

	// a cell of the ResNet9 of CIFAR-10 has 5 parts, with 7 widths of weights and 3 of activations each
	cifar, err := nas.NewResNet9()
	require.NoError(t, err)
	q, err := nas.WithBits(cifar, nas.BitChoices{Weights: []int{2, 3, 4, 5, 6, 7, 8}, Activations: []int{4, 8, 16}})
	require.NoError(t, err)
	require.Equal(t, big.NewInt(5184*21*21*21*21*21), q.Space().Size())
}

// A width with one choice is no axis; no choices leave the layer to the accelerator.
func TestFixedWidths(t *testing.T) {
	base, err := nas.NewResNet9()
	require.NoError(t, err)
	q, err := nas.WithBits(base, nas.BitChoices{Weights: []int{4}})
	require.NoError(t, err)
	require.Equal(t, base.Space().Len(), q.Space().Len())
	n, err := q.Decode(make(space.Point, q.Space().Len()))
	require.NoError(t, err)
	require.Equal(t, dnn.Bits{Weight: 4}, n.Layers[0].Bits)
	for _, choices := range []nas.BitChoices{{Weights: []int{1}}, {Activations: []int{4, 17}}, {Weights: []int{8, 4}}} {
		_, err := nas.WithBits(base, choices)
		require.ErrorContains(t, err, "want ascending widths in [2, 16]")
	}
}

func TestBitDrop(t *testing.T) {
	base, err := nas.NewResNet9()
	require.NoError(t, err)
	drop := func(weights, activations int) nas.BitDrop {
		q, err := nas.WithBits(base, nas.BitChoices{Weights: []int{weights}, Activations: []int{activations}})
		require.NoError(t, err)
		n, err := q.Decode(make(space.Point, q.Space().Len()))
		require.NoError(t, err)
		return nas.DropOf(n)
	}
	require.Equal(t, nas.BitDrop{}, drop(8, 16))
	require.InDelta(t, 11.9, drop(2, 8).TotalPercent(), 1e-12)
	require.InDelta(t, 3.8+1.6, drop(3, 4).TotalPercent(), 1e-12)
	require.InDelta(t, 0.025, drop(7, 8).WeightsPercent, 1e-12, "half way between 0.05 at 6 bits and nothing at 8")
	last := 100.0
	for bits := nas.MinBits; bits <= nas.MaxBits; bits++ {
		d := drop(bits, 8).WeightsPercent
		require.LessOrEqual(t, d, last, "%d bits", bits)
		last = d
	}
}

// Two of the three MACs in 2 bits and one in 8 are 4 bits in the mean.
func TestBitDropWeighsByMACs(t *testing.T) {
	b := dnn.NewBuilder("n", dnn.Shape{Height: 1, Width: 1, Channels: 1})
	b.Append(dnn.Layer{Name: "a", Op: dnn.GEMM, M: 1, N: 2, K: 1, Weights: true, Bits: dnn.Bits{Weight: 2}})
	b.Append(dnn.Layer{Name: "b", Op: dnn.GEMM, M: 1, N: 1, K: 1, Weights: true, Bits: dnn.Bits{Weight: 8}})
	n, err := b.Network()
	require.NoError(t, err)
	require.InDelta(t, 1.6, nas.DropOf(n).TotalPercent(), 1e-12)
}

// What belongs to a part is told by names, so no layer may be in two.
func TestPartsAreDisjoint(t *testing.T) {
	for name, s := range every(t) {
		seen, names := map[string]bool{}, map[string]bool{}
		for _, p := range s.Parts() {
			require.False(t, names[p.Name], "%s: %s", name, p.Name)
			names[p.Name] = true
			for _, l := range p.Layers {
				require.False(t, seen[l], "%s: %s", name, l)
				seen[l] = true
				for other := range seen {
					require.False(t, strings.HasPrefix(other, l+".") || strings.HasPrefix(l, other+"."), "%s: %s and %s", name, l, other)
				}
			}
		}
	}
}
