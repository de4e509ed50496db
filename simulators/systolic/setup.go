package systolic

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Setup is a design spelled out: what another simulator of the same accelerator needs to know.
type Setup struct {
	systolic.Config
	Network dnn.Network // shared by all designs, and read only
	Cores   int         // each a Config
	Sparse  bool        // some layer of the network has sparse weights
}

// Setups opens the simulator for its settings. The function spells out a canonical point of the space.
func Setups(given map[string]any) (simulators.Spec, func(space.Point) Setup, error) {
	f := Factory()
	s, err := simulators.NewSettings(f.Settings, given)
	if err != nil {
		return simulators.Spec{}, nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	built, _, err := build(s)
	if err != nil {
		return simulators.Spec{}, nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	return built.Spec(), func(p space.Point) Setup {
		d := built.Config(p)
		return Setup{d.Config, d.scenario.network, d.scenario.cores, d.scenario.sparse}
	}, nil
}
