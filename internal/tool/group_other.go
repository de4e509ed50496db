//go:build !unix

package tool

import (
	"os"
	"os/exec"
)

// OwnGroup does nothing: there are no process groups.
func OwnGroup(*exec.Cmd) {}

// KillGroup kills the program; what it forked is beyond reach.
func KillGroup(leader *os.Process) error { return leader.Kill() }
