package asic

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Setup is a design of asic/template spelled out: what another simulator of the same accelerator needs to know.
type Setup struct {
	Template dataflow.Template
	Hardware dataflow.Hardware // buffers as the mapping needs: what the design has is compared with the need of the whole network
	Profile  dataflow.Profile
	Shapes   []Shape // shared by all designs, and read only
}

// Shape is a layer that the network has so many copies of, under whatever names.
type Shape struct {
	Layer  dataflow.Layer
	Copies int64
}

// Setups opens asic/template for its settings. The function spells out a canonical point of the space.
func Setups(given map[string]any) (simulators.Spec, func(space.Point) Setup, error) {
	f := Template()
	s, err := simulators.NewSettings(f.Settings, given)
	if err != nil {
		return simulators.Spec{}, nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	built, _, sc, err := buildTemplate(s)
	if err != nil {
		return simulators.Spec{}, nil, fmt.Errorf("%s: %w", f.Name, err)
	}
	var shapes []Shape
	for _, w := range sc.work {
		shapes = append(shapes, Shape{w.layer, w.copies})
	}
	return built.Spec(), func(p space.Point) Setup {
		d := built.Config(p)
		return Setup{Template: d.template, Hardware: d.hardware(), Profile: d.scenario.profile, Shapes: shapes}
	}, nil
}
