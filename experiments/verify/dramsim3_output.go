package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"os"

	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/experiments/report"
)

// dramsim3Stats are the figures that the tool prints of its only channel.
type dramsim3Stats struct {
	cycles, reads, writes                       int64
	activates, precharges, reading, writing, rf int64 // commands; with auto-precharge or without
	readHits, writeHits                         int64
	energy                                      float64        // V·mA·clocks: the clock period is left out
	latency                                     memory.Latency // of the reads, from acceptance
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

// parseDRAMsim3 reads the statistics of one channel.
func parseDRAMsim3(text []byte) (s dramsim3Stats, err error) {
	var channels map[string]map[string]json.RawMessage
	if err := json.Unmarshal(text, &channels); err != nil {
		return s, fmt.Errorf("%w in %.40q", err, text)
	}
	if len(channels) != 1 {
		return s, fmt.Errorf("%d channels, want 1", len(channels))
	}
	var values map[string]json.RawMessage
	for _, values = range channels {
	}
	read := func(key string, into any) {
		if err != nil {
			return
		}
		value, ok := values[key]
		if !ok {
			err = fmt.Errorf("there is no %s", key)
		} else if wrong := json.Unmarshal(value, into); wrong != nil {
			err = fmt.Errorf("%s: %w", key, wrong)
		}
	}
	for _, c := range []struct {
		key  string
		into *int64
	}{
		{"num_cycles", &s.cycles}, {"num_reads_done", &s.reads}, {"num_writes_done", &s.writes}, {"num_act_cmds", &s.activates}, {"num_pre_cmds", &s.precharges},
		{"num_read_cmds", &s.reading}, {"num_write_cmds", &s.writing}, {"num_ref_cmds", &s.rf}, {"num_read_row_hits", &s.readHits}, {"num_write_row_hits", &s.writeHits},
	} {
		if read(c.key, c.into); err == nil && *c.into < 0 {
			err = fmt.Errorf("%s is %d", c.key, *c.into)
		}
	}
	read("total_energy", &s.energy)
	var latencies map[string]int64
	read("read_latency", &latencies)
	if err == nil {
		s.latency, err = latencyOf(latencies, s.reads)
	}
	return s, err
}

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
	p.add(float64(s.rf), "n_ref")
	p.add(float64(s.readHits+s.writeHits), "row_hits")
	p.add(s.energy*clockNS, "energy_pj")
	p.add(s.energy/float64(s.cycles), "power_mw")
	return p.list, p.err
}
