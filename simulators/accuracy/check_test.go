package accuracy_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	oracles "github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/accuracy"
)

// dataFolder is a folder as --data names it, with tables of the given contents.
func dataFolder(t *testing.T, tables map[string]string) string {
	t.Helper()
	folder := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(folder, "nasbench"), 0o755))
	for name, text := range tables {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := z.Write([]byte(text))
		require.NoError(t, err)
		require.NoError(t, z.Close())
		require.NoError(t, os.WriteFile(filepath.Join(folder, "nasbench", name), b.Bytes(), 0o600))
	}
	return folder
}

func run(t *testing.T, folder string) map[string]simulators.Agreement {
	t.Helper()
	list, err := accuracy.Check().Run(context.Background(), folder)
	require.NoError(t, err)
	by := map[string]simulators.Agreement{}
	for _, a := range list {
		by[a.Reference] = a
	}
	return by
}

func TestCheckSaysWhatIsNotThere(t *testing.T) {
	require.Contains(t, run(t, "")["published tables"].Skipped, "--data or CODESIGN_DATA")
	for name, a := range run(t, dataFolder(t, nil)) {
		require.Contains(t, a.Skipped, "no file", name)
		require.Empty(t, a.Failure())
	}
}

func TestCheckComparesRows(t *testing.T) {
	// two rows by hand (see the tests of package nas), and one that is wrong in its MACs; then Eyeriss and FPGA of the second cell
	got := run(t, dataFolder(t, map[string]string{
		"nb201.csv.gz": "idx,arch,iso,acc_c10,acc_c100,acc_in16,params,macs_c10\n" +
			"7,000000,1,10,1,0.83,73306,7783050\n8,000200,2,85,50,30,101306,11715210\n9,300000,1,10,1,0.83,316346,43172491\n",
		"nb201_hw.csv.gz": "idx,c10_eyeriss_latency,c10_eyeriss_energy,c10_fpga_latency,c10_fpga_energy,c100_eyeriss_latency,c100_eyeriss_energy," +
			"c100_fpga_latency,c100_fpga_energy,in16_eyeriss_latency,in16_eyeriss_energy,in16_fpga_latency,in16_fpga_energy\n" +
			"8,1.9253,0.378212,1.64816,11.53712,1.92832,0.37835,1.64816,11.53712,0.48448,0.097491,0.41552,2.90864\n" +
			"99,0,0,0,0,0,0,0,0,0,0,0,0\n",
	}))
	counts := got["nb201: parameters and MACs"]
	require.Equal(t, [2]int{3, 2}, [2]int{counts.Rows, counts.Equal})
	require.Equal(t, "[300000]: macs_c10 = 4.317249e+07, published 4.3172491e+07", counts.FirstDifference)
	require.NotEmpty(t, counts.Failure())
	classes := got["nb201: classes of equal function"]
	require.Equal(t, [2]int{3, 3}, [2]int{classes.Rows, classes.Equal})
	hardware := 0
	for name, a := range got {
		if strings.HasPrefix(name, "nb201: Eyeriss") {
			hardware++
			require.Equal(t, [2]int{1, 1}, [2]int{a.Rows, a.Equal}, name+a.FirstDifference)
		}
	}
	require.Equal(t, 3, hardware)
	require.Contains(t, got["nb201 on cifar10: surrogate refitted, every fifth class held out"].Skipped, "the table has 2 classes")
}

func TestCheckFindsClassesThatAreNot(t *testing.T) {
	got := run(t, dataFolder(t, map[string]string{
		"nb201.csv.gz": "idx,arch,iso,acc_c10,acc_c100,acc_in16,params,macs_c10\n" +
			"8,000200,2,85,50,30,101306,11715210\n9,020001,3,85,50,30,101306,11715210\n",
	}))
	require.Equal(t, "020001: class 3, canonical 000200", got["nb201: classes of equal function"].FirstDifference)
}

// TestCheckMeasuresTheEmbeddedSurrogate gives it a table of classes that it did not see: with its own predictions as accuracies it keeps the
// promise, with them upside down it does not.
func TestCheckMeasuresTheEmbeddedSurrogate(t *testing.T) {
	const name = "nb201 on cifar10: embedded surrogate, classes that it did not see"
	s, _, err := nas.Open("nb201", "cifar10")
	require.NoError(t, err)
	m, err := oracles.Embedded("nb201", "cifar10")
	require.NoError(t, err)
	oracle, err := oracles.NewSurrogate(s, m)
	require.NoError(t, err)
	own, upsideDown := "arch,idx,iso,params,macs_c10,acc_c10,acc_c100,acc_in16\n", "arch,idx,iso,params,macs_c10,acc_c10,acc_c100,acc_in16\n"
	rows := 0
	for p := range s.Space().Points() {
		if _, exact := s.Chance(p); exact || m.Saw(s, p) {
			continue
		}
		e, err := oracle.Accuracy(p)
		require.NoError(t, err)
		cell := s.Text(p)[0]
		own += fmt.Sprintf("%s,1,1,1,1,%v,50,30\n", cell, e.Percent)
		upsideDown += fmt.Sprintf("%s,1,1,1,1,%v,50,30\n", cell, 100-e.Percent)
		if rows++; rows == 200 {
			break
		}
	}
	good := run(t, dataFolder(t, map[string]string{"nb201.csv.gz": own}))[name]
	require.Empty(t, good.Failure())
	require.Contains(t, good.Bar, "Kendall tau 1.000 >= 0.81")
	require.Equal(t, 200, good.Rows)
	bad := run(t, dataFolder(t, map[string]string{"nb201.csv.gz": upsideDown}))[name]
	require.Contains(t, bad.Failure(), "Kendall tau -1.000")
}

func TestCheckStopsAtTablesThatAreNone(t *testing.T) {
	for file, text := range map[string]string{
		"nb201.csv.gz": "idx,arch\n", "nbmacro.csv.gz": "arch,params,flops\n1,2,3\n", "ofa_mbv3_measured.csv.gz": "d,ks,e,r,params,macs\n2,3,3,112,x,y\n",
	} {
		_, err := accuracy.Check().Run(context.Background(), dataFolder(t, map[string]string{file: text}))
		require.ErrorContains(t, err, file)
	}
}

// TestPublishedPredictions compares the predictor with the published outputs, which are not the project's.
func TestPublishedPredictions(t *testing.T) {
	folder := os.Getenv("CODESIGN_DATA")
	if folder == "" {
		t.Skip("CODESIGN_DATA names no folder with nasbench/: the Once-for-All predictor is not compared")
	}
	linked := t.TempDir()
	require.NoError(t, os.Mkdir(filepath.Join(linked, "nasbench"), 0o755))
	for _, file := range []string{"ofa_mbv3_acc_predictor.f32.gz", "ofa_mbv3_goldens.csv.gz"} {
		if _, err := os.Stat(filepath.Join(folder, "nasbench", file)); err != nil {
			t.Skipf("%v: the Once-for-All predictor is not compared", err)
		}
		require.NoError(t, os.Symlink(filepath.Join(folder, "nasbench", file), filepath.Join(linked, "nasbench", file)))
	}
	a := run(t, linked)["ofa: predictor, within 1e-5"]
	require.Greater(t, a.Rows, 100)
	require.Equal(t, a.Rows, a.Equal, a.FirstDifference)
}
