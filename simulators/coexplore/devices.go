package coexplore

import (
	"context"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/accuracy"
)

// DevicesVersion changes whenever a cost of nb201/devices moves.
const DevicesVersion = "1.0.0"

// The devices.
const (
	eyeriss = "eyeriss"
	fpga    = "fpga"
)

// NB201Devices is the catalogue entry of nb201/devices.
func NB201Devices() simulators.Factory {
	const doc = "Cells of NAS-Bench-201 on a device with published costs: accuracy, latency and energy of HW-NAS-Bench's Eyeriss or FPGA."
	return simulators.Factory{
		Name: "nb201/devices",
		Doc: doc + `

  latency, energy  linear in the counts of the cell's operations, solved from the rows of HW-NAS-Bench (C. Li et al., ICLR 2021), which are outputs of
                   cost models themselves: every row agrees to its printed digits (codesign validate nas --data DIR). Dead operations cost, too.
  accuracy         that of simulator accuracy for space nb201

The device and the data set are settings, not axes: the same space of cells is another task on another device, between which agents can be warm-started.`,
		Settings: append([]simulators.Setting{
			{Name: "device", Doc: "whose costs: Eyeriss (an ASIC) or an FPGA", Default: eyeriss, Allowed: []string{eyeriss, fpga}},
		}, accuracySettings()...),
		New: func(s simulators.Settings) (simulators.Instance, error) { return openDevices(doc, s) },
	}
}

func openDevices(doc string, s simulators.Settings) (simulators.Instance, error) {
	named201, data, err := nas.Open("nb201", s.String("data_set"))
	if err != nil {
		return simulators.Instance{}, err
	}
	cells, err := nas.NewNASBench201(data)
	if err != nil {
		return simulators.Instance{}, err
	}
	costs := &devices{cells: cells, device: s.String("device"), spec: simulators.Spec{
		Name: "hw-nas-bench", Version: DevicesVersion, Doc: doc, Space: named201.Space(), Metrics: []simulators.Metric{
			{Name: "latency", Unit: "ms", Doc: "one image on the device, published"},
			{Name: "energy", Unit: "mJ", Doc: "one image on the device, published"},
		},
	}}
	given, all := map[string]any{"space": "nb201"}, s.Map()
	for _, declared := range accuracySettings() {
		given[declared.Name] = all[declared.Name]
	}
	oracle, _, err := accuracy.Factory().Open(given)
	if err != nil {
		return simulators.Instance{}, err
	}
	joint, err := simulators.Join("joint", doc, costs, oracle.Simulator)
	if err != nil {
		return simulators.Instance{}, err
	}
	spec := joint.Spec()
	spec.Name, spec.Version, spec.Doc = "nb201/devices", DevicesVersion+"+"+spec.Version, doc
	return simulators.Instance{Simulator: named{joint, spec}, About: slices.Clone(oracle.About)}, nil
}

// devices is the published costs of cells on a device.
type devices struct {
	spec   simulators.Spec
	cells  *nas.NASBench201
	device string
}

// Spec implements simulators.Simulator.
func (d *devices) Spec() simulators.Spec { return d.spec }

// Evaluate implements simulators.Simulator.
func (d *devices) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results := make([]simulators.Result, len(points))
	for i, p := range points {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		cost, err := d.cells.HWNASBench(p)
		switch {
		case err != nil:
			return nil, fmt.Errorf("nb201/devices: %w", err) // a data set without rows: of no design
		case d.device == fpga:
			results[i] = simulators.OK(cost.FPGALatencyMS, cost.FPGAEnergyMilliJ)
		default:
			results[i] = simulators.OK(cost.EyerissLatencyMS, cost.EyerissEnergyMilliJ)
		}
	}
	return results, nil
}
