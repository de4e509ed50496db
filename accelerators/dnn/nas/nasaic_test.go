package nas_test

import (
	"math/big"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// MACs by hand: a 3×3 convolution of c into k channels on an image of n×n pixels has 9·c·k·n².
func TestResNet9MACsByHand(t *testing.T) {
	s, err := nas.NewResNet9()
	require.NoError(t, err)
	require.Equal(t, big.NewInt(3*12*12*12), s.Space().Size())
	for name, c := range map[string]struct {
		point space.Point
		macs  int64
	}{
		// stem 3 into 8 at 32: 221,184; 8 into 32 at 32: 2,359,296; 32 into 32 at 16: the same; at 8: a quarter; classes 320
		"smallest": {space.Point{0, 0, 0, 0, 0, 0, 0}, 221_184 + 2*2_359_296 + 589_824 + 320},
		// stem 884,736; 32 into 128 at 32: 37,748,736; twice 128 into 128 at 16: 75,497,472; 128 into 256 at 16: 75,497,472; twice 256 into 256 at 8:
		// 75,497,472; once at 8: 37,748,736; twice at 4: 18,874,368; classes 2,560
		"plain NAS's": {space.Point{2, 2, 2, 3, 2, 3, 2}, 884_736 + 37_748_736 + 3*75_497_472 + 37_748_736 + 18_874_368 + 2_560},
	} {
		n, err := s.Decode(c.point)
		require.NoError(t, err)
		_, err = n.Check()
		require.NoError(t, err)
		require.Equal(t, c.macs, n.Totals().MACs, name)
	}
}

func TestSTLNetworksHaveThreeToFiveBlocks(t *testing.T) {
	s, err := nas.NewResNet9STL()
	require.NoError(t, err)
	require.Equal(t, big.NewInt(3*(729+9*729+81*729)), s.Space().Size())
	smallest, err := s.Decode(make(space.Point, s.Space().Len()))
	require.NoError(t, err)
	// stem 3 into 8 at 48: 497,664; 8 into 8 at 48: 1,327,104; 8 into 16 at 24: 663,552; 16 into 32 at 12: the same; classes 320
	require.Equal(t, int64(497_664+1_327_104+2*663_552+320), smallest.Totals().MACs)
}

func TestUNetsDecodeAtEveryHeight(t *testing.T) {
	u, err := nas.NewUNet()
	require.NoError(t, err)
	require.Equal(t, big.NewInt(3+9+27+81+243), u.Space().Size())
	n, err := u.Decode(space.Point{0, 0, 0, 0, 0, 0})
	require.NoError(t, err)
	// 3 into 4 at 48: 9·12·2304 = 248,832; 4 into 4: 331,776; 1×1 of 4 into 1: 9,216
	require.Equal(t, int64(248_832+331_776+9_216), n.Totals().MACs)
	n, err = u.Decode(space.Point{1, 0, 0, 0, 0, 0})
	require.NoError(t, err)
	// below, at 24: 4 into 8: 165,888, 8 into 8: 331,776; up 2×2 of 8 into 4: 24²·8·4·4 = 73,728; 8 into 4 at 48: 663,552; 4 into 4: 331,776
	require.Equal(t, int64(248_832+331_776+9_216+165_888+331_776+73_728+663_552+331_776), n.Totals().MACs)
}

// family is what the spaces of NASAIC's experiments have in common.
type family interface {
	nas.SearchSpace
	Best() space.Point
}

func families(t require.TestingT) []family {
	cifar, err := nas.NewResNet9()
	require.NoError(t, err)
	stl, err := nas.NewResNet9STL()
	require.NoError(t, err)
	unet, err := nas.NewUNet()
	require.NoError(t, err)
	return []family{cifar, stl, unet}
}

// The best pairs take the energy that NASAIC published for plain NAS, at its 8.7 units a MAC: 3.56e9 with the U-Net, 3.55e9 with STL-10.
func TestBestPairsAreOfThePublishedSize(t *testing.T) {
	var most []float64
	for _, s := range families(t) {
		n, err := s.Decode(s.Best())
		require.NoError(t, err)
		most = append(most, float64(n.Totals().MACs))
	}
	require.InEpsilon(t, 3.55e9, 8.7*(most[0]+most[1]), 0.08)
	require.InEpsilon(t, 3.56e9, 8.7*(most[0]+most[2]), 0.08)
}

// Every level of every axis grows the network, or leaves it.
func TestEveryNetworkDecodesAboveTheSmallest(t *testing.T) {
	spaces := families(t)
	var least []int64
	for _, s := range spaces {
		n, err := s.Decode(make(space.Point, s.Space().Len()))
		require.NoError(t, err)
		least = append(least, n.Totals().MACs)
	}
	rapid.Check(t, func(t *rapid.T) {
		which := rapid.IntRange(0, len(spaces)-1).Draw(t, "space")
		s := spaces[which]
		p := make(space.Point, s.Space().Len())
		for axis := range p {
			p[axis] = rapid.IntRange(0, s.Space().Levels(axis)-1).Draw(t, "level")
		}
		n, err := s.Decode(s.Space().Canonical(p))
		require.NoError(t, err)
		_, err = n.Check()
		require.NoError(t, err)
		require.GreaterOrEqual(t, n.Totals().MACs, least[which])
	})
}
