// Package lint holds the project's own rules as tests: who may import whom, and what no file may contain. It has no code of its own.
//
//	imports_test.go   the import graph: data flows one way, heavy libraries stay where they are used
//	source_test.go    no init, no mutable package variables, no math/rand but PCG handed in, no printing outside commands,
//	                  no files, clock, log, network or goroutines in models and agents, units in names
package lint
