package coexplore

import (
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/accuracy"
	"github.com/codesign-gym/codesign/simulators/asic"
)

// SearchedVersion changes whenever a number of nb201 or ofa moves, but for those of the simulators that they join, whose versions follow it.
const SearchedVersion = "1.0.0"

// NB201 is the catalogue entry of nb201.
func NB201() simulators.Factory {
	return searched("nb201", "Cells of NAS-Bench-201 and the accelerator of asic/template, searched together: accuracy, latency, energy, area.")
}

// OFA is the catalogue entry of ofa.
func OFA() simulators.Factory {
	return searched("ofa", "Once-for-All MobileNetV3 networks and the accelerator of asic/template, searched together: accuracy, latency, energy, area.")
}

// searched joins the accuracy of the networks of a search space with the accelerator of asic/template. The id is the space's name in package nas.
func searched(id, doc string) simulators.Factory {
	return simulators.Factory{
		Name: id,
		Doc: doc + `

  axes     those of simulator accuracy for the space, then those of asic/template
  metrics  those of asic/template, then accuracy_percent and its stated error

The network runs whole, one image, layer after layer. With stage_latency, stage_energy or stage_area the accuracy is asked for only when the hardware holds them.`,
		Settings: slices.Concat(accuracySettings(), asic.SearchedSettings(), []simulators.Setting{
			{Name: "stage_latency", Unit: "ns", Doc: "ask for the accuracy only up to this latency; 0 = always", Default: 0.0, Min: 0, Max: 1e15},
			{Name: "stage_energy", Unit: "pJ", Doc: "likewise energy; 0 = always", Default: 0.0, Min: 0, Max: 1e18},
			{Name: "stage_area", Unit: "mm2", Doc: "likewise area; 0 = always", Default: 0.0, Min: 0, Max: 1e9},
		}),
		New: func(s simulators.Settings) (simulators.Instance, error) { return openSearched(id, doc, s) },
	}
}

// accuracySettings are those of simulator accuracy but for the space, which is given.
func accuracySettings() []simulators.Setting {
	return slices.DeleteFunc(accuracy.Factory().Settings, func(s simulators.Setting) bool { return s.Name == "space" })
}

func openSearched(id, doc string, s simulators.Settings) (simulators.Instance, error) {
	networks, _, err := nas.Open(id, s.String("data_set"))
	if err != nil {
		return simulators.Instance{}, err
	}
	hardware, err := asic.OpenSearched("asic/template", doc, networks, s)
	if err != nil {
		return simulators.Instance{}, err
	}
	given, all := map[string]any{"space": id}, s.Map()
	for _, declared := range accuracySettings() {
		given[declared.Name] = all[declared.Name]
	}
	oracle, _, err := accuracy.Factory().Open(given)
	if err != nil {
		return simulators.Instance{}, err
	}
	joint, err := stage(hardware.Simulator, oracle.Simulator, bounds(s, hardware.Simulator.Spec()))
	if err != nil {
		return simulators.Instance{}, err
	}
	spec := joint.Spec()
	spec.Name, spec.Version, spec.Doc = id, SearchedVersion+"+"+spec.Version, strings.SplitN(doc, "\n", 2)[0]
	return simulators.Instance{Simulator: named{joint, spec}, Detail: hardware.Detail, About: oracle.About}, nil
}

// bounds are the settings of the stage, by the place of their metric.
func bounds(s simulators.Settings, spec simulators.Spec) map[int]float64 {
	most := map[int]float64{}
	for setting, key := range map[string]string{"stage_latency": "latency_ns", "stage_energy": "energy_pj", "stage_area": "area_mm2"} {
		if v := s.Float(setting); v > 0 {
			most[slices.Index(spec.Keys(), key)] = v
		}
	}
	return most
}

// stage joins hardware and accuracy; with bounds the accuracy is asked for only when the hardware holds them.
func stage(hardware, oracle simulators.Simulator, most map[int]float64) (simulators.Simulator, error) {
	if len(most) == 0 {
		return simulators.Join("joint", hardware.Spec().Doc, hardware, oracle)
	}
	return simulators.Stage(hardware, oracle, func(r simulators.Result) bool {
		for metric, v := range most {
			if r.Values[metric] > v {
				return false
			}
		}
		return true
	})
}

// named is a simulator under another name.
type named struct {
	simulators.Simulator
	spec simulators.Spec
}

// Spec implements simulators.Simulator.
func (n named) Spec() simulators.Spec { return n.spec }
