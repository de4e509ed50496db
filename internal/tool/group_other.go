//go:build !unix

package tool

import "os/exec"

// ownGroup does nothing: there are no process groups.
func ownGroup(*exec.Cmd) {}

// killGroup kills the program; its children are beyond reach.
func killGroup(cmd *exec.Cmd) error { return cmd.Process.Kill() }
