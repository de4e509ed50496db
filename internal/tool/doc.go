// Package tool runs a program that somebody else wrote, once, and bounds all that it may do to us: time, output, children.
//
// Run starts the program directly, never through a shell, with its own process group where the system has them. When the context ends or the
// limit is over, the whole group is killed, children included. Standard output is kept up to a bound and is an error beyond it; of standard
// error the end is kept, and becomes a part of the error. A program that complains on its standard output alone is quoted from there.
//
// Who keeps a program running (package simulators/process) takes from here how it is killed and how the end of its standard error is kept.
package tool
