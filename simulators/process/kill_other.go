//go:build !unix

package process

import (
	"os"
	"os/exec"
)

func ownGroup(*exec.Cmd) {}

// killGroup kills a process.
func killGroup(p *os.Process) {
	_ = p.Kill() // fails when it has ended
}
