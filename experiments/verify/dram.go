package verify

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/simulators"
	simdram "github.com/codesign-gym/codesign/simulators/dram"
)

// memoryDesign is a DRAM design for a tool: what it simulates, and what it was found to be.
type memoryDesign struct {
	simdram.Setup
	device   *device.Device
	channels int
	metrics  map[string]float64
	spec     simulators.Spec
}

// openMemory spells a DRAM design out. inexpressible says why no tool can take it.
func openMemory(d Design) (m memoryDesign, inexpressible string, err error) {
	if d.Simulator != "dram" && !strings.HasPrefix(d.Simulator, "dram/") {
		return memoryDesign{}, d.Simulator + " is no DRAM simulator", nil
	}
	spec, setup, err := simdram.Setups(d.Simulator, d.Settings)
	if err != nil {
		return memoryDesign{}, "", err
	}
	if spec.Version != d.Version {
		return memoryDesign{}, otherVersion(d, spec), nil
	}
	p, err := spec.Space.Point(d.Axes)
	if err != nil {
		return memoryDesign{}, "", err
	}
	m = memoryDesign{metrics: d.Metrics, spec: spec}
	if m.Setup, err = setup(p); err != nil {
		return memoryDesign{}, "the design is infeasible: " + err.Error(), nil
	}
	m.device, m.channels = m.Map.Geometry().Device, m.Map.Geometry().Channels
	if ranks := m.Map.Geometry().Ranks; ranks != 1 {
		return memoryDesign{}, fmt.Sprintf("%d ranks: the adapters describe one rank of each channel", ranks), nil
	}
	return m, "", nil
}

// otherVersion says that a design's figures are not those of this program.
func otherVersion(d Design, spec simulators.Spec) string {
	return fmt.Sprintf("its figures are of version %s of %s, this program has version %s: run the experiment again", d.Version, d.Simulator, spec.Version)
}

// reach moves requests that come before a clock to it, and evaluates the design on them where there are any.
func (m *memoryDesign) reach(first int64) error {
	if len(m.Requests) == 0 || m.Requests[0].Cycle >= first {
		return nil
	}
	m.Requests = slices.Clone(m.Requests)
	for i, r := range m.Requests {
		m.Requests[i].Cycle = max(r.Cycle, first)
	}
	r := m.Evaluate(m.Requests)
	if r.Values == nil {
		return errors.New(r.Infeasible)
	}
	m.metrics = map[string]float64{}
	for i, key := range m.spec.Keys() {
		m.metrics[key] = r.Values[i]
	}
	return nil
}

// pairs collects figures of the tool beside ours.
type pairs struct {
	m    *memoryDesign
	list []report.Reading
	err  error
}

// add pairs a figure of the tool with the sum of ours under these keys.
func (p *pairs) add(theirs float64, keys ...string) {
	r := report.Reading{Metric: strings.Join(keys, "+"), Theirs: theirs}
	for _, key := range keys {
		ours, known := p.m.metrics[key]
		at := slices.Index(p.m.spec.Keys(), key)
		if !known || at < 0 {
			p.err = fmt.Errorf("the design has no metric %q", key)
			return
		}
		r.Unit = p.m.spec.Metrics[at].Unit
		r.Ours += ours
	}
	p.list = append(p.list, r)
}

// quantiles pairs the quantiles of the latency of the reads, from acceptance.
func (p *pairs) quantiles(l memory.Latency) {
	clockNS := p.m.device.ClockNS()
	p.add(l.P50Cycles*clockNS, "read_accepted_p50_ns")
	p.add(l.P95Cycles*clockNS, "read_accepted_p95_ns")
	p.add(l.P99Cycles*clockNS, "read_accepted_p99_ns")
}

// maxReads is more than any trace has that our simulators serve.
const maxReads = 1 << 24

// latencyOf sums up the latencies of so many reads, given as reads by clocks: by our own rule, which counts long ones in classes.
func latencyOf(counts map[string]int64, reads int64) (memory.Latency, error) {
	if reads < 0 || reads > maxReads {
		return memory.Latency{}, fmt.Errorf("%d reads, want at most %d", reads, maxReads)
	}
	var h memory.Histogram
	left := reads
	for text, n := range counts {
		clocks, err := strconv.ParseInt(text, 10, 32)
		if err != nil || clocks < 0 || n < 0 || n > left {
			return memory.Latency{}, fmt.Errorf("read latencies: %d reads of %q clocks", n, text)
		}
		left -= n
		for range n {
			h.Add(clocks)
		}
	}
	if left > 0 {
		return memory.Latency{}, fmt.Errorf("read latencies of %d reads, want %d", reads-left, reads)
	}
	return h.Latency(), nil
}

// place is where a request goes, with the bank split into its group and its number there.
type place struct {
	trace.Request
	channel, group, bank, row, column int
}

// places are the requests decoded by our own address map, so that the tool need not know it.
func (m *memoryDesign) places() ([]place, error) {
	list := make([]place, len(m.Requests))
	for i, r := range m.Requests {
		at, ok := m.Map.Decode(r.Address)
		if !ok {
			return nil, fmt.Errorf("request %d: address %#x is past the memory", i+1, r.Address)
		}
		per := m.device.BanksPerGroup
		list[i] = place{r, int(at.Channel), int(at.Bank) / per, int(at.Bank) % per, int(at.Row), int(at.Column)}
	}
	return list, nil
}

// mapsDRAMSys lists what keeps a design of the structure dramsys from having a like in a tool with FR-FCFS queues only.
func mapsDRAMSys(c dramsys.Config) (unfit []string) {
	no := func(unlike bool, axis string, value fmt.Stringer) {
		if unlike {
			unfit = append(unfit, fmt.Sprintf("%s = %s", axis, value))
		}
	}
	no(c.Scheduler != dramsys.FrFcfs, "scheduler", c.Scheduler)
	no(c.RespQueue != dramsys.RespFifo, "respqueue", c.RespQueue)
	if c.RefreshPolicy != dramsys.NoRefresh {
		unfit = append(unfit, fmt.Sprintf("refresh_policy = %s whose refreshes are postponed and pulled in", c.RefreshPolicy))
	}
	no(c.Arbiter != dramsys.ArbiterSimple, "arbiter", c.Arbiter)
	no(c.CmdMux != dramsys.Oldest, "cmd_mux", c.CmdMux)
	no(c.PowerDown != dramsys.NoPowerDown, "power_down", c.PowerDown)
	return unfit
}

// noLike words why a tool cannot express the policies.
func noLike(title string, unfit []string) string {
	return fmt.Sprintf("%s has nothing like %s", title, strings.Join(unfit, ", "))
}

// otherStructure says that a structure is another tool's.
func otherStructure(title string, s dram.Structure) string {
	return fmt.Sprintf("structure = %s is built otherwise than %s", s, title)
}
