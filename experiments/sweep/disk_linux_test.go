package sweep_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// TestAFullDiskLosesNothing runs into a disk of 256 KiB and, when it is larger, goes on.
func TestAFullDiskLosesNothing(t *testing.T) {
	disk := filepath.Join(t.TempDir(), "disk")
	require.NoError(t, os.Mkdir(disk, 0o755))
	err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=256k")
	if errors.Is(err, syscall.EPERM) {
		t.Skip("mounting a small disk needs to be root")
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(disk, 0)) })
	text := strings.Replace(top, "40", "3000", 1) + "repeats = 3\n" + scenario + agent
	dir := filepath.Join(disk, "out")
	outcome, err := sweep.Run(t.Context(), plan(t, text), sweep.Options{Out: dir, Workers: 2})
	require.ErrorIs(t, err, syscall.ENOSPC)
	require.ErrorContains(t, err, filepath.Join(dir, "journals"), "it says where")
	require.NotEqual(t, sweep.Complete, outcome.Status)
	full := journalled(dir)
	require.Greater(t, full, int64(150_000), "the journals fill the disk")

	_, err = sweep.Run(t.Context(), plan(t, text), sweep.Options{Out: dir, Workers: 2, Resume: true})
	require.ErrorIs(t, err, syscall.ENOSPC, "still full")
	require.NoError(t, syscall.Mount("", disk, "", syscall.MS_REMOUNT, "size=16m"))
	require.GreaterOrEqual(t, journalled(dir), full-100, "nothing but a torn record is gone")
	outcome, err = sweep.Run(t.Context(), plan(t, text), sweep.Options{Out: dir, Workers: 2, Resume: true})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Greater(t, outcome.Replayed, 2000)
	reference, _ := run(t, text, sweep.Options{Workers: 2})
	require.Equal(t, parts(t, reference), parts(t, dir))
}
