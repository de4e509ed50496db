package verify

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/internal/tool"
)

const dramsim3Title = "DRAMsim3"

func dramsim3Tool() Tool {
	return Tool{
		Name: "dramsim3", Title: dramsim3Title + " (29817593)", Variable: "CODESIGN_DRAMSIM3",
		Wants: "its program dramsim3main, or the folder in which it was built", programs: []string{"dramsim3main", "dramsim3main.out"},
		open: openDRAMsim3,
	}
}

// dramsim3Checker runs dramsim3main.
type dramsim3Checker struct {
	program string
	limit   time.Duration // of a design
}

// openDRAMsim3 tries the program: its help names the options that the adapter uses.
func openDRAMsim3(ctx context.Context, program string, limit time.Duration) (Checker, error) {
	if info, err := os.Stat(program); err == nil && info.IsDir() {
		folder := program
		for _, name := range []string{"build/dramsim3main", "dramsim3main", "dramsim3main.out"} {
			if _, err := os.Stat(filepath.Join(folder, name)); err == nil {
				program = filepath.Join(folder, name)
			}
		}
		if program == folder {
			return nil, fmt.Errorf("%s: no dramsim3main in this folder: build it there", folder)
		}
	}
	help, err := tool.Run(ctx, tool.Command{Path: program, Args: []string{"--help"}, Timeout: min(limit, 10*time.Second), OutputBytes: 1 << 20})
	if err != nil {
		return nil, err
	}
	for _, option := range []string{"--cycles", "--output-dir", "--trace"} {
		if !strings.Contains(string(help), option) {
			return nil, fmt.Errorf("%s: its help does not know %s: it is no dramsim3main", program, option)
		}
	}
	return dramsim3Checker{program, limit}, nil
}

// Check implements Checker.
func (c dramsim3Checker) Check(ctx context.Context, d Design) (report.Outcome, error) {
	m, inexpressible, err := openMemory(d)
	if err != nil || inexpressible != "" {
		return report.Outcome{Inexpressible: inexpressible}, err
	}
	policies, as, inexpressible := dramsim3Policies(m)
	if inexpressible != "" {
		return report.Outcome{Inexpressible: inexpressible}, nil
	}
	if err := m.reach(dramsim3First); err != nil {
		return report.Outcome{}, err
	}
	dir, err := os.MkdirTemp("", "codesign-dramsim3-")
	if err != nil {
		return report.Outcome{}, err
	}
	defer os.RemoveAll(dir) // of a temporary folder nothing is lost
	if err := writeDRAMsim3(dir, m, policies); err != nil {
		return report.Outcome{}, err
	}
	limited, cancel := context.WithTimeout(ctx, c.limit)
	defer cancel()
	s, err := dramsim3End(int64(m.metrics["time_cycles"]), int64(len(m.Requests)), func(cycles int64) (dramsim3Stats, error) {
		return c.run(limited, dir, cycles)
	})
	if err != nil && ctx.Err() == nil && errors.Is(limited.Err(), context.DeadlineExceeded) {
		err = fmt.Errorf("%s: stopped after %v, during the search for the run's end", c.program, c.limit)
	}
	if err != nil {
		return report.Outcome{}, err
	}
	readings, err := s.readings(&m)
	return report.Outcome{As: as, Readings: readings}, err
}

// run simulates so many clocks.
func (c dramsim3Checker) run(ctx context.Context, dir string, cycles int64) (dramsim3Stats, error) {
	_, err := tool.Run(ctx, tool.Command{
		Path: c.program, Dir: dir, Args: []string{dramsim3Config, "-c", fmt.Sprint(cycles), "-t", dramsim3Trace, "-o", dir}, OutputBytes: 1 << 20,
	})
	if err != nil {
		return dramsim3Stats{}, err
	}
	return readDRAMsim3(filepath.Join(dir, "dramsim3.json"), cycles)
}

