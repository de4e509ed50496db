package verify

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/experiments/report"
)

// dramsim3Stats are the figures that the tool prints, of all channels together.
type dramsim3Stats struct {
	cycles, reads, writes                              int64
	activates, precharges, reading, writing, refreshes int64 // commands; with auto-precharge or without
	readHits, writeHits                                int64
	energy                                             float64        // V·mA·clocks: the clock period is left out
	latency                                            memory.Latency // of the reads, from acceptance
}

// answered is how many requests have their response.
func (s dramsim3Stats) answered() int64 { return s.reads + s.writes }

// maxDRAMsim3Output bounds the file.
const maxDRAMsim3Output = 64 << 20

// readDRAMsim3 reads the file that a run of so many clocks has left.
func readDRAMsim3(path string, cycles int64) (dramsim3Stats, error) {
	f, err := os.Open(path)
	if err != nil {
		return dramsim3Stats{}, fmt.Errorf("%s has written no statistics: %w", dramsim3Title, err)
	}
	defer f.Close() // read only
	text, err := io.ReadAll(io.LimitReader(f, maxDRAMsim3Output))
	if err != nil {
		return dramsim3Stats{}, err
	}
	s, err := parseDRAMsim3(text)
	if err == nil && s.cycles != cycles {
		err = fmt.Errorf("num_cycles is %d in a run of %d", s.cycles, cycles)
	}
	if err != nil {
		return dramsim3Stats{}, fmt.Errorf("statistics of %s: %w", dramsim3Title, err)
	}
	return s, nil
}

// parseDRAMsim3 reads the statistics of all channels and adds them up.
func parseDRAMsim3(text []byte) (s dramsim3Stats, err error) {
	var channels map[string]map[string]json.RawMessage
	if err := json.Unmarshal(text, &channels); err != nil {
		return s, fmt.Errorf("%w in %.40q", err, text)
	}
	if len(channels) == 0 {
		return s, errors.New("no channel")
	}
	latencies := map[string]int64{}
	for _, name := range slices.Sorted(maps.Keys(channels)) { // floats are added in one order
		cycles := s.cycles
		if err := s.add(channels[name], latencies); err != nil {
			return s, fmt.Errorf("channel %s: %w", name, err)
		}
		if cycles != 0 && s.cycles != cycles {
			return s, fmt.Errorf("channel %s: num_cycles is %d, another channel's %d", name, s.cycles, cycles)
		}
	}
	s.latency, err = latencyOf(latencies, s.reads)
	return s, err
}

// add adds the statistics of a channel.
func (s *dramsim3Stats) add(values map[string]json.RawMessage, latencies map[string]int64) error {
	var errs []error
	read := func(key string, into any) {
		value, ok := values[key]
		if !ok {
			errs = append(errs, fmt.Errorf("there is no %s", key))
		} else if err := json.Unmarshal(value, into); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", key, err))
		}
	}
	s.cycles = 0 // the same in every channel
	for _, c := range []struct {
		key string
		sum *int64
	}{
		{"num_cycles", &s.cycles}, {"num_reads_done", &s.reads}, {"num_writes_done", &s.writes}, {"num_act_cmds", &s.activates}, {"num_pre_cmds", &s.precharges},
		{"num_read_cmds", &s.reading}, {"num_write_cmds", &s.writing}, {"num_ref_cmds", &s.refreshes}, {"num_read_row_hits", &s.readHits}, {"num_write_row_hits", &s.writeHits},
	} {
		var n int64
		if read(c.key, &n); n < 0 || n > maxCount {
			errs = append(errs, fmt.Errorf("%s is %d", c.key, n))
		}
		*c.sum += n
	}
	var energy float64
	read("total_energy", &energy)
	s.energy += energy
	var counts map[string]int64
	read("read_latency", &counts)
	for clocks, n := range counts {
		if n < 0 || n > maxCount {
			errs = append(errs, fmt.Errorf("read_latency: %d reads of %q clocks", n, clocks))
			break
		}
		latencies[clocks] += n
	}
	return errors.Join(errs...)
}

// maxCount is far above any count, and keeps their sums from overflow.
const maxCount = 1 << 48

// readings pair the tool's figures with ours. Latencies count from acceptance: the tool does not keep the trace's clocks.
func (s dramsim3Stats) readings(m *memoryDesign) ([]report.Reading, error) {
	p := pairs{m: m}
	clockNS := m.device.ClockNS()
	timeNS := float64(s.cycles) * clockNS
	p.add(float64(s.cycles), "time_cycles")
	p.add(timeNS, "time_ns")
	p.add(float64(s.answered())*float64(m.device.BurstBytes())/timeNS, "bandwidth_gb_per_s")
	if s.reads > 0 {
		p.add(s.latency.MeanCycles*clockNS, "read_accepted_mean_ns")
		p.quantiles(s.latency)
	}
	p.add(float64(s.activates), "n_act")
	p.add(float64(s.precharges), "n_pre")
	p.add(float64(s.reading), "n_rd", "n_rda")
	p.add(float64(s.writing), "n_wr", "n_wra")
	p.add(float64(s.refreshes), "n_ref")
	p.add(float64(s.readHits+s.writeHits), "row_hits")
	p.add(s.energy*clockNS, "energy_pj")
	p.add(s.energy/float64(s.cycles), "power_mw")
	return p.list, p.err
}
