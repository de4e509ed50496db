//go:build unix

package dram_test

import (
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestFileThatIsNone: a folder, and a pipe that nobody writes to, are refused at once.
func TestFileThatIsNone(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe.csv")
	require.NoError(t, syscall.Mkfifo(pipe, 0o600))
	for _, path := range []string{pipe, t.TempDir()} {
		_, _, err := factory(t, "dram").Open(map[string]any{"trace": path})
		require.EqualError(t, err, "dram: setting trace: "+path+" is not a regular file of at most 1073741824 bytes")
		_, _, err = factory(t, "dram").Open(map[string]any{"device_file": path})
		require.EqualError(t, err, "dram: setting device_file: "+path+" is not a regular file of at most 1048576 bytes")
	}
}
