//go:build unix

package sweep_test

import (
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

func TestLockedFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	lock, err := os.Create(filepath.Join(dir, ".lock"))
	require.NoError(t, err)
	defer lock.Close()
	require.NoError(t, syscall.Flock(int(lock.Fd()), syscall.LOCK_EX)) // a lock is of an open file, as another process has it
	refuses(t, dir, top+scenario+agent, sweep.Options{}, "output folder "+dir+": another run is writing to it")
}
