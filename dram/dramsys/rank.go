package dramsys

import "github.com/codesign-gym/codesign/dram/device"

// rank is what the controller knows of a rank.
type rank struct {
	first, end int // its banks
	held       int // requests from acceptance to their column command
	refresh    refreshManager
	power      powerManager
	refreshing proposal
	powering   proposal
}

// proposal is the command that a manager wants next. Without one it says when it wants to be asked again.
type proposal struct {
	command device.Command
	bank    int
	wake    int64
}
