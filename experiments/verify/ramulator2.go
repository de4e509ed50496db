package verify

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/ramulator"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/internal/tool"
)

const ramulator2Title = "Ramulator 2"

// ramulator2Driver plays a trace on the controller of the tool's Python package.
//
//go:embed ramulator2_driver.py
var ramulator2Driver []byte

func ramulator2Tool() Tool {
	return Tool{
		Name: "ramulator2", Title: ramulator2Title + ".1 (c5b1c3a4)", Variable: "CODESIGN_RAMULATOR2",
		Wants: "a Python that can import its package ramulator, or the folder in which it was built", programs: []string{"python3", "python"},
		open: openRamulator2,
	}
}

// ramulator2Checker runs the driver.
type ramulator2Checker struct{ python }

// openRamulator2 tries to import the package. A folder is one that has it, or its checkout, for the python3 of PATH.
func openRamulator2(ctx context.Context, program string, limit time.Duration) (Checker, error) {
	c := ramulator2Checker{python{program: program, limit: limit}}
	if info, err := os.Stat(program); err == nil && info.IsDir() {
		packages := program
		if _, err := os.Stat(filepath.Join(program, "python", "ramulator")); err == nil {
			packages = filepath.Join(program, "python")
		}
		if _, err := os.Stat(filepath.Join(packages, "ramulator")); err != nil {
			return nil, fmt.Errorf("%s: no package ramulator in this folder: name the built checkout, or its folder python", program)
		}
		interpreter, err := tool.Find("", "", "python3", "python")
		if err != nil {
			return nil, err
		}
		c.program, c.env = interpreter, []string{"PYTHONPATH=" + packages}
	}
	try := c
	try.limit = min(limit, time.Minute)
	if err := try.ready(ctx, "ramulator2", ramulator2Driver); err != nil {
		return nil, err
	}
	return c, nil
}

// Check implements Checker.
func (c ramulator2Checker) Check(ctx context.Context, d Design) (report.Outcome, error) {
	m, inexpressible, err := openMemory(d)
	if err != nil || inexpressible != "" {
		return report.Outcome{Inexpressible: inexpressible}, err
	}
	policies, as, inexpressible := ramulator2Policies(m)
	if inexpressible != "" {
		return report.Outcome{Inexpressible: inexpressible}, nil
	}
	var s ramulator2Stats
	err = inFolder("ramulator2", ramulator2Driver, func(dir string) error {
		if err := writeRamulator2(dir, m, policies); err != nil {
			return err
		}
		out, err := c.run(ctx, dir, driverName("ramulator2"), ramulator2Config, ramulator2Trace)
		if err == nil {
			s, err = parseRamulator2(out, int64(len(m.Requests)))
		}
		return err
	})
	if err != nil {
		return report.Outcome{}, err
	}
	readings, err := s.readings(&m)
	return report.Outcome{As: as, Readings: readings}, err
}

// ramulator2Policies are the tool's for a design, and how to word that; or why it has none.
func ramulator2Policies(m memoryDesign) (c ramulator.Config, as, inexpressible string) {
	if why := ramulator2Device(m.device); why != "" {
		return c, "", why
	}
	if m.channels != 1 {
		return c, "", fmt.Sprintf("%d channels: the adapter drives one controller", m.channels)
	}
	writes := int64(0)
	for _, r := range m.Requests {
		if r.Write {
			writes++
		}
	}
	if m.MaxOutstanding > 0 && writes > 0 {
		return c, "", fmt.Sprintf("max_outstanding = %d of a trace with writes: the tool does not say when a write is answered", m.MaxOutstanding)
	}
	switch m.Structure {
	case dram.Ramulator:
		c = m.Ramulator
		as = fmt.Sprintf("the same controller: %s, row policy %s, buffers of %d reads and %d writes, refresh %s", c.Scheduler, c.RowPolicy, c.ReadBufferSize, c.WriteBufferSize, c.Refresh)
		if !c.Defects {
			as += "; our figures are those without the tool's defects (defects = none)"
		}
	case dram.DRAMSys:
		unfit := mapsDRAMSys(m.DRAMSys)
		if m.DRAMSys.PagePolicy != dramsys.Open {
			unfit = append(unfit, fmt.Sprint("page_policy = ", m.DRAMSys.PagePolicy))
		}
		if m.DRAMSys.SchedulerBuffer != dramsys.Shared {
			unfit = append(unfit, fmt.Sprint("scheduler_buffer = ", m.DRAMSys.SchedulerBuffer))
		}
		if writes > 0 {
			unfit = append(unfit, "a buffer that writes share with reads")
		}
		if len(unfit) > 0 {
			return c, "", noLike(ramulator2Title, unfit)
		}
		c = ramulator.Default()
		c.ReadBufferSize, c.Refresh = m.DRAMSys.RequestBufferSize, ramulator.NoRefresh
		as = fmt.Sprintf("%s, row policy %s, a buffer of %d reads, refresh %s: another controller of the same policies", c.Scheduler, c.RowPolicy, c.ReadBufferSize, c.Refresh)
	default:
		return c, "", otherStructure(ramulator2Title, m.Structure)
	}
	return c, as, ""
}

