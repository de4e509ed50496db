// Command chip searches a vector unit that adds two arrays: a simulator of one's own with every agent of codesign.
package main

import (
	"context"
	"os"

	agents "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/experiments/cli"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

type config struct{ Lanes, BufferKiB, ClockMHz, Elements int } // one design, and the workload that it runs

// evaluate is the model, a pure function from a design to its latency (ns) and power (mW).
func evaluate(_ context.Context, c config) simulators.Result {
	if fed := 16 * c.BufferKiB; c.Lanes > fed {
		return simulators.Infeasible("more lanes than the buffer feeds", float64(c.Lanes)/float64(fed)-1)
	}
	cycles, clockGHz := float64(c.Elements)/float64(c.Lanes)+12, float64(c.ClockMHz)/1000
	return simulators.OK(cycles/clockGHz, (2*float64(c.Lanes)+0.5*float64(c.BufferKiB))*clockGHz*clockGHz)
}

// factory is the entry of the catalogue: it declares the settings, the metrics, and the axes, each bound to a field of config.
func factory() simulators.Factory {
	settings := []simulators.Setting{{Name: "elements", Doc: "length of the arrays", Default: 4096, Min: 1, Max: 1e9}}
	return simulators.Factory{Name: "chip", Doc: "Adds two arrays.", Settings: settings, New: func(s simulators.Settings) (simulators.Instance, error) {
		sim, err := simulators.Model[config]{
			Name: "chip", Version: "1.0.0", Doc: "A vector unit.", Eval: evaluate, Base: config{Elements: s.Int("elements")},
			Metrics: []simulators.Metric{{Name: "latency", Unit: "ns", Doc: "of one addition"}, {Name: "power", Unit: "mW", Doc: "dynamic"}},
			Fields: []simulators.Field[config]{
				simulators.Int("lanes", "", "adders", []int{1, 2, 4, 8, 16, 32, 64, 128}, func(c *config) *int { return &c.Lanes }).Log(),
				simulators.Int("buffer", "KiB", "operands", []int{1, 2, 4, 8}, func(c *config) *int { return &c.BufferKiB }).Log(),
				simulators.Int("clock", "MHz", "", []int{500, 750, 1000, 1250, 1500, 1750, 2000}, func(c *config) *int { return &c.ClockMHz }),
			},
		}.Build()
		return simulators.Instance{Simulator: sim}, err
	}}
}

func main() {
	os.Exit(cli.Main(cli.Program{Name: "chip", Catalog: sweep.Catalog{Simulators: []simulators.Factory{factory()}, Agents: agents.Agents()}}, os.Args[1:]))
}
