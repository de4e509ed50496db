package verify

import (
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strconv"
)

// dramsim3Stats are the figures that the tool prints of its only channel.
type dramsim3Stats struct {
	cycles, reads, writes                       int64
	activates, precharges, reading, writing, rf int64 // commands; with auto-precharge or without
	readHits, writeHits                         int64
	energy                                      float64 // V·mA·clocks: the clock period is left out
	latencies                                   map[int64]int64
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
	var byText map[string]int64
	read("read_latency", &byText)
	s.latencies = map[int64]int64{}
	var counted int64
	for clocks, n := range byText {
		v, wrong := strconv.ParseInt(clocks, 10, 32)
		if wrong != nil || v < 0 || n < 0 || n > s.reads {
			return s, fmt.Errorf("read_latency: %d reads of %q clocks", n, clocks)
		}
		s.latencies[v] += n
		counted += n
	}
	if err == nil && counted != s.reads {
		err = fmt.Errorf("read_latency counts %d reads of %d", counted, s.reads)
	}
	return s, err
}

// mean is the mean read latency in clocks.
func (s dramsim3Stats) mean() float64 {
	var sum int64
	for v, n := range s.latencies {
		sum += v * n
	}
	return float64(sum) / float64(s.reads)
}

// quantile is the smallest read latency that at least the fraction q of the reads do not exceed.
func (s dramsim3Stats) quantile(q float64) float64 {
	var seen int64
	for _, v := range slices.Sorted(maps.Keys(s.latencies)) {
		if seen += s.latencies[v]; float64(seen) >= q*float64(s.reads) {
			return float64(v)
		}
	}
	return 0
}

// readings pair the tool's figures with ours. Latencies count from acceptance: the tool does not keep the trace's clocks.
func (s dramsim3Stats) readings(m *memory) ([]Reading, error) {
	p := pairs{m: m}
	clockNS := m.device.ClockNS()
	timeNS := float64(s.cycles) * clockNS
	p.add(float64(s.cycles), "time_cycles")
	p.add(timeNS, "time_ns")
	p.add(float64(s.answered())*float64(m.device.BurstBytes())/timeNS, "bandwidth_gb_per_s")
	if s.reads > 0 {
		p.add(s.mean()*clockNS, "read_accepted_mean_ns")
		p.add(s.quantile(0.50)*clockNS, "read_accepted_p50_ns")
		p.add(s.quantile(0.95)*clockNS, "read_accepted_p95_ns")
		p.add(s.quantile(0.99)*clockNS, "read_accepted_p99_ns")
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
