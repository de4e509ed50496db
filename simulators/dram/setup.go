package dram

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/trace"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Setup is a design spelled out: all that an evaluation simulates, and what another simulator of the same memory needs to know.
type Setup struct {
	dram.Config
	Requests       []trace.Request // shared by all designs, and read only
	MaxOutstanding int             // requests of one direction without a response that the source allows; 0 = any number
}

// Evaluate evaluates the design on other requests: what a tool makes of them that cannot offer ours as they are.
func (s Setup) Evaluate(requests []trace.Request) simulators.Result {
	return evaluate(design{Config: s.Config, scenario: &scenario{requests: requests, maxOutstanding: s.MaxOutstanding}}, readings())
}

// Setups opens a simulator of this package, by its catalogue name, for its settings. The function spells out a canonical point of the space; its
// error is why the design is infeasible.
func Setups(name string, given map[string]any) (simulators.Spec, func(space.Point) (Setup, error), error) {
	for _, v := range variants() {
		if v.Name != name {
			continue
		}
		s, err := simulators.NewSettings(v.Settings, given)
		if err != nil {
			return simulators.Spec{}, nil, fmt.Errorf("%s: %w", name, err)
		}
		built, err := v.open(s)
		if err != nil {
			return simulators.Spec{}, nil, fmt.Errorf("%s: %w", name, err)
		}
		return built.Spec(), func(p space.Point) (Setup, error) {
			d, err := built.Config(p).located()
			return Setup{d.Config, d.scenario.requests, d.scenario.maxOutstanding}, err
		}, nil
	}
	return simulators.Spec{}, nil, fmt.Errorf("%s is no DRAM simulator", name)
}
