// Package scalesim runs what SCALE-Sim's users have, a configuration and a topology, on our model of the systolic array, and leaves the reports that
// their scripts read.
//
// The figures are those of the profile scalesim, which equals SCALE-Sim v3 where it does not stall: mode CALC, dense layers. The mode USER, whose
// ports stall, and sparsity are refused. Of the reports there is the compute report, in the columns of v2 (v3's first one, the cycles with the
// prefetch, is left out).
package scalesim

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/scalesim"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	simsystolic "github.com/codesign-gym/codesign/simulators/systolic"
)

// Job is an accelerator with a network.
type Job struct {
	Config scalesim.Config
	Layers []Layer

	topology string
}

// Layer is a layer with its line of the compute report.
type Layer struct {
	Name string
	scalesim.Compute
}

// InputTypes are the kinds of topologies that SCALE-Sim's option -i tells apart.
func InputTypes() []string { return []string{"conv", "gemm"} }

// maxFileBytes bounds both files.
const maxFileBytes = 16 << 20

// Run reads the files and simulates every layer. The input type, if not empty, must be that of the topology.
func Run(config, topology, inputType string) (Job, error) {
	text, err := readFile(config)
	if err != nil {
		return Job{}, err
	}
	j := Job{topology: topology}
	if j.Config, err = scalesim.ReadConfig(config, bytes.NewReader(text)); err != nil {
		return Job{}, err
	}
	switch {
	case j.Config.UserBandwidth:
		return Job{}, fmt.Errorf("%s: InterfaceBandwidth = USER: the stalls of its ports are not modelled: set CALC", config)
	case j.Config.Sparse:
		return Job{}, fmt.Errorf("%s: SparsitySupport = true: sparse layers are not modelled: set false", config)
	case j.Config.RamulatorTrace:
		return Job{}, fmt.Errorf("%s: UseRamulatorTrace = True: latencies from a file are not modelled: set False", config)
	}
	if text, err = readFile(topology); err != nil {
		return Job{}, err
	}
	n, err := dnn.ReadTopology(topology, bytes.NewReader(text), dnn.TopologyOptions{ExpandDP: true})
	if err != nil {
		return Job{}, err
	}
	if is := InputTypes()[0]; inputType != "" {
		if n.Layers[0].Op == dnn.GEMM {
			is = InputTypes()[1]
		}
		if inputType != is {
			return Job{}, fmt.Errorf("%s is a topology of input type %s, not %s", topology, is, inputType)
		}
	}
	for _, l := range n.Layers {
		p, err := systolic.Lower(l, systolic.ScaleSim)
		if err != nil {
			return Job{}, err
		}
		for range p.Repeats { // channels of a layer that SCALE-Sim takes apart
			j.Layers = append(j.Layers, Layer{l.Name, scalesim.ComputeLayer(j.Config.Array, p)})
		}
	}
	return j, nil
}

// readFile reads a small regular file.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxFileBytes {
		return nil, fmt.Errorf("%s is not a regular file of at most %d bytes", path, maxFileBytes)
	}
	return os.ReadFile(path)
}

// Write writes the report into the folder of the run in dir, where SCALE-Sim would, over an earlier one. It returns the report's path.
func (j Job) Write(dir string) (path string, err error) {
	folder := filepath.Join(dir, j.Config.RunName)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	rows := make([]scalesim.Compute, len(j.Layers))
	for i, l := range j.Layers {
		rows[i] = l.Compute
	}
	path = filepath.Join(folder, scalesim.ComputeName)
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	return path, errors.Join(scalesim.WriteCompute(f, rows), f.Close())
}

// TotalCycles is the sum over the layers.
func (j Job) TotalCycles() (sum int64) {
	for _, l := range j.Layers {
		sum += l.TotalCycles
	}
	return sum
}

// Design is the accelerator as a point of the simulator systolic on this topology, with the two axes that SCALE-Sim does not know. An accelerator
// between the levels of an axis is an error that names them.
func (j Job) Design(clockMHz, dramGBps float64) (simulators.Spec, space.Point, error) {
	spec, _, err := simsystolic.Setups(map[string]any{"topology": j.topology})
	if err != nil {
		return simulators.Spec{}, nil, err
	}
	c := j.Config
	p, err := spec.Space.Point(space.Design{
		"rows": c.Rows, "cols": c.Cols, "dataflow": c.Dataflow.String(), "ifmap_sram": c.IfmapSRAMKiB, "filter_sram": c.FilterSRAMKiB, "ofmap_sram": c.OfmapSRAMKiB,
		"dram_bandwidth": dramGBps, "clock": clockMHz,
	})
	if err != nil {
		err = fmt.Errorf("no design of the simulator systolic: %w", err)
	}
	return spec, p, err
}

// Ignored lists the keys of the configuration that say nothing here.
func (j Job) Ignored() string { return strings.Join(j.Config.Ignored, ", ") }
