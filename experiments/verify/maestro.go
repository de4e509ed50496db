package verify

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/internal/tool"
	"github.com/codesign-gym/codesign/simulators/asic"
)

const maestroTitle = "MAESTRO"

func maestroTool() Tool {
	return Tool{
		Name: "maestro", Title: maestroTitle + " (4eb08d1)", Variable: "CODESIGN_MAESTRO",
		Wants: "its program maestro, or the folder in which it was built", programs: []string{"maestro"},
		open: openMAESTRO,
	}
}

// maestroChecker runs the program maestro.
type maestroChecker struct {
	program string
	limit   time.Duration // of a design
}

// The network file, and the table that the tool names after it.
const (
	maestroNetwork = "design.m"
	maestroTable   = "design.csv"
)

// openMAESTRO tries the program on a layer of one multiply-accumulate: its help says nothing.
func openMAESTRO(ctx context.Context, program string, limit time.Duration) (Checker, error) {
	if info, err := os.Stat(program); err == nil && info.IsDir() {
		folder := program
		program = filepath.Join(folder, "maestro")
		if _, err := os.Stat(program); err != nil {
			return nil, fmt.Errorf("%s: no maestro in this folder: build it there", folder)
		}
	}
	c := maestroChecker{program, min(limit, 10*time.Second)}
	one := dataflow.Layer{Size: [dataflow.NumDims]int{dataflow.K: 1, dataflow.C: 1, dataflow.R: 1, dataflow.S: 1, dataflow.Y: 1, dataflow.X: 1}}
	if _, err := c.run(ctx, asic.Setup{Hardware: dataflow.Hardware{PEs: 64, NoCBandwidth: 1}, Shapes: []asic.Shape{{Layer: one, Copies: 1}}}); err != nil {
		return nil, fmt.Errorf("a first try of it: %w", err)
	}
	c.limit = limit
	return c, nil
}

// Check implements Checker. Layers of one shape are handed over once.
func (c maestroChecker) Check(ctx context.Context, d Design) (report.Outcome, error) {
	if d.Simulator != "asic/template" {
		return report.Outcome{Inexpressible: d.Simulator + " is no accelerator with one mapping template: the adapter describes asic/template"}, nil
	}
	spec, setup, err := asic.Setups(d.Settings)
	if err != nil {
		return report.Outcome{}, err
	}
	if spec.Version != d.Version {
		return report.Outcome{Inexpressible: otherVersion(d, spec)}, nil
	}
	p, err := spec.Space.Point(d.Axes)
	if err != nil {
		return report.Outcome{}, err
	}
	s := setup(p)
	if s.Template.Systolic() {
		return report.Outcome{Inexpressible: fmt.Sprintf("template = %s: %s has no systolic arrays", s.Template, maestroTitle)}, nil
	}
	theirs, err := c.run(ctx, s)
	if err != nil {
		return report.Outcome{}, c.blame(ctx, s, err)
	}
	for i, layer := range theirs {
		if layer.RuntimeCycles == 0 {
			return report.Outcome{Inexpressible: fmt.Sprintf("by %s's rules the mapping computes nothing of layer %q", maestroTitle, s.Shapes[i].Layer.Name)}, nil
		}
	}
	ours, as, err := maestroOurs(s)
	if err != nil {
		return report.Outcome{}, err
	}
	return report.Outcome{As: as, Readings: maestroReadings(d, s.Shapes, ours, theirs)}, nil
}

// maestroOurs are our figures of each layer, and how to word what is compared.
func maestroOurs(s asic.Setup) (ours []dataflow.Stats, as string, err error) {
	as = fmt.Sprintf("the mapping %s, %s, no hop delay", s.Template, counted(len(s.Shapes), "different layer"))
	if s.Profile != dataflow.Maestro {
		as += fmt.Sprintf("; our figures are those of the profile %s, which counts otherwise than %s", s.Profile, maestroTitle)
	}
	ours = make([]dataflow.Stats, len(s.Shapes))
	var scratch dataflow.Scratch
	for i, shape := range s.Shapes {
		if ours[i], err = s.Template.Evaluate(s.Hardware, shape.Layer, s.Profile, &scratch); err != nil {
			return nil, "", err
		}
		if ours[i].Steps > math.MaxInt32 {
			as += fmt.Sprintf("; layer %q takes %d steps, more than %s's 32 bits can count", shape.Layer.Name, ours[i].Steps, maestroTitle)
		}
	}
	return ours, as, nil
}

// run costs the layers of a design with the tool, in a folder of its own.
func (c maestroChecker) run(ctx context.Context, s asic.Setup) ([]dataflow.Stats, error) {
	dir, err := os.MkdirTemp("", "codesign-maestro-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir) // of a temporary folder nothing is lost
	network := maestroLayers(s)
	if err := writeFile(filepath.Join(dir, maestroNetwork), func(w io.Writer) error { return dataflow.WriteNetwork(w, network) }); err != nil {
		return nil, err
	}
	command := tool.Command{Path: c.program, Dir: dir, Args: maestroArgs(s.Hardware), Timeout: c.limit, OutputBytes: maxMAESTROOutput}
	if _, err := tool.Run(ctx, command); err != nil {
		return nil, err
	}
	return readMAESTRO(filepath.Join(dir, maestroTable), network, s.Hardware)
}

// blame finds the first layer on which the tool gives up by itself, after it gave up on all together: it does not say where.
func (c maestroChecker) blame(ctx context.Context, s asic.Setup, err error) error {
	if _, ended := errors.AsType[*exec.ExitError](err); !ended {
		return err
	}
	limited, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	for _, shape := range s.Shapes {
		one := s
		one.Shapes = []asic.Shape{shape}
		if _, alone := c.run(limited, one); alone != nil && limited.Err() == nil {
			return fmt.Errorf("layer %q: %w", shape.Layer.Name, alone)
		}
	}
	return err
}

// maestroLayers is the network file: a layer of each shape with its mapping. Layers are named by their place, since the tool cuts names at dashes and the like.
func maestroLayers(s asic.Setup) dataflow.Network {
	n := dataflow.Network{Name: "design"}
	for i, shape := range s.Shapes {
		layer := shape.Layer.AsConv()
		layer.Name = "layer" + strconv.Itoa(i)
		n.Layers = append(n.Layers, dataflow.MappedLayer{Layer: layer, Mapping: s.Template.Map(layer, nil)})
	}
	return n
}

// maestroArgs are the tool's options. The hardware is stated by them and not by a hardware file, which cannot hold links without delay. Buffers are left
// unlimited: the tool only warns of them.
func maestroArgs(h dataflow.Hardware) []string {
	offchip := h.OffchipBandwidth
	if offchip == 0 {
		offchip = dataflow.MaxSize // never limits
	}
	return []string{
		"--Mapping_file=" + maestroNetwork, fmt.Sprintf("--num_pes=%d", h.PEs), fmt.Sprintf("--num_simd_lanes=%d", max(h.SIMDLanes, 1)),
		fmt.Sprintf("--noc_bw_cstr=%d", h.NoCBandwidth), fmt.Sprintf("--noc_hop_latency=%d", h.HopCycles), fmt.Sprintf("--offchip_bw_cstr=%d", offchip),
		"--print_res=false", "--print_res_csv_file=true", "--print_log_file=false",
	}
}