// ramulator2Device says why the tool cannot describe a device; empty when it can.
func ramulator2Device(d *device.Device) string {
	t := d.Timing
	switch {
	case d.Standard != device.DDR3 && d.Standard != device.DDR4:
		return fmt.Sprintf("device %s: the adapter describes DDR3 and DDR4, not %s", d.Name, d.Standard)
	case d.Standard == device.DDR3 && (d.BankGroups != 1 || t.TRRDS != t.TRRDL || t.TCCDS != t.TCCDL || t.TWTRS != t.TWTRL):
		return fmt.Sprintf("device %s: DDR3 of %s has no bank groups", d.Name, ramulator2Title)
	case t.RD2WRBubble != 2:
		return fmt.Sprintf("device %s: %s has 2 clocks between read and write data built in, not %d", d.Name, ramulator2Title, t.RD2WRBubble)
	case t.TRCDRD != t.TRCDWR || t.TRP != t.TRPAB || t.AL != 0:
		return fmt.Sprintf("device %s: %s has one tRCD, one tRP and no additive latency", d.Name, ramulator2Title)
	}
	return ""
}

// The input files in the tool's folder.
const (
	ramulator2Config = "memory.json"
	ramulator2Trace  = "requests.trace"
)

// patienceClocks is how long the tool may do nothing before it counts as stuck: a hundred times what any request waits.
const patienceClocks = 1 << 20

// writeRamulator2 writes the input files.
func writeRamulator2(dir string, m memoryDesign, c ramulator.Config) error {
	places, err := m.places()
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(ramulator2Input(m, c), "", "  ")
	if err != nil {
		return err
	}
	return errors.Join(
		os.WriteFile(filepath.Join(dir, ramulator2Config), append(text, '\n'), 0o644),
		writeFile(filepath.Join(dir, ramulator2Trace), func(w io.Writer) error {
			for _, p := range places {
				op := 'R'
				if p.Write {
					op = 'W'
				}
				if _, err := fmt.Fprintf(w, "%d %c %d %d %d %d\n", p.Cycle, op, p.group, p.bank, p.row, p.column); err != nil {
					return err
				}
			}
			return nil
		}),
	)
}

// ramulator2Given is what the driver reads.
type ramulator2Given struct {
	Standard        string         `json:"standard"`
	Organization    map[string]int `json:"organization"`
	Timing          map[string]int `json:"timing"`
	Scheduler       string         `json:"scheduler"`
	Refresh         string         `json:"refresh"`
	RowCap          int            `json:"row_cap"` // 0 = rows stay open
	ReadBufferSize  int            `json:"read_buffer_size"`
	WriteBufferSize int            `json:"write_buffer_size"`
	HighWatermark   float64        `json:"high_watermark"`
	LowWatermark    float64        `json:"low_watermark"`
	MaxOutstanding  int            `json:"max_outstanding"`
	ReadData        int            `json:"read_data"` // clocks from RD to the end of its data
	Patience        int            `json:"patience"`
}

// ramulator2Input describes the device and the controller.
func ramulator2Input(m memoryDesign, c ramulator.Config) ramulator2Given {
	d, t := m.device, m.device.Timing
	g := ramulator2Given{
		Standard: strings.ToUpper(d.Standard.String()),
		Organization: map[string]int{
			"density": d.Banks() * d.Rows / 1024 * d.Columns / 1024 * d.WidthBits, // Mb of a chip
			"dq":      d.WidthBits, "channel_width": d.WidthBits * d.Chips, "rank": 1, "bank": d.BanksPerGroup, "row": d.Rows, "column": d.Columns,
		},
		Timing: map[string]int{
			"rate": int(d.ClockMHz) * d.DataRate, "tCK_ps": int(1e6/d.ClockMHz + 0.5), "nBL": d.BurstClocks(), "nCL": t.CL, "nCWL": t.CWL, "nRCD": t.TRCDRD, "nRP": t.TRP,
			"nRAS": t.TRAS, "nRC": t.TRC, "nWR": t.TWR, "nRTP": t.TRTP, "nFAW": t.TFAW, "nRFC": t.TRFC, "nREFI": t.TREFI, "nCS": t.TRTRS,
		},
		Scheduler: "FRFCFS", Refresh: "NoRefresh",
		ReadBufferSize: c.ReadBufferSize, WriteBufferSize: c.WriteBufferSize, HighWatermark: c.HighWatermarkFrac, LowWatermark: c.LowWatermarkFrac,
		MaxOutstanding: m.MaxOutstanding, ReadData: t.CL + d.BurstClocks(), Patience: patienceClocks,
	}
	if d.Standard == device.DDR4 {
		g.Organization["bankgroup"] = d.BankGroups
		for name, clocks := range map[string]int{"nCCDS": t.TCCDS, "nCCDL": t.TCCDL, "nRRDS": t.TRRDS, "nRRDL": t.TRRDL, "nWTRS": t.TWTRS, "nWTRL": t.TWTRL} {
			g.Timing[name] = clocks
		}
	} else {
		g.Timing["nCCD"], g.Timing["nRRD"], g.Timing["nWTR"] = t.TCCDS, t.TRRDS, t.TWTRS
	}
	if c.Scheduler == ramulator.FrFcfsRowHit {
		g.Scheduler = "FRFCFSRowHit"
	}
	if c.Refresh == ramulator.AllBank {
		g.Refresh = "AllBank"
	}
	if c.RowPolicy == ramulator.ClosedCap {
		g.RowCap = c.Cap
	}
	return g
}
