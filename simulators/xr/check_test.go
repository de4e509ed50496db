package xr_test

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators/xr"
)

func number(t testing.TB, text string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(text, 64)
	require.NoError(t, err)
	return v
}

func TestCheck(t *testing.T) {
	list, err := xr.Check().Run(context.Background(), "")
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, 37, list[0].Rows)
	require.Empty(t, list[0].Failure())
}

// TestCheckReadsFurtherRuns gives a run whose one model never started, so that its score is 0, and one that measured something else.
func TestCheckReadsFurtherRuns(t *testing.T) {
	dir := t.TempDir()
	list, err := xr.Check().Run(context.Background(), dir)
	require.NoError(t, err)
	require.Equal(t, "no such file", list[1].Skipped)

	path := filepath.Join(dir, "soc", "xr_golden.json")
	require.NoError(t, os.Mkdir(filepath.Dir(path), 0o755))
	write := func(text string) { require.NoError(t, os.WriteFile(path, []byte(text), 0o644)) }
	run := `{"deterministic": true, "scenario": "VR_gaming", "accelerators": "Single_4K", "overall": `
	write(`{"runs": [` + run + `0}, ` + run + `7}, {"scenario": "AR_Assistant"}]}`)
	list, err = xr.Check().Run(context.Background(), dir)
	require.NoError(t, err)
	require.Equal(t, path+" (1 random runs left out)", list[1].Reference)
	require.Equal(t, 2, list[1].Rows)
	require.Equal(t, 1, list[1].Equal)
	require.Contains(t, list[1].Failure(), "score is 0.000000, measured 7.000000")

	write(`{"runs": [{"deterministic": true, "scenario": "dream"}]}`)
	_, err = xr.Check().Run(context.Background(), dir)
	require.ErrorContains(t, err, `unknown scenario "dream"`)
	write(`{`)
	_, err = xr.Check().Run(context.Background(), dir)
	require.ErrorContains(t, err, path)
}
