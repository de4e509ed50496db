package scalesim

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/systolic"
)

// Config is an accelerator as SCALE-Sim describes it. An element is one byte; an address counts elements.
type Config struct {
	RunName string // the folder of the reports
	systolic.Array
	IfmapSRAMKiB, FilterSRAMKiB, OfmapSRAMKiB int // each double-buffered

	IfmapOffsetBytes, FilterOffsetBytes, OfmapOffsetBytes int64 // where the operands lie in DRAM

	UserBandwidth  bool  // InterfaceBandwidth = USER: the ports stall; otherwise they take what the array needs (CALC)
	BandwidthWords []int // words a cycle of each port, for USER
	Sparse         bool  // SparsitySupport
	RamulatorTrace bool  // UseRamulatorTrace: the latencies of DRAM come from a file

	Ignored []string // keys of the file that SCALE-Sim does not know: "section.key"
}

// Default is the accelerator that SCALE-Sim has before it reads a file, with its usual offsets.
func Default() Config {
	return Config{
		RunName: "scale_run", Array: systolic.Array{Rows: 4, Cols: 4, Dataflow: systolic.WeightStationary},
		IfmapSRAMKiB: 256, FilterSRAMKiB: 256, OfmapSRAMKiB: 128, FilterOffsetBytes: 10_000_000, OfmapOffsetBytes: 20_000_000,
	}
}

// Check reports everything that is out of range.
func (c Config) Check() error {
	errs := []error{c.Array.Check()}
	if !isName(c.RunName) {
		errs = append(errs, fmt.Errorf("scalesim: run_name %q is not the name of a folder: want letters, digits and -_.+= and no leading dot", c.RunName))
	}
	for _, s := range []struct {
		key string
		kib int
	}{{"IfmapSramSzkB", c.IfmapSRAMKiB}, {"FilterSramSzkB", c.FilterSRAMKiB}, {"OfmapSramSzkB", c.OfmapSRAMKiB}} {
		if s.kib < 1 || s.kib > systolic.MaxSRAMKiB {
			errs = append(errs, fmt.Errorf("scalesim: %s %d out of range [1, %d] KiB", s.key, s.kib, systolic.MaxSRAMKiB))
		}
	}
	if c.UserBandwidth && len(c.BandwidthWords) == 0 {
		errs = append(errs, errors.New("scalesim: InterfaceBandwidth = USER needs Bandwidth, in words a cycle"))
	}
	return errors.Join(errs...)
}

// isName tells whether a run's name is that of one folder, on any system.
func isName(name string) bool {
	return name != "" && len(name) <= 200 && name[0] != '.' && strings.Trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.+=") == ""
}

// Write writes the configuration with every section that SCALE-Sim v3 wants; v2 reads it as well. What the model does not know (banks, request
// buffers) has the values of the tool's own defaults.
func (c Config) Write(w io.Writer) error {
	mode, trace := "CALC", "False" // of the tool, which compares the texts
	if c.UserBandwidth {
		mode = "USER"
	}
	if c.RamulatorTrace {
		trace = "True"
	}
	bandwidth := strings.Trim(strings.ReplaceAll(fmt.Sprint(c.BandwidthWords), " ", ","), "[]")
	if bandwidth == "" {
		bandwidth = "10"
	}
	_, err := fmt.Fprintf(w, `[general]
run_name = %s

[architecture_presets]
ArrayHeight = %d
ArrayWidth = %d
IfmapSramSzkB = %d
FilterSramSzkB = %d
OfmapSramSzkB = %d
IfmapOffset = %d
FilterOffset = %d
OfmapOffset = %d
Dataflow = %s
Bandwidth = %s
ReadRequestBuffer = 60
WriteRequestBuffer = 60

[layout]
IfmapCustomLayout = False
IfmapSRAMBankBandwidth = 10
IfmapSRAMBankNum = 10
IfmapSRAMBankPort = 2
FilterCustomLayout = False
FilterSRAMBankBandwidth = 10
FilterSRAMBankNum = 10
FilterSRAMBankPort = 2

[sparsity]
SparsitySupport = %t

[run_presets]
InterfaceBandwidth = %s
UseRamulatorTrace = %s
`, c.RunName, c.Rows, c.Cols, c.IfmapSRAMKiB, c.FilterSRAMKiB, c.OfmapSRAMKiB, c.IfmapOffsetBytes, c.FilterOffsetBytes, c.OfmapOffsetBytes, c.Dataflow, bandwidth,
		c.Sparse, mode, trace)
	return err
}
