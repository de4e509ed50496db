package nas_test

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"io"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/seed"
)

func open(t testing.TB, name string) nas.Named {
	t.Helper()
	s, _, err := nas.Open(name, "")
	require.NoError(t, err)
	return s
}

func TestEveryNetworkDecodesAndKeepsItsName(t *testing.T) {
	for _, e := range nas.Entries() {
		s := open(t, e.Name)
		rapid.Check(t, func(t *rapid.T) {
			p := s.Space().Sample(seed.New(rapid.Uint64().Draw(t, "seed"), "point"))
			again, err := s.Parse(s.Text(p)...)
			require.NoError(t, err)
			require.Equal(t, p, again)
			c := s.Canonical(p)
			require.NoError(t, s.Space().Check(c))
			require.Equal(t, c, s.Canonical(c))
			n, err := s.Decode(p)
			require.NoError(t, err)
			_, err = n.Check()
			require.NoError(t, err)
		})
	}
}

func TestMacroByHand(t *testing.T) {
	s := open(t, "nbmacro")
	require.Equal(t, big.NewInt(6561), s.Space().Size())
	n, err := s.Decode(parse(t, s, "00000000"))
	require.NoError(t, err)
	// 32²·27·32 + 16²·32·64 + 8²·64·128 + 4²·128·256 + 4²·256·1280 + 12,800 MACs; the same weights once, 2·(32 + 64 + 128 + 256 + 1280) and 10
	require.Equal(t, int64(884_736+3*524_288+5_242_880+12_800), n.Totals().MACs)
	require.Equal(t, int64(864+2_048+8_192+32_768+327_680+12_800+3_520+10), n.Totals().Parameters)
	for arch, canonical := range map[string]string{"00000002": "00000020", "10012002": "10012020", "01001021": "01010021", "12112111": "12112111"} {
		require.Equal(t, canonical, s.Text(s.Canonical(parse(t, s, arch)))[0])
	}
	classes := map[string]bool{}
	for p := range s.Space().Points() {
		classes[s.Text(s.Canonical(p))[0]] = true
	}
	require.Len(t, classes, (3*3)*(3*7)*(3*7)) // two further layers: 9 pairs, of which 00; 0x and x0 alike: 9 - 2
}

func TestOFAByHand(t *testing.T) {
	s := open(t, "ofa")
	// resolutions times, for each stage, 9 choices for each of 2, 3 or 4 blocks: 8·(9² + 9³ + 9⁴)⁵
	stage := big.NewInt(81 + 729 + 6561)
	want := new(big.Int).Exp(stage, big.NewInt(5), nil)
	require.Equal(t, want.Mul(want, big.NewInt(8)), s.Space().Size())
	least := parse(t, s, "22222", "33333333333333333333", "33333333333333333333", "112")
	most := parse(t, s, "44444", "77777777777777777777", "66666666666666666666", "224")
	small, err := s.Decode(least)
	require.NoError(t, err)
	large, err := s.Decode(most)
	require.NoError(t, err)
	shapes := map[string]string{"stem.conv": "112×112×16", "stage1.block1.add": "", "stage1.block4.add": "56×56×24", "stage3.block4.depthwise.conv": "14×14×480",
		"stage4.block1.se.squeeze": "1×1×120", "stage5.block4.add": "7×7×160", "mix": "1×1×1280", "fc": "1×1×1000"}
	for _, l := range large.Layers {
		if want, ok := shapes[l.Name]; ok {
			require.Equal(t, want, l.Output().String(), l.Name)
			delete(shapes, l.Name)
		}
	}
	require.Equal(t, map[string]string{"stage1.block1.add": ""}, shapes, "the first block of a stage changes the shape: nothing to add")
	require.Less(t, small.Totals().MACs, large.Totals().MACs)
	written := parse(t, s, "22222", "33553333333333333333", "33333333333333333366", "112")
	require.Equal(t, least, written, "blocks beyond the depth are dropped")
}

func TestNamesThatAreNone(t *testing.T) {
	for _, test := range []struct {
		space  string
		fields []string
		want   string
	}{
		{"nb201", []string{"1211"}, `nas: nb201 cell "1211" has 4 digits: want 6; leading zeros lost? the column must be kept as text`},
		{"nb201", []string{"4212110"}, `nas: nb201 cell "4212110" has 7 digits: want 6`},
		{"nb201", []string{"421215"}, `nas: nb201 cell "421215": digit 6 is '5': want one of "01234"`},
		{"nb201", nil, "nas: nb201: 0 fields: want 1, the digits"},
		{"nbmacro", []string{"3"}, `nas: nbmacro network "3" has 1 digits: want 8; leading zeros lost? the column must be kept as text`},
		{"nbmacro", []string{"", ""}, "nas: nbmacro: 2 fields: want 1, the digits"},
		{"ofa", []string{"22222"}, "nas: ofa: 1 fields: want 4: depths, kernels, expansions, resolution"},
		{"ofa", []string{"22225", "33333333333333333333", "33333333333333333333", "113"},
			"nas: ofa depths \"22225\": digit 5 is '5': want one of \"234\"\nnas: ofa resolution \"113\": want a multiple of 16 in [112, 224]"},
	} {
		_, err := open(t, test.space).Parse(test.fields...)
		require.EqualError(t, err, test.want)
	}
	_, _, err := nas.Open("nb101", "")
	require.EqualError(t, err, `nas: unknown search space "nb101": known are nb201, nbmacro, ofa`)
	_, _, err = nas.Open("nb201", "mnist")
	require.EqualError(t, err, `nas: nb201 has no data set "mnist": known are cifar10, cifar100, imagenet16-120`)
}

func TestDecodeRefusesOtherPoints(t *testing.T) {
	for _, e := range nas.Entries() {
		_, err := open(t, e.Name).Decode([]int{99})
		require.ErrorContains(t, err, "nas: "+e.Name)
	}
}

// TestPublishedCounts compares some rows of the published tables, which are not the project's; codesign validate nas compares all.
func TestPublishedCounts(t *testing.T) {
	folder := os.Getenv("CODESIGN_DATA")
	if folder == "" {
		t.Skip("CODESIGN_DATA names no folder with nasbench/: the published tables are not compared")
	}
	for _, table := range []struct{ space, file, parameters, macs string }{
		{"nbmacro", "nbmacro.csv.gz", "params", "flops"}, {"ofa", "ofa_mbv3_measured.csv.gz", "params", "macs"},
	} {
		s := open(t, table.space)
		header, rows := readTable(t, filepath.Join(folder, "nasbench", table.file))
		column := func(record []string, name string) string { return record[slices.Index(header, name)] }
		for i := 0; i < len(rows); i += 40 {
			var fields []string
			for _, name := range s.Columns() {
				fields = append(fields, column(rows[i], name))
			}
			n, err := s.Decode(parse(t, s, fields...))
			require.NoError(t, err)
			require.Equal(t, column(rows[i], table.parameters), fmt.Sprint(n.Totals().Parameters))
			require.Equal(t, column(rows[i], table.macs), fmt.Sprint(n.Totals().MACs))
		}
	}
}

func readTable(t *testing.T, path string) (header []string, rows [][]string) {
	t.Helper()
	file, err := os.Open(path)
	if os.IsNotExist(err) {
		t.Skipf("%s is not there: the published table is not compared", path)
	}
	require.NoError(t, err)
	defer file.Close()
	var r io.Reader = bufio.NewReader(file)
	r, err = gzip.NewReader(r)
	require.NoError(t, err)
	rows, err = csv.NewReader(r).ReadAll()
	require.NoError(t, err)
	return rows[0], rows[1:]
}
