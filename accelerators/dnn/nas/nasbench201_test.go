package nas_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

func cells(t testing.TB, d nas.Dataset) *nas.NASBench201 {
	t.Helper()
	n, err := nas.NewNASBench201(d)
	require.NoError(t, err)
	return n
}

func parse(t testing.TB, s nas.Named, fields ...string) space.Point {
	t.Helper()
	p, err := s.Parse(fields...)
	require.NoError(t, err)
	return p
}

func TestCellsOfOneFunctionHaveOneCanonicalCell(t *testing.T) {
	n := cells(t, nas.CIFAR10())
	for name, test := range map[string]struct{ cell, canonical string }{
		"a dead edge has no effect":                    {"300000", "000000"}, // node 1 leads nowhere
		"a skip passes a node on":                      {"130030", "000300"}, // 0 → 1 by skip, then 3×3 to node 3, beside it nothing
		"a convolution behind a skip":                  {"010003", "000300"}, // 0 → 2 by skip, then 3×3
		"the pool alone":                               {"000400", "000400"},
		"two paths of one operation are not one":       {"100330", "010303"}, // 3×3 of the input twice
		"operations on the way of the sum do not mix":  {"200030", "020003"},
		"of two orders of a chain each is its own one": {"300020", "030002"},
	} {
		t.Run(name, func(t *testing.T) {
			require.Equal(t, []string{test.canonical}, n.Text(n.Canonical(parse(t, n, test.cell))))
		})
	}
}

func TestClassesAreAsManyAsPublished(t *testing.T) {
	n := cells(t, nas.CIFAR10())
	classes, dead := map[string]int{}, 0
	for p := range n.Space().Points() {
		c := n.Canonical(p)
		require.Equal(t, c, n.Canonical(c), "idempotent")
		classes[n.Text(c)[0]]++
		if n.Dead(p) {
			dead++
			require.Equal(t, "000000", n.Text(c)[0])
		}
	}
	require.Len(t, classes, 4930)
	require.Equal(t, dead, classes["000000"])
}

func TestDeadCellsGuess(t *testing.T) {
	for data, want := range map[nas.Dataset]float64{nas.CIFAR10(): 10, nas.CIFAR100(): 1} {
		n := cells(t, data)
		percent, ok := n.Chance(parse(t, n, "330000"))
		require.True(t, ok)
		require.Equal(t, want, percent)
		_, ok = n.Chance(parse(t, n, "000100"))
		require.False(t, ok)
	}
}

// TestDecodedCellsHaveThePublishedCounts: every sixteenth cell is decoded; codesign validate nas decodes those of the published table.
func TestDecodedCellsHaveThePublishedCounts(t *testing.T) {
	for _, data := range []nas.Dataset{nas.CIFAR10(), nas.CIFAR100(), nas.ImageNet16()} {
		n := cells(t, data)
		i := 0
		for p := range n.Space().Points() {
			if i++; i%16 != 0 {
				continue
			}
			net, err := n.Decode(p)
			require.NoError(t, err)
			totals := net.Totals()
			require.Equal(t, n.Parameters(p), totals.Parameters, net.Name)
			require.Equal(t, n.MACs(p)-int64(data.Classes), totals.MACs, net.Name)
		}
	}
}

func TestCountsByHand(t *testing.T) {
	n := cells(t, nas.CIFAR10())
	for cell, want := range map[string][2]int64{
		// 72,656 + 640 + 10; 7,782,400 + 650
		"000000": {73_306, 7_783_050},
		// one 1×1: 5·(16² + 32² + 64² + 2·112) = 28,000 parameters, 5·(32²·16² + 16²·32² + 8²·64²) = 3,932,160 MACs
		"000200": {101_306, 11_715_210},
		// one 3×3: 5·(9·5,376 + 2·112) = 243,040 and nine times the MACs; its edge is dead and counted all the same
		"300000": {316_346, 43_172_490},
	} {
		p := parse(t, n, cell)
		require.Equal(t, want, [2]int64{n.Parameters(p), n.MACs(p)}, cell)
	}
	small := cells(t, nas.ImageNet16())
	require.Equal(t, int64(7_782_400/4+64*120+120), small.MACs(parse(t, small, "000000")), "a quarter of the pixels")
}

