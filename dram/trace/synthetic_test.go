package trace_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

func synthetic(t testing.TB, s trace.Synthetic) []trace.Request {
	t.Helper()
	w, err := s.Workload()
	require.NoError(t, err)
	return collect(t, w)
}

// TestSyntheticSharesAreArchGyms has the counts of ArchGym's files (package comment).
func TestSyntheticSharesAreArchGyms(t *testing.T) {
	for _, test := range []struct {
		name                 string
		sequential, inStream int
	}{
		{"stream", 9999, 10000},
		{"random", 0, 0},
		{"cloud-1", 4750, 96 * 50},
		{"cloud-2", 4994, 101 * 50},
	} {
		t.Run(test.name, func(t *testing.T) {
			list := collect(t, lookup(t, test.name))
			require.Len(t, list, 10000)
			sequential, stream := 0, 0
			for i, r := range list {
				require.False(t, r.Write)
				require.Equal(t, int64(i), r.Cycle)
				if i > 0 && r.Address == list[i-1].Address+64 {
					sequential++
				}
				if r.Address == uint64(64*stream) {
					stream++
				}
			}
			require.Equal(t, test.sequential, sequential)
			require.Equal(t, test.inStream, stream)
		})
	}
}

// TestCloudsInterleaveTheTwoOthers takes blocks of 50 from stream and random, as the clouds' first addresses tell.
func TestCloudsInterleaveTheTwoOthers(t *testing.T) {
	for _, name := range []string{"cloud-1", "cloud-2"} {
		t.Run(name, func(t *testing.T) {
			stream, random, cloud := collect(t, lookup(t, "stream")), collect(t, lookup(t, "random")), collect(t, lookup(t, name))
			for len(cloud) > 0 {
				from := &random
				if cloud[0].Address == stream[0].Address {
					from = &stream
				}
				for i := range 50 {
					require.Equal(t, (*from)[i].Address, cloud[i].Address)
				}
				cloud, *from = cloud[50:], (*from)[50:]
			}
		})
	}
	require.Equal(t, uint64(0), collect(t, lookup(t, "cloud-1"))[0].Address, "cloud-1 begins with stream")
	require.NotEqual(t, uint64(0), collect(t, lookup(t, "cloud-2"))[0].Address, "cloud-2 begins with random")
}

// TestRandomIsTheFormula: x₁ = 6·6364136223846793005 + 1442695040888963407 mod 2⁶⁴ = 2734024236550618205; (x₁>>33) mod 2²⁴ = 0xf89a47.
func TestRandomIsTheFormula(t *testing.T) {
	require.Equal(t, uint64(2734024236550618205), step(6))
	require.Equal(t, uint64(64*0xf89a47), collect(t, lookup(t, "random"))[0].Address)
}

func step(start uint64) uint64 { return start*6364136223846793005 + 1442695040888963407 }

// TestWritesAreTheFormula steps y by hand: request i of a share of 1/4 is a write if (y>>33) < 2³¹/4, hence if the two top bits of y are 0.
func TestWritesAreTheFormula(t *testing.T) {
	const seed = 5
	y := uint64(7 + seed)
	for i, r := range synthetic(t, trace.Synthetic{Kind: trace.Cloud2, Seed: seed, WriteFrac: 0.25}) {
		y = step(y)
		require.Equal(t, y>>62 == 0, r.Write, "request %d", i)
	}
}

