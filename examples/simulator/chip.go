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

// Config is one design and its workload.
type Config struct {
	Lanes, BufferKiB, Elements int
	ClockGHz                   float64
}

// Evaluate is the model, a pure function: latency (ns) and power (mW).
func Evaluate(_ context.Context, c Config) simulators.Result {
	if fed := 16 * c.BufferKiB; c.Lanes > fed {
		return simulators.Infeasible("more lanes than the buffer feeds", float64(c.Lanes)/float64(fed)-1)
	}
	cycles := float64(c.Elements)/float64(c.Lanes) + 12
	return simulators.OK(cycles/c.ClockGHz, (2*float64(c.Lanes)+0.5*float64(c.BufferKiB))*c.ClockGHz*c.ClockGHz)
}

// Factory is the entry of the catalogue: the settings, and the model with its axes and metrics.
func Factory() simulators.Factory {
	const doc = "A vector unit that adds two arrays."
	elements := simulators.Setting{Name: "elements", Doc: "length of the arrays", Default: 4096, Min: 1, Max: 1e9}
	return simulators.Factory{Name: "chip", Doc: doc, Settings: []simulators.Setting{elements}, New: func(s simulators.Settings) (simulators.Instance, error) {
		sim, err := simulators.Model[Config]{
			Name: "chip", Version: "1.0.0", Doc: doc, Base: Config{Elements: s.Int("elements")}, Eval: Evaluate,
			Metrics: []simulators.Metric{{Name: "latency", Unit: "ns", Doc: "of one addition"}, {Name: "power", Unit: "mW", Doc: "dynamic"}},
			Fields: []simulators.Field[Config]{
				simulators.Int("lanes", "", "adders", []int{1, 2, 4, 8, 16, 32, 64, 128}, func(c *Config) *int { return &c.Lanes }).Log(),
				simulators.Int("buffer", "KiB", "operands", []int{1, 2, 4, 8}, func(c *Config) *int { return &c.BufferKiB }).Log(),
				simulators.Float("clock", "GHz", "", []float64{0.5, 1, 1.5, 2}, func(c *Config) *float64 { return &c.ClockGHz }),
			},
		}.Build()
		return simulators.Instance{Simulator: sim}, err
	}}
}

func main() {
	catalog := sweep.Catalog{Simulators: []simulators.Factory{Factory()}, Agents: agents.Agents()}
	os.Exit(cli.Main(cli.Program{Name: "chip", Catalog: catalog}, os.Args[1:]))
}
