package systolic

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
	"github.com/codesign-gym/codesign/accelerators/systolic/scalesim"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// SCALESimRun is what SCALE-Sim's users have, a configuration and a topology, run on the model in the profile scalesim: equal to SCALE-Sim v3 where it
// does not stall, which is mode CALC, with N:M sparse filters if the dataflow is ws. The mode USER, whose ports stall, is refused. Of the reports there are
// those of compute, bandwidth and accesses, of sparse filters that of sparsity instead of accesses, in the columns of v3.
type SCALESimRun struct {
	Config scalesim.Config
	Layers []SCALESimLayer

	topology string
}

// SCALESimLayer is a layer with its line of the compute report and what the others are made from.
type SCALESimLayer struct {
	Name string
	scalesim.Compute
	Run systolic.SparseRun // dense, but with a configuration with sparsity
}

// SCALESimInputTypes are the kinds of topologies that SCALE-Sim's option -i tells apart.
func SCALESimInputTypes() []string { return []string{"conv", "gemm"} }

// RunSCALESim reads the files and simulates every layer. The input type, if not empty, must be that of the topology.
func RunSCALESim(config, topology, inputType string) (SCALESimRun, error) {
	text, err := readFile(config)
	if err != nil {
		return SCALESimRun{}, err
	}
	r := SCALESimRun{topology: topology}
	if r.Config, err = scalesim.ReadConfig(config, bytes.NewReader(text)); err != nil {
		return SCALESimRun{}, err
	}
	switch {
	case r.Config.UserBandwidth:
		return SCALESimRun{}, fmt.Errorf("%s: InterfaceBandwidth = USER: the stalls of its ports are not read from configurations: set CALC, or use the simulator systolic with port_words", config)
	case r.Config.RamulatorTrace:
		return SCALESimRun{}, fmt.Errorf("%s: UseRamulatorTrace = True: latencies from a file are not modelled: set False", config)
	}
	if text, err = readFile(topology); err != nil {
		return SCALESimRun{}, err
	}
	n, err := dnn.ReadTopology(topology, bytes.NewReader(text), dnn.TopologyOptions{ExpandDP: true})
	if err != nil {
		return SCALESimRun{}, err
	}
	if is := SCALESimInputTypes()[0]; inputType != "" {
		if n.Layers[0].Op == dnn.GEMM {
			is = SCALESimInputTypes()[1]
		}
		if inputType != is {
			return SCALESimRun{}, fmt.Errorf("%s is a topology of input type %s, not %s", topology, is, inputType)
		}
	}
	array := systolic.Config{
		Array: r.Config.Array, IfmapSRAMKiB: r.Config.IfmapSRAMKiB, FilterSRAMKiB: r.Config.FilterSRAMKiB, OfmapSRAMKiB: r.Config.OfmapSRAMKiB,
		DRAMBandwidthGBps: 1, ClockMHz: 1, // SCALE-Sim has neither
	}
	var scratch systolic.Scratch
	for _, l := range n.Layers {
		p, err := systolic.Lower(l, systolic.ScaleSim)
		if err != nil {
			return SCALESimRun{}, err
		}
		if p.IfmapElements > maxWalked || p.FilterElements > maxWalked {
			return SCALESimRun{}, fmt.Errorf("%s: layer %q has an operand of more than %d elements, which is too large to walk", topology, l.Name, maxWalked)
		}
		layer, err := r.run(array, l, p, &scratch)
		if err != nil {
			return SCALESimRun{}, fmt.Errorf("%s: layer %q: %w", topology, l.Name, err)
		}
		for range p.Repeats { // channels of a layer that SCALE-Sim takes apart
			r.Layers = append(r.Layers, layer)
		}
	}
	return r, nil
}

