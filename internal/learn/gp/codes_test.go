package gp

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestDifferingLanes(t *testing.T) {
	for _, c := range []struct{ a, b, want uint64 }{
		{0, 0, 0},
		{0x0001_0002_0003_0004, 0x0001_0002_0003_0004, 0},
		{0x0001_0002_0003_0004, 0x0001_0002_0003_0005, 0b0001},
		{0x0001_0002_0003_0004, 0xffff_0002_0003_0004, 0b1000},
		{0x0001_8002_0003_0004, 0x0001_0002_0013_0004, 0b0110},
		{0xffff_ffff_ffff_ffff, 0, 0b1111},
	} {
		require.Equal(t, c.want, differing(c.a, c.b), "%#x %#x", c.a, c.b)
	}
	rapid.Check(t, func(r *rapid.T) {
		a, b, want := uint64(0), uint64(0), uint64(0)
		for lane := range lanes {
			x, y := rapid.Uint16().Draw(r, "a"), rapid.Uint16().Draw(r, "b")
			a, b = a|uint64(x)<<(lane*laneBits), b|uint64(y)<<(lane*laneBits)
			if x != y {
				want |= 1 << lane
			}
		}
		require.Equal(r, want, differing(a, b))
	})
}

// Six codes take two words; the overlap of inputs that differ in the second and in the last one is the product of their rho.
func TestOverlapsOfMoreCodesThanAWordHolds(t *testing.T) {
	axes := make([]Axis, 6)
	for i := range axes {
		axes[i] = Axis{Columns: 1, Overlap: true}
	}
	m := plain(t, axes, "", 1)
	require.InDelta(t, 0.367879, m.Correlation([]float64{1, 2, 3, 4, 5, MostCode}, []float64{1, 0, 3, 4, 5, 6}), 1e-6, "exp(-1)")
	require.Equal(t, 1.0, m.Correlation([]float64{1, 2, 3, 4, 5, MostCode}, []float64{1, 2, 3, 4, 5, MostCode}))
}

func TestCodesOutOfRangeAreRefused(t *testing.T) {
	m := plain(t, []Axis{{Columns: 1}, {Columns: 1, Overlap: true}}, "", 1)
	require.EqualError(t, m.Add([]float64{0, MostCode + 1}), "gp: code 65536 of axis 1 out of range [0, 65535]")
	require.EqualError(t, m.Add([]float64{0, -1}), "gp: code -1 of axis 1 out of range [0, 65535]")
	require.Zero(t, m.Len())
	require.NoError(t, m.Add([]float64{0, MostCode}))
}
