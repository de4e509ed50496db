package dram

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/trace"
	"github.com/codesign-gym/codesign/simulators"
)

// scenario is what the settings fix: shared by all evaluations, and read only.
type scenario struct {
	requests       []trace.Request
	maxOutstanding int
	base           dram.Config
	channels       int
	ranks          int
	origin         string // tells apart files that the settings only name, for the version
}

// newScenario resolves the settings that every simulator has.
func newScenario(s simulators.Settings) (*scenario, error) {
	if err := checkTogether(s); err != nil {
		return nil, err
	}
	sc := &scenario{channels: s.Int("channels"), ranks: s.Int("ranks")}
	work, err := sc.workload(s)
	if err != nil {
		return nil, err
	}
	if n := s.Int("requests"); n > 0 {
		work.Requests = n
	}
	if sc.requests, err = trace.Collect(work.Open()); err != nil {
		return nil, err
	}
	if len(sc.requests) == 0 {
		return nil, errors.New("the trace holds no request")
	}
	sc.maxOutstanding = work.MaxOutstanding
	if n := s.Int("max_outstanding"); n > 0 {
		sc.maxOutstanding = n
	}
	sc.base = dram.Default()
	sc.base.DRAMSys.EventOrder = choose(dramsys.EventOrders(), s.String("event_order"))
	sc.base.PowerModel = choose(dram.PowerModels(), s.String("power_model"))
	sc.base.FastExit, sc.base.PeakWindowNS = s.Bool("fast_exit"), s.Float("peak_window_ns")
	return sc, nil
}

// choose is the policy of a name that the settings have checked.
func choose[P fmt.Stringer](policies []P, name string) P {
	return policies[slices.IndexFunc(policies, func(p P) bool { return p.String() == name })]
}

// workload is the trace by name or, if the setting trace is not empty, of that file.
func (sc *scenario) workload(s simulators.Settings) (trace.Workload, error) {
	path := s.String("trace")
	if path == "" {
		return trace.Lookup(s.String("workload"))
	}
	source, origin, err := readFile("trace", path, maxTraceBytes)
	if err != nil {
		return trace.Workload{}, err
	}
	sc.origin += origin
	format := choose([]trace.Format{trace.Auto, trace.DRAMSys, trace.DRAMSysRelative, trace.Ramulator, trace.DRAMsim3, trace.CSV}, s.String("trace_format"))
	reader, err := trace.Open(path, bytes.NewReader(source), trace.Options{Format: format, GapCycles: int64(s.Int("trace_gap"))})
	if err != nil {
		return trace.Workload{}, err
	}
	limit := maxRequests
	if n := s.Int("requests"); n > 0 {
		limit = n
	}
	requests, err := trace.Collect(trace.Prefix(reader, limit+1))
	if err == nil && len(requests) > limit && limit == maxRequests {
		err = fmt.Errorf("trace %s holds more than %d requests: serve a prefix of it with the setting requests", path, maxRequests)
	}
	return trace.FromRequests(path, "", requests[:min(len(requests), limit)]), err
}

// Sizes that files may have.
const (
	maxTraceBytes = 1 << 30
	maxTableBytes = 1 << 20
)

// readFile reads a file of a setting. origin names its content.
func readFile(setting, path string, limit int64) (content []byte, origin string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", setting, err)
	}
	defer f.Close() // only read
	if info, err := f.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() > limit {
		return nil, "", errors.Join(err, fmt.Errorf("%s %s is not a regular file of at most %d bytes", setting, path, limit))
	}
	content, err = io.ReadAll(io.LimitReader(f, limit))
	if err != nil {
		return nil, "", fmt.Errorf("%s: %w", setting, err)
	}
	sum := sha256.Sum256(content)
	return content, "+" + setting + "." + hex.EncodeToString(sum[:6]), nil
}

// place makes the address map of a memory and checks that the trace fits into it.
func (sc *scenario) place(d *device.Device, mapping func(address.Geometry) (address.Spec, error)) (*address.Map, error) {
	g := address.Geometry{Channels: sc.channels, Ranks: sc.ranks, Device: d}
	spec, err := mapping(g)
	if err != nil {
		return nil, err
	}
	m, err := address.New(g, spec)
	if err != nil {
		return nil, err
	}
	for i, r := range sc.requests {
		if _, _, _, _, _, ok := m.Coordinates(r.Address); !ok {
			return nil, fmt.Errorf("request %d: address %#x lies past the memory of %d bytes", i+1, r.Address, g.CapacityBytes())
		}
	}
	return m, nil
}
