// Package lint holds the project's own rules as tests: who may import whom, and what no file may contain. It has no code of its own.
//
//	imports_test.go   the import graph: data flows one way, heavy libraries stay where they are used
//	source_test.go    no init, no mutable package variables, no old math/rand, no printing outside commands, units in names
package lint
