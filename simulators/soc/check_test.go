package soc_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators/soc"
)

// unpacked is an embedded file of measured records.
func unpacked(t *testing.T, name string) []byte {
	t.Helper()
	file, err := os.Open(filepath.Join("..", "..", "soc", "golden", "data", name))
	require.NoError(t, err)
	defer file.Close()
	text, err := gzip.NewReader(file)
	require.NoError(t, err)
	all, err := io.ReadAll(text)
	require.NoError(t, err)
	return all
}

func TestEveryMeasuredRecordIsEqual(t *testing.T) {
	list, err := soc.Check().Run(t.Context(), t.TempDir())
	require.NoError(t, err)
	require.Len(t, list, 5)
	require.Equal(t, "no such file", list[3].Skipped)
	require.Equal(t, "no such file", list[4].Skipped)
	for _, a := range list[:3] {
		require.Empty(t, a.Failure(), a.Reference)
		require.Equal(t, a.Rows, a.Equal)
		require.Positive(t, a.Rows)
	}
}

func TestFurtherRecordsAreCompared(t *testing.T) {
	data := t.TempDir()
	folder := filepath.Join(data, "soc")
	require.NoError(t, os.Mkdir(folder, 0o755))
	actions := unpacked(t, "actions.json.gz")
	require.NoError(t, os.WriteFile(filepath.Join(folder, "actions.json"), actions, 0o644))
	var designs []json.RawMessage
	require.NoError(t, json.Unmarshal(unpacked(t, "designs.json.gz"), &designs))
	wrong, err := json.Marshal(designs[:1])
	require.NoError(t, err)
	wrong = bytes.Replace(wrong, []byte("0.02311055"), []byte("0.02311056"), 1)
	require.NoError(t, os.WriteFile(filepath.Join(folder, "golden.json"), wrong, 0o644))
	list, err := soc.Check().Run(t.Context(), data)
	require.NoError(t, err)
	require.Len(t, list, 6)
	require.Equal(t, 0, list[3].Equal)
	require.True(t, strings.HasPrefix(list[3].Failure(), "1 of 1 rows differ; the first: A_cava_dram_wide: "), list[3].Failure())
	require.Empty(t, list[4].Failure())
	require.Equal(t, 67, list[4].Rows)

	require.NoError(t, os.WriteFile(filepath.Join(folder, "golden.json"), []byte("{}"), 0o644))
	_, err = soc.Check().Run(t.Context(), data)
	require.ErrorContains(t, err, filepath.Join("soc", "golden.json")+": golden: designs: ")
}