func TestLayersOfACell(t *testing.T) {
	n := cells(t, nas.CIFAR10())
	net, err := n.Decode(parse(t, n, "312304"))
	require.NoError(t, err)
	var names []string
	for _, l := range net.Layers {
		if len(l.Name) > 13 && l.Name[:13] == "stage1.cell1." {
			names = append(names, l.Name[13:]+" "+l.Op.String())
		}
	}
	require.Equal(t, []string{
		"edge0_1.conv conv", "edge0_1.norm elementwise", // node 1 is that edge
		"edge1_2.conv conv", "edge1_2.norm elementwise", "node2.add elementwise", // beside the skip 0 → 2
		"edge0_3.conv conv", "edge0_3.norm elementwise", "edge2_3 pool", "node3.add elementwise",
	}, names)
}

func TestHWNASBenchRules(t *testing.T) {
	n := cells(t, nas.CIFAR10())
	c, err := n.HWNASBench(parse(t, n, "012340"))
	require.NoError(t, err)
	require.InDelta(t, 1.67954+0.24576+1.47456+1.47456, c.EyerissLatencyMS, 1e-12)
	require.InDelta(t, 1.13296+0.5152+1.2576+0.4096, c.FPGALatencyMS, 1e-12)
	require.InDelta(t, 7*c.FPGALatencyMS, c.FPGAEnergyMilliJ, 1e-12)
	small := cells(t, nas.ImageNet16())
	c, err = small.HWNASBench(parse(t, small, "344444")) // one 3×3 and five pools: the second resource limits
	require.NoError(t, err)
	require.InDelta(t, 0.28432+0.336+5*0.1024, c.FPGALatencyMS, 1e-12)
	c, err = small.HWNASBench(parse(t, small, "333333")) // the first one
	require.NoError(t, err)
	require.InDelta(t, 0.2496+6*0.5344, c.FPGALatencyMS, 1e-12)
	other := cells(t, nas.Dataset{Name: "mine", Pixels: 64, Classes: 5})
	_, err = other.HWNASBench(parse(t, other, "333333"))
	require.EqualError(t, err, "nas: nb201: HW-NAS-Bench has no rows for mine")
}

func TestNASBench201RefusesOddData(t *testing.T) {
	for _, d := range []nas.Dataset{{Pixels: 30, Classes: 10}, {Pixels: 0, Classes: 10}, {Pixels: 32, Classes: 1}, {Pixels: dnn.MaxDimension + 4, Classes: 2}} {
		_, err := nas.NewNASBench201(d)
		require.ErrorContains(t, err, "want a multiple of 4 pixels and 2 to")
	}
}

func BenchmarkNewNASBench201(b *testing.B) {
	for b.Loop() {
		cells(b, nas.CIFAR10())
	}
}

func BenchmarkDecodeCell(b *testing.B) {
	n := cells(b, nas.CIFAR10())
	p := parse(b, n, "333333")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := n.Decode(p); err != nil {
			b.Fatal(err)
		}
	}
}

// A cell of three operations, and what its class is trained as.
func Example() {
	s, _, err := nas.Open("nb201", "cifar10")
	if err != nil {
		fmt.Println(err)
		return
	}
	p, err := s.Parse("310032")
	if err != nil {
		fmt.Println(err)
		return
	}
	n, err := s.Decode(p)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(n.Name, n.Totals().Parameters, "parameters, trained as", s.Text(s.Canonical(p))[0])
	// Output: nb201-310032 587386 parameters, trained as 030203
}
