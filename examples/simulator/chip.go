// Command chip is a simulator of one's own: a vector unit that adds two arrays, searched by every agent of codesign.
package main

import (
	"context"
	"os"

	agents "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/experiments/cli"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// Config is one design.
type Config struct {
	Lanes, BufferKiB int
	ClockGHz         float64
}

// Evaluate is the model: a pure function from a design to its metrics, latency (ns) and power (mW).
func Evaluate(_ context.Context, c Config) simulators.Result {
	if c.Lanes > 16*c.BufferKiB {
		return simulators.Infeasible("the buffer cannot feed all lanes", float64(c.Lanes)/float64(16*c.BufferKiB)-1)
	}
	return simulators.OK((4096/float64(c.Lanes)+12)/c.ClockGHz, (2*float64(c.Lanes)+0.5*float64(c.BufferKiB))*c.ClockGHz*c.ClockGHz)
}

// Chip declares the axes, each bound to a field of Config, and the metrics.
func Chip(simulators.Settings) (simulators.Instance, error) {
	sim, err := simulators.Model[Config]{
		Name: "chip", Version: "1.0.0", Doc: "Vector unit that adds two arrays.", Eval: Evaluate,
		Metrics: []simulators.Metric{{Name: "latency", Unit: "ns", Doc: "one addition"}, {Name: "power", Unit: "mW", Doc: "dynamic"}},
		Fields: []simulators.Field[Config]{
			simulators.Int("lanes", "", "adders", []int{1, 2, 4, 8, 16, 32, 64, 128}, func(c *Config) *int { return &c.Lanes }).Log(),
			simulators.Int("buffer", "KiB", "operands", []int{1, 2, 4, 8}, func(c *Config) *int { return &c.BufferKiB }),
			simulators.Float("clock", "GHz", "", []float64{0.5, 1, 1.5, 2}, func(c *Config) *float64 { return &c.ClockGHz }),
		},
	}.Build()
	return simulators.Instance{Simulator: sim}, err
}

func main() {
	chip := simulators.Factory{Name: "chip", Doc: "Vector unit that adds two arrays.", New: Chip}
	catalog := sweep.Catalog{Simulators: []simulators.Factory{chip}, Agents: agents.Agents()}
	os.Exit(cli.Main(cli.Program{Name: "chip", Version: "1.0.0", Catalog: catalog}, os.Args[1:]))
}
