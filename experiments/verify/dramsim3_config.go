package verify

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsim3"
)

// The input files in the tool's folder.
const (
	dramsim3Config = "memory.ini"
	dramsim3Trace  = "requests.trace"
)

// never is a clock that no run reaches, and an interval that no run is as long as; both fit into the tool's int.
const never = 2_000_000_000

// writeDRAMsim3 writes the input files.
func writeDRAMsim3(dir string, m memoryDesign, c dramsim3.Config) error {
	places, err := m.places()
	if err != nil {
		return err
	}
	return errors.Join(
		writeFile(filepath.Join(dir, dramsim3Config), func(w io.Writer) error { return dramsim3INI(w, m.device, m.channels, c) }),
		writeFile(filepath.Join(dir, dramsim3Trace), func(w io.Writer) error { return dramsim3Requests(w, m.device, m.channels, places) }),
	)
}

// writeFile writes a file through a buffer.
func writeFile(path string, write func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	w := bufio.NewWriterSize(f, 1<<16)
	return errors.Join(write(w), w.Flush(), f.Close())
}

// dramsim3INI describes the device and the controller. The tool's tRTRS is the bubble between read and write data.
func dramsim3INI(w io.Writer, d *device.Device, channels int, c dramsim3.Config) error {
	t, rail := d.Timing, d.Rails[0]
	tREFI, refresh := t.TREFI, "RANK_LEVEL_STAGGERED"
	switch c.RefreshPolicy {
	case dramsim3.NoRefresh:
		tREFI = never
	case dramsim3.RankSimultaneous:
		refresh = "RANK_LEVEL_SIMULTANEOUS"
	}
	page, queues := "OPEN_PAGE", "PER_BANK"
	if c.PagePolicy == dramsim3.Closed {
		page = "CLOSE_PAGE"
	}
	if c.QueuePer == dramsim3.PerRank {
		queues = "PER_RANK"
	}
	type entry struct {
		key   string
		value any
	}
	sections := []struct {
		name    string
		entries []entry
	}{
		{"dram_structure", []entry{
			{"protocol", strings.ToUpper(d.Standard.String())}, {"bankgroups", d.BankGroups}, {"banks_per_group", d.BanksPerGroup}, {"rows", d.Rows}, {"columns", d.Columns},
			{"device_width", d.WidthBits}, {"BL", d.BurstLength},
		}},
		{"timing", []entry{
			{"tCK", d.ClockNS()}, {"AL", t.AL}, {"CL", t.CL}, {"CWL", t.CWL}, {"tRCD", t.TRCDRD}, {"tRP", t.TRP}, {"tRAS", t.TRAS}, {"tRFC", t.TRFC}, {"tREFI", tREFI},
			{"tRRD_S", t.TRRDS}, {"tRRD_L", t.TRRDL}, {"tCCD_S", t.TCCDS}, {"tCCD_L", t.TCCDL}, {"tWTR_S", t.TWTRS}, {"tWTR_L", t.TWTRL}, {"tFAW", t.TFAW},
			{"tWR", t.TWR}, {"tRTP", t.TRTP}, {"tPPD", t.TPPD}, {"tRTRS", t.RD2WRBubble}, {"tCKE", t.TCKE}, {"tCKESR", t.TCKESR}, {"tXS", t.TXS}, {"tXP", t.TXP},
		}},
		{"power", []entry{
			{"VDD", rail.VoltageV}, {"IDD0", rail.IDD0MA}, {"IDD2P", rail.IDD2P0MA}, {"IDD2N", rail.IDD2NMA}, {"IDD3P", rail.IDD3P0MA}, {"IDD3N", rail.IDD3NMA},
			{"IDD4W", rail.IDD4WMA}, {"IDD4R", rail.IDD4RMA}, {"IDD5AB", rail.IDD5MA}, {"IDD5PB", rail.IDD5PBMA}, {"IDD6x", rail.IDD6MA},
		}},
		{"system", []entry{
			{"channel_size", d.CapacityBytes() >> 20}, {"channels", channels}, {"bus_width", d.WidthBits * d.Chips}, {"address_mapping", "rochrababgco"},
			{"queue_structure", queues}, {"row_buf_policy", page}, {"refresh_policy", refresh}, {"cmd_queue_size", c.CommandQueueSize},
			{"trans_queue_size", c.TransactionQueueSize}, {"unified_queue", c.Unified},
		}},
		{"other", []entry{{"epoch_period", never}, {"output_level", 0}}},
	}
	for _, s := range sections {
		if _, err := fmt.Fprintf(w, "[%s]\n", s.name); err != nil {
			return err
		}
		for _, e := range s.entries {
			if _, err := fmt.Fprintf(w, "%s = %v\n", e.key, e.value); err != nil {
				return err
			}
		}
	}
	return nil
}

// dramsim3First is the first clock in which the tool's program can offer a request: it ticks the memory before it offers one.
const dramsim3First = 1

// dramsim3Requests writes the trace in the tool's address order: row, channel, bank, bank group, column, offset. Clocks count from dramsim3First. Behind the last one stands a request that is never due: at the end of its
// file, the program would send the last request once more.
func dramsim3Requests(w io.Writer, d *device.Device, channels int, places []place) error {
	for _, p := range places {
		address := ((((p.row*channels+p.channel)*d.BanksPerGroup+p.bank)*d.BankGroups+p.group)*d.BurstsPerRow() + p.column) * d.BurstBytes()
		op := "READ"
		if p.Write {
			op = "WRITE"
		}
		if _, err := fmt.Fprintf(w, "%#x %s %d\n", address, op, p.Cycle-dramsim3First); err != nil {
			return err
		}
	}
	_, err := fmt.Fprintf(w, "0x0 READ %d\n", int64(never)*never)
	return err
}
