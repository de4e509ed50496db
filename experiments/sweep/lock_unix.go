//go:build unix

package sweep

import (
	"errors"
	"os"
	"syscall"
)

// lock takes the file's exclusive lock, which the system drops when the file is closed or the process dies.
func lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, errors.Join(errors.New("another run is writing to it"), f.Close())
	}
	return f, nil
}
