package queue_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// TestAFullDiskOfTheCoordinatorLosesNothing fills a disk of 256 KiB with the trials that workers send; with space, the run goes on.
func TestAFullDiskOfTheCoordinatorLosesNothing(t *testing.T) {
	disk := filepath.Join(t.TempDir(), "disk")
	require.NoError(t, os.Mkdir(disk, 0o755))
	err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=256k")
	if errors.Is(err, syscall.EPERM) {
		t.Skip("mounting a small disk needs to be root")
	}
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, syscall.Unmount(disk, 0)) })
	text, dir := one("random", 3000, "", "repeats = 3\n"), filepath.Join(disk, "out")
	p := plan(t, text)
	outcome, _, err := newFleet(t, p, 5*time.Second).run(t, p, dir, 2)
	require.ErrorIs(t, err, syscall.ENOSPC)
	require.NotEqual(t, sweep.Complete, outcome.Status)

	require.NoError(t, syscall.Mount("", disk, "", syscall.MS_REMOUNT, "size=16m"))
	p = plan(t, text)
	outcome, _, err = newFleet(t, p, 5*time.Second).run(t, p, dir, 2)
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Greater(t, outcome.Replayed, 1000, "what had arrived is kept")
	same(t, local(t, text), contents(t, dir))
}
