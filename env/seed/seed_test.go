package seed_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/seed"
)

// TestStreamsAreFixed holds the derivation against numbers computed by another implementation (Python: hashlib, struct and the PCG-DXSM
// recurrence in arbitrary precision). Every dataset's meaning hangs on them: they must never change.
func TestStreamsAreFixed(t *testing.T) {
	tests := []struct {
		name   string
		root   uint64
		path   []string
		derive uint64
		stream [3]uint64
	}{
		{"no path", 0, nil, 0x7a0b81a1f57055af, [3]uint64{0x774eeec809f0eb48, 0x5ceecb0d09df55e0, 0x0d95c4267b1fafdb}},
		{"path", 7, []string{"agent", "ga", "rep3"}, 0xffcbf3ffd38b0a59, [3]uint64{0x8b170a46c7ce170e, 0x64811a4e631af0a9, 0x24e02b45ae8cbd40}},
		{"next repeat", 7, []string{"agent", "ga", "rep4"}, 0xb7e16419ad6232ec, [3]uint64{0x8f7f67c16ba83280, 0xb387156d346b7c11, 0x738dd1b58523afc7}},
		{"next root", 8, []string{"agent", "ga", "rep3"}, 0xf4c661b9b6b447fd, [3]uint64{0xf84f04b5e6043779, 0xe74e2e95464762eb, 0xb4b07b902efb8812}},
		{"words ab c", 1, []string{"ab", "c"}, 0xd5e152a9af96d288, [3]uint64{0x3116b84026dae597, 0x967347ff2a3f53ca, 0x955c4f3b634930c2}},
		{"words a bc", 1, []string{"a", "bc"}, 0x55c67c703fc11dd8, [3]uint64{0x70ffd1e2a4935ada, 0x5f7897ca612aa93c, 0xc5a3536862377df8}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.derive, seed.Derive(test.root, test.path...))
			rng := seed.New(test.root, test.path...)
			for i, want := range test.stream {
				require.Equal(t, want, rng.Uint64(), "number %d", i)
			}
		})
	}
}

func TestDifferentPathsAreDifferentStreams(t *testing.T) {
	word := rapid.StringMatching(`[ab]{0,3}`) // short, so that joined words often agree
	path := rapid.SliceOfN(word, 0, 4)
	rapid.Check(t, func(t *rapid.T) {
		one, two := path.Draw(t, "one"), path.Draw(t, "two")
		same := len(one) == len(two)
		for i := range one {
			same = same && one[i] == two[i]
		}
		require.Equal(t, same, seed.Derive(3, one...) == seed.Derive(3, two...), "%q and %q", one, two)
	})
}
