//go:build unix

package tool

import (
	"errors"
	"os"
	"os/exec"
	"syscall"
)

// OwnGroup makes the program the leader of a process group of its own: what it forks is killed with it, and an interrupt from the terminal is
// not for it.
func OwnGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// KillGroup kills a program that leads a group, and what it forked; os.ErrProcessDone when none is left.
func KillGroup(leader *os.Process) error {
	err := syscall.Kill(-leader.Pid, syscall.SIGKILL)
	if errors.Is(err, syscall.ESRCH) {
		return os.ErrProcessDone
	}
	return err
}