// dramsim3End finds the first clock in which the program has answered all requests: it runs for as many clocks as it is told, and does not say when
// that was. The guess is tried first, then the clock before it.
func dramsim3End(guess, requests int64, run func(cycles int64) (dramsim3Stats, error)) (dramsim3Stats, error) {
	guess = max(guess, 1)
	low, high := int64(0), int64(0) // not all answered after low clocks, all after high; high 0 = not known yet
	var end dramsim3Stats
	for next, step := guess, int64(1); high == 0 || high-low > 1; step *= 2 {
		s, err := run(next)
		if err != nil {
			return dramsim3Stats{}, err
		}
		if s.answered() >= requests {
			high, end = next, s
		} else if low = next; high == 0 && next > 16*guess+1<<20 {
			return dramsim3Stats{}, fmt.Errorf("%s has answered %d of %d requests after %d clocks, where our model needs %d in all: it may be stuck",
				dramsim3Title, s.answered(), requests, next, guess)
		}
		if high == 0 {
			next += step
		} else {
			next = max(high-step, low+(high-low)/2)
		}
	}
	return end, nil
}

// dramsim3Policies are the tool's for a design, and how to word that; or why it has none.
func dramsim3Policies(m memoryDesign) (c dramsim3.Config, as, inexpressible string) {
	if m.MaxOutstanding > 0 {
		return c, "", fmt.Sprintf("max_outstanding = %d: %s sends a trace without waiting for answers", m.MaxOutstanding, dramsim3Title)
	}
	if why := dramsim3Device(m.device); why != "" {
		return c, "", why
	}
	switch m.Structure {
	case dram.DRAMsim3:
		c = m.DRAMsim3
		as = fmt.Sprintf("the same controller: %s page, command queues of %d per %s, transaction queues of %d, refresh %s",
			c.PagePolicy, c.CommandQueueSize, c.QueuePer, c.TransactionQueueSize, c.RefreshPolicy)
		if !c.Defects {
			as += "; our figures are those without the tool's defects (defects = none)"
		}
	case dram.DRAMSys:
		unfit := mapsDRAMSys(m.DRAMSys)
		switch m.DRAMSys.PagePolicy {
		case dramsys.Open:
			c = dramsim3.Default()
		case dramsys.Closed:
			c = dramsim3.Default()
			c.PagePolicy = dramsim3.Closed
		default:
			unfit = append(unfit, fmt.Sprint("page_policy = ", m.DRAMSys.PagePolicy))
		}
		if m.DRAMSys.SchedulerBuffer != dramsys.Bankwise {
			unfit = append(unfit, fmt.Sprint("scheduler_buffer = ", m.DRAMSys.SchedulerBuffer))
		}
		if m.device.Standard == device.LPDDR4 {
			unfit = append(unfit, "commands of several clocks (LPDDR4)")
		}
		if len(unfit) > 0 {
			return c, "", noLike(dramsim3Title, unfit)
		}
		c.TransactionQueueSize, c.CommandQueueSize, c.RefreshPolicy = 1, m.DRAMSys.RequestBufferSize, dramsim3.NoRefresh
		as = fmt.Sprintf("%s page, no refresh, a command queue of %d for each bank behind transaction queues of 1, whose hand-over takes 1 clock: another controller of the same policies",
			c.PagePolicy, c.CommandQueueSize)
	default:
		return c, "", otherStructure(dramsim3Title, m.Structure)
	}
	if base := dramsim3.Default(); c.RowHitCap != base.RowHitCap || c.WriteDrainThreshold != base.WriteDrainThreshold {
		return c, "", fmt.Sprintf("row_hit_cap = %d: %s has %d built in", c.RowHitCap, dramsim3Title, base.RowHitCap)
	}
	return c, as, ""
}

// dramsim3Device says why the tool cannot describe a device; empty when it can.
func dramsim3Device(d *device.Device) string {
	t := d.Timing
	switch {
	case d.Standard != device.DDR3 && d.Standard != device.DDR4 && d.Standard != device.LPDDR4:
		return fmt.Sprintf("device %s: the adapter describes DDR3, DDR4 and LPDDR4, not %s", d.Name, d.Standard)
	case d.DataRate != 2, d.Rows < 1024, d.Rows%1024 != 0:
		return fmt.Sprintf("device %s: %s wants 2 transfers a clock and a multiple of 1024 rows", d.Name, dramsim3Title)
	case t.TRC != t.TRAS+t.TRP:
		return fmt.Sprintf("device %s: %s takes tRC to be tRAS + tRP = %d, not %d", d.Name, dramsim3Title, t.TRAS+t.TRP, t.TRC)
	case t.TRCDRD != t.TRCDWR:
		return fmt.Sprintf("device %s: %s has one tRCD for reads and writes, not %d and %d", d.Name, dramsim3Title, t.TRCDRD, t.TRCDWR)
	}
	return ""
}
