package networkspace

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/asic"
)

// Version changes whenever a number that network-space adds to those of asic/template moves.
const Version = "1.0.0"

// name is the catalogue id.
const name = "network-space"

// Factory is the catalogue entry of network-space.
func Factory() simulators.Factory {
	return simulators.Factory{
		Name: name,
		Doc: `Any space of networks, one's own from a TOML file too, searched with bit widths and an ASIC: cycles, energy, area, size.

  network   a space of accelerators/dnn/nas, or blocks, choices and repeats in a file: docs/network-spaces.md
  bits      of weights and activations for each part of the network: energy, memory and a loss of accuracy follow
  hardware  the axes and metrics of asic/template, each layer at its widths
  bit_drop  a curve through published medians, in points against 8 bits: an estimate, not a measurement of these networks

Equations: packages simulators/asic, accelerators/dataflow, accelerators/dnn/nas.`,
		Settings: slices.Concat(spaceSettings(), []simulators.Setting{asic.DatapathSetting()}, asic.SearchedSettings()),
		New:      open,
	}
}

func open(s simulators.Settings) (simulators.Instance, error) {
	n, err := openSpace(s)
	if err != nil {
		return simulators.Instance{}, err
	}
	doc := strings.SplitN(Factory().Doc, "\n", 2)[0]
	in, err := asic.OpenSearched(name, doc, n, s)
	if err != nil {
		return simulators.Instance{}, fmt.Errorf("axes of the networks beside those of the accelerator: %w", err)
	}
	spec := in.Simulator.Spec()
	spec.Version = Version + "+" + spec.Version + n.origin
	spec.Metrics = slices.Concat(spec.Metrics, sizes())
	in.Simulator, in.About = &simulator{in.Simulator, spec, n}, about(n)
	return in, nil
}

// about states the size of the space, and what is not known of the loss.
func about(n networks) []simulators.Section {
	return []simulators.Section{
		{Title: "space", Columns: []string{"count"}, Rows: [][]string{
			{"networks", n.Space().Size().String()}, {"axes of networks", fmt.Sprint(n.Space().Len())}, {"parts that can have widths of their own", fmt.Sprint(len(n.Parts()))},
		}},
		{Title: "bit_drop", Columns: []string{"is"}, Rows: [][]string{
			{"source", "medians of published trainings of NAS-Bench-201 cells on CIFAR-10 with 2, 4 and 8 bits a weight"},
			{"uncertainty", "two schedules of these trainings lie 8 points apart at 2 bits and 2 at 4; activations are assumed to lose as weights do"},
		}},
	}
}
