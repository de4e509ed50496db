// Package experiments holds the experiment files that ship with the program; the packages below it run them.
package experiments

import "embed"

// Files holds the shipped experiment files by name: what `codesign run NAME` and `codesign list experiments` find.
//
//go:embed *.toml
var Files embed.FS
