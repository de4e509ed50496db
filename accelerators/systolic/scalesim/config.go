package scalesim

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
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
	Sparsity       Sparsity
	RamulatorTrace bool // UseRamulatorTrace: the latencies of DRAM come from a file

	Ignored []string // keys of the file that SCALE-Sim does not know: "section.key"
}

// Sparsity is how sparse filters are stored and mapped. The topology says how many weights of a layer are kept.
type Sparsity struct {
	Representation systolic.Representation // SparseRep
	RowWiseBlock   int                     // BlockSize, with OptimizedMapping; otherwise 0
	Seed           uint32                  // RandomNumberGeneratorSeed
}

// Of is the sparsity of a layer that keeps so much.
func (s Sparsity) Of(l dnn.Sparsity) systolic.Sparsity {
	full := systolic.Sparsity{Keep: l.Keep, Of: l.Of, Representation: s.Representation, RowWiseBlock: s.RowWiseBlock, Seed: s.Seed}
	if l == (dnn.Sparsity{}) {
		full.Keep, full.Of = 1, 1
	}
	return full
}

// Default is the accelerator that SCALE-Sim has before it reads a file, with its usual offsets.
func Default() Config {
	return Config{
		RunName: "scale_run", Array: systolic.Array{Rows: 4, Cols: 4, Dataflow: systolic.WeightStationary},
		IfmapSRAMKiB: 256, FilterSRAMKiB: 256, OfmapSRAMKiB: 128, FilterOffsetBytes: 10_000_000, OfmapOffsetBytes: 20_000_000,
		Sparsity: Sparsity{Seed: 40},
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
	if c.Sparse && c.Dataflow != systolic.WeightStationary {
		errs = append(errs, fmt.Errorf("scalesim: SparsitySupport = true with Dataflow = %s: sparse filters are modelled with ws alone", c.Dataflow))
	}
	if block := c.Sparsity.RowWiseBlock; block%2 != 0 || block > c.Rows || block > 0 && 2*c.Rows%block != 0 {
		errs = append(errs, fmt.Errorf("scalesim: BlockSize %d with OptimizedMapping: want an even number of at most ArrayHeight %d that divides twice that", block, c.Rows))
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
%s
[run_presets]
InterfaceBandwidth = %s
UseRamulatorTrace = %s
`, c.RunName, c.Rows, c.Cols, c.IfmapSRAMKiB, c.FilterSRAMKiB, c.OfmapSRAMKiB, c.IfmapOffsetBytes, c.FilterOffsetBytes, c.OfmapOffsetBytes, c.Dataflow, bandwidth,
		c.Sparse, c.sparsityKeys(), mode, trace)
	return err
}

// sparsityKeys are the keys that matter with sparsity alone.
func (c Config) sparsityKeys() string {
	if !c.Sparse {
		return ""
	}
	keys := fmt.Sprintf("SparseRep = %s\nRandomNumberGeneratorSeed = %d\nOptimizedMapping = %t\n", c.Sparsity.Representation, c.Sparsity.Seed, c.Sparsity.RowWiseBlock > 0)
	if c.Sparsity.RowWiseBlock > 0 {
		keys += fmt.Sprintf("BlockSize = %d\n", c.Sparsity.RowWiseBlock)
	}
	return keys
}