func TestSyntheticParameters(t *testing.T) {
	for kind := range trace.Cloud2 + 1 {
		t.Run(kind.String(), func(t *testing.T) {
			plain := synthetic(t, trace.Synthetic{Kind: kind})

			t.Run("writes change no address", func(t *testing.T) {
				writes := 0
				for i, r := range synthetic(t, trace.Synthetic{Kind: kind, WriteFrac: 1.0 / 3}) {
					require.Equal(t, plain[i].Address, r.Address)
					if r.Write {
						writes++
					}
				}
				require.InDelta(t, 10000.0/3, writes, 3*47.2, "three standard deviations, sqrt(10000·1/3·2/3) = 47.1")
			})
			t.Run("all writes", func(t *testing.T) {
				for _, r := range synthetic(t, trace.Synthetic{Kind: kind, WriteFrac: 1}) {
					require.True(t, r.Write)
				}
			})
			t.Run("gap and length", func(t *testing.T) {
				list := synthetic(t, trace.Synthetic{Kind: kind, Requests: 123, GapCycles: 7})
				require.Len(t, list, 123)
				for i, r := range list {
					require.Equal(t, trace.Request{Cycle: 7 * int64(i), Address: plain[i].Address}, r)
				}
			})
			t.Run("capacity", func(t *testing.T) {
				seen := map[uint64]bool{}
				for _, r := range synthetic(t, trace.Synthetic{Kind: kind, CapacityBytes: 64 * 37}) {
					require.Less(t, r.Address, uint64(64*37))
					require.Zero(t, r.Address%64)
					seen[r.Address] = true
				}
				require.Len(t, seen, 37, "every burst is used")
			})
			t.Run("seed", func(t *testing.T) {
				other := synthetic(t, trace.Synthetic{Kind: kind, Seed: 1})
				if kind == trace.Stream {
					require.Equal(t, plain, other, "there is only one")
				} else {
					require.NotEqual(t, plain, other)
				}
			})
		})
	}
}

func TestSyntheticSeedsKeepTheKind(t *testing.T) {
	for seed := range uint64(50) {
		for _, kind := range []trace.Kind{trace.Cloud1, trace.Cloud2} {
			list, sequential := synthetic(t, trace.Synthetic{Kind: kind, Seed: seed << 32}), 0
			for i := range list[1:] {
				if list[i+1].Address == list[i].Address+64 {
					sequential++
				}
			}
			// 49 of the 50 steps from a request of a sequential block, and the 50th if the next block is sequential too; 200 fair coins.
			require.InDelta(t, 4950, sequential, 5*50*7.1, "seed %d<<32", seed)
		}
	}
}

func TestSyntheticIsRefused(t *testing.T) {
	_, err := trace.Synthetic{Kind: 4, Requests: -1, GapCycles: -2, CapacityBytes: 100, WriteFrac: math.NaN()}.Workload()
	require.EqualError(t, err, "trace: synthetic: kind 4 out of range [0, 3]\n"+
		"trace: synthetic: requests -1 out of range [0, 2^40], 0 = 10000\n"+
		"trace: synthetic: gap of -2 cycles out of range [0, 2^20], 0 = 1\n"+
		"trace: synthetic: capacity of 100 bytes is not a multiple of 64 in [0, 2^37], 0 = 2^30\n"+
		"trace: synthetic: share of writes NaN out of range [0, 1]")
	for name, s := range map[string]trace.Synthetic{
		"requests": {Requests: 1<<40 + 1},
		"gap":      {GapCycles: 1<<20 + 1},
		"capacity": {CapacityBytes: 1<<37 + 64},
		"writes":   {WriteFrac: 1.01},
		"negative": {WriteFrac: -0.01},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := s.Workload()
			require.Error(t, err)
		})
	}
	t.Run("the bounds themselves", func(t *testing.T) {
		w, err := trace.Synthetic{Requests: 1 << 40, GapCycles: 1 << 20, CapacityBytes: 1 << 37, WriteFrac: 1}.Workload()
		require.NoError(t, err)
		require.Equal(t, "stream-rw", w.Name)
		require.Equal(t, 1<<40, w.Requests)
	})
}

func TestKindNames(t *testing.T) {
	for _, name := range []string{"stream", "random", "cloud-1", "cloud-2"} {
		var k trace.Kind
		require.NoError(t, k.UnmarshalText([]byte(name)))
		text, err := k.MarshalText()
		require.NoError(t, err)
		require.Equal(t, name, string(text))
	}
	var k trace.Kind
	require.EqualError(t, k.UnmarshalText([]byte("cloud")), `trace: no kind "cloud": known are stream, random, cloud-1, cloud-2`)
	_, err := trace.Kind(9).MarshalText()
	require.EqualError(t, err, "trace: Kind(9) is no kind")
}