// run simulates a layer. With sparsity in the configuration all of them take its path, as in SCALE-Sim.
func (r *SCALESimRun) run(array systolic.Config, l dnn.Layer, p systolic.Problem, scratch *systolic.Scratch) (SCALESimLayer, error) {
	if r.Config.Sparse {
		run, err := systolic.CalcSparse(array, p, r.Config.Sparsity.Of(l.Sparsity), scratch)
		return SCALESimLayer{l.Name, scalesim.ComputeSparse(r.Config.Array, p, run), run}, err
	}
	if isSparse(l) {
		return SCALESimLayer{}, fmt.Errorf("sparsity %s, but the configuration has SparsitySupport = false: set it true, or the sparsity 1:1", l.Sparsity)
	}
	run := systolic.Calc(array, p, scratch)
	return SCALESimLayer{l.Name, scalesim.ComputeRun(r.Config.Array, p, run), systolic.SparseRun{Run: run}}, nil
}

// maxWalked bounds the operands, of which a walk marks each element.
const maxWalked = 1 << 30

// readFile reads a small regular file.
func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxTopologyBytes {
		return nil, fmt.Errorf("%s is not a regular file of at most %d bytes", path, maxTopologyBytes)
	}
	return os.ReadFile(path)
}

// Write writes the reports into the folder of the run in dir, where SCALE-Sim would, over earlier ones. It returns their paths.
func (r SCALESimRun) Write(dir string) (paths []string, err error) {
	folder := filepath.Join(dir, r.Config.RunName)
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return nil, err
	}
	for _, report := range r.reports() {
		path := filepath.Join(folder, report.name)
		f, err := os.Create(path)
		if err != nil {
			return paths, err
		}
		if err := errors.Join(report.write(f), f.Close()); err != nil {
			return paths, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// report is one file of a run.
type report struct {
	name  string
	write func(io.Writer) error
}

// reports are the files that SCALE-Sim writes for such a configuration.
func (r SCALESimRun) reports() []report {
	compute, runs, sparse := make([]scalesim.Compute, len(r.Layers)), make([]systolic.Run, len(r.Layers)), make([]systolic.SparseRun, len(r.Layers))
	for i, l := range r.Layers {
		compute[i], runs[i], sparse[i] = l.Compute, l.Run.Run, l.Run
	}
	first := report{scalesim.ComputeName, func(w io.Writer) error { return scalesim.WriteCompute(w, compute) }}
	if !r.Config.Sparse {
		dense := []report{first}
		for _, of := range []systolic.Report{systolic.BandwidthReport(runs), systolic.AccessReport(runs)} {
			dense = append(dense, report{of.File, func(w io.Writer) error { return scalesim.WriteReport(w, of) }})
		}
		return dense
	}
	return []report{
		first,
		{scalesim.BandwidthName, func(w io.Writer) error { return scalesim.WriteSparseBandwidth(w, sparse) }},
		{scalesim.SparseName, func(w io.Writer) error { return scalesim.WriteSparse(w, r.Config.Sparsity.Representation, sparse) }},
	}
}

// TotalCycles is the sum over the layers.
func (r SCALESimRun) TotalCycles() (sum int64) {
	for _, l := range r.Layers {
		sum += l.TotalCycles
	}
	return sum
}

// Design is the accelerator as a point of the simulator systolic on this topology, with the two axes that SCALE-Sim does not know; with sparsity in profile scalesim. An accelerator
// between the levels of an axis is an error that names them.
func (r SCALESimRun) Design(clockMHz, dramGBps float64) (simulators.Spec, space.Point, error) {
	settings := map[string]any{"topology": r.topology}
	if r.Config.Sparse {
		settings["profile"] = scaleSim // sparsity needs it
	}
	if block := r.Config.Sparsity.RowWiseBlock; block > 0 {
		return simulators.Spec{}, nil, fmt.Errorf("no design of the simulator systolic: OptimizedMapping = true with BlockSize = %d: it has sparsity layer by layer alone", block)
	}
	spec, _, err := Setups(settings)
	if err != nil {
		return simulators.Spec{}, nil, err
	}
	c := r.Config
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
func (r SCALESimRun) Ignored() string { return strings.Join(r.Config.Ignored, ", ") }
