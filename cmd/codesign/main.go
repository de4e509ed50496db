// Command codesign is the gym for hardware and neural-architecture co-design: see the README, or `codesign --help`.
package main

import (
	"os"

	agents "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/experiments"
	"github.com/codesign-gym/codesign/experiments/cli"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators/catalog"
)

// version is set by the linker: the Makefile passes the tag or commit.
var version = "unknown"

func main() {
	os.Exit(cli.Main(cli.Program{
		Version:     version,
		Catalog:     sweep.Catalog{Simulators: catalog.Simulators(), Environments: catalog.Environments(), Agents: agents.Agents()},
		Checks:      catalog.Checks(),
		Workloads:   catalog.Workloads(),
		Experiments: experiments.Files,
	}, os.Args[1:]))
}
