package dram

import (
	"errors"
	"fmt"
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
	highest        int // index of the request with the highest address
	maxOutstanding int
	base           dram.Config
	channels       int
	ranks          int
	origin         string // tells apart files that the settings only name, for the version
}

// newScenario resolves the settings that every simulator has. The requests are of so many bytes.
func newScenario(s simulators.Settings, burstBytes int) (*scenario, error) {
	sc := &scenario{channels: s.Int("channels"), ranks: s.Int("ranks"), base: dram.Default()}
	if err := sc.readRequests(s, burstBytes); err != nil {
		return nil, err
	}
	for i, r := range sc.requests {
		if r.Address > sc.requests[sc.highest].Address {
			sc.highest = i
		}
	}
	if n := s.Int("max_outstanding"); n > 0 {
		sc.maxOutstanding = n
	}
	sc.base.DRAMSys.EventOrder = choose(dramsys.EventOrders(), s.String("event_order"))
	sc.base.PowerModel = choose(dram.PowerModels(), s.String("power_model"))
	sc.base.FastExit, sc.base.PeakWindowNS = s.Bool("fast_exit"), s.Float("peak_window_ns")
	return sc, nil
}

// choose is the policy of a name that the settings have checked.
func choose[P fmt.Stringer](policies []P, name string) P {
	return policies[slices.IndexFunc(policies, func(p P) bool { return p.String() == name })]
}

// mapping chooses the address bits of a memory.
type mapping func(address.Geometry) (address.Spec, error)

// place makes the address map of a memory and checks that the trace fits into it. The size of a memory is a power of two, so it has no holes:
// the highest address is enough.
func (sc *scenario) place(d *device.Device, bits mapping) (*address.Map, error) {
	g := address.Geometry{Channels: sc.channels, Ranks: sc.ranks, Device: d}
	spec, err := bits(g)
	if err != nil {
		return nil, err
	}
	m, err := address.New(g, spec)
	if err != nil {
		return nil, err
	}
	if a := sc.requests[sc.highest].Address; a >= uint64(g.CapacityBytes()) {
		return nil, fmt.Errorf("the trace does not fit into the memory: request %d has the address %#x, those of %s × %s × %s are 0 to %#x",
			sc.highest+1, a, count(g.Channels, "channel"), count(g.Ranks, "rank"), d.Name, g.CapacityBytes()-1)
	}
	return m, nil
}

func count(n int, of string) string {
	if n == 1 {
		return "1 " + of
	}
	return fmt.Sprintf("%d %ss", n, of)
}

// fixMemory resolves the settings of the simulators in which the memory is not searched.
func fixMemory(s simulators.Settings) (*scenario, error) {
	if err := errors.Join(checkTraffic(s), checkMemory(s)); err != nil {
		return nil, err
	}
	d, deviceOrigin, err := fixedDevice(s)
	if err != nil {
		return nil, err
	}
	bits, mappingOrigin, err := fixedMapping(s)
	if err != nil {
		return nil, err
	}
	sc, err := newScenario(s, d.BurstBytes())
	if err != nil {
		return nil, err
	}
	sc.origin += deviceOrigin + mappingOrigin
	sc.base.Map, err = sc.place(d, bits)
	return sc, err
}
