package dram

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/trace"
	"github.com/codesign-gym/codesign/simulators"
)

// Defaults that the settings and the rules between them share. The device is ArchGym's.
const (
	defaultWorkload = "cloud-1"
	defaultDevice   = "ddr3-1600-1gb-x8"
	defaultMapping  = "row-bank-column"
	defaultGap      = 1
)

// Limits of the settings.
const (
	maxRequests    = 10_000_000
	maxChannels    = 16
	maxRanks       = 8
	maxOutstanding = 1 << 16
	maxTraceBytes  = 1 << 30
)

// trafficSettings choose the requests and what is measured; every simulator has them.
func trafficSettings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "workload", Doc: "trace to serve", Default: defaultWorkload, Allowed: workloadNames()},
		{Name: "trace", Doc: "trace file to serve, workload left out: .stl, .rstl, .trace, .trc or .csv, gzip or not; empty = none", Default: ""},
		{Name: "trace_format", Doc: "format of the trace file; auto = by its name", Default: trace.Auto.String(), Allowed: names(formats())},
		{Name: "trace_gap", Unit: "cycles", Doc: "clocks between two requests of a trace file whose format has no clocks", Default: defaultGap, Min: 1, Max: 1 << 20},
		{Name: "requests", Unit: "requests", Doc: "how many to serve: a prefix of the trace; 0 = all of it", Default: 0, Min: 0, Max: maxRequests},
		{Name: "max_outstanding", Unit: "requests", Doc: "requests of one direction that may wait for their response; 0 = the workload's own limit", Default: 0, Min: 0, Max: maxOutstanding},
		{Name: "channels", Doc: "channels of the memory: 1, 2, 4, 8 or 16", Default: 1, Min: 1, Max: maxChannels},
		{Name: "ranks", Doc: "ranks of each channel: 1, 2, 4 or 8", Default: 1, Min: 1, Max: maxRanks},
		{Name: "event_order", Doc: "who acts first in a clock: simple = controller, arbiter, source; peer = DRAMSys' event queue, slower", Default: dramsys.Simple.String(), Allowed: names(dramsys.EventOrders())},
		{Name: "power_model", Doc: "how commands become energy: per rank, or per bank with all supply rails", Default: dram.DRAMPower4.String(), Allowed: names(dram.PowerModels())},
		{Name: "fast_exit", Doc: "power-down keeps the DLL on: more current", Default: false},
		{Name: "peak_window_ns", Unit: "ns", Doc: "span over which the peak power is averaged", Default: 1000.0, Min: 10, Max: 1e9},
	}
}

// memorySettings choose the one memory of the simulators in which it is not searched.
func memorySettings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "device", Doc: "one rank of chips", Default: defaultDevice, Allowed: device.Names()},
		{Name: "device_file", Doc: "TOML file with a device of your own, device left out; empty = none", Default: ""},
		{Name: "mapping", Doc: "address map, from the highest bits to the lowest, or an order like rorabgbacoch", Default: defaultMapping},
		{Name: "mapping_file", Doc: "TOML file with the address bits of each field, mapping left out; empty = none", Default: ""},
	}
}

// checkTraffic reports settings of which one would silently be ignored. A setting spelled out at its default reads like one left out.
func checkTraffic(s simulators.Settings) error {
	return errors.Join(
		exclude(s, "workload", defaultWorkload, "trace"),
		needsTrace(s, "trace_format", s.String("trace_format") != trace.Auto.String()),
		needsTrace(s, "trace_gap", s.Int("trace_gap") != defaultGap),
		gapHasMeaning(s),
		powerOfTwo(s, "channels", maxChannels), powerOfTwo(s, "ranks", maxRanks),
	)
}

// checkMemory is checkTraffic for the settings of the memory.
func checkMemory(s simulators.Settings) error {
	return errors.Join(exclude(s, "device", defaultDevice, "device_file"), exclude(s, "mapping", defaultMapping, "mapping_file"))
}

// exclude reports a file that is given beside the name that it replaces.
func exclude(s simulators.Settings, name, otherwise, file string) error {
	if s.String(file) == "" || s.String(name) == otherwise {
		return nil
	}
	return fmt.Errorf("settings %s = %q and %s = %q exclude each other: leave one of them out", name, s.String(name), file, s.String(file))
}

// needsTrace reports a setting that means nothing without a trace file.
func needsTrace(s simulators.Settings, name string, given bool) error {
	if !given || s.String("trace") != "" {
		return nil
	}
	return fmt.Errorf("setting %s = %v is only for a trace file: leave it out, or set trace", name, s.Map()[name])
}

// gapHasMeaning reports a gap between requests that have clocks of their own.
func gapHasMeaning(s simulators.Settings) error {
	path, gap := s.String("trace"), s.Int("trace_gap")
	if path == "" || gap == defaultGap {
		return nil
	}
	format := choose(formats(), s.String("trace_format"))
	if format == trace.Auto {
		format, _ = trace.Detect(path) // an unknown ending is reported when the file is opened
	}
	if format == trace.Auto || format == trace.Ramulator {
		return nil
	}
	return fmt.Errorf("setting trace_gap = %d is only for a trace file without clocks: those of the format %s have them; leave it out", gap, format)
}

// powerOfTwo reports a number that is in its range and no power of two.
func powerOfTwo(s simulators.Settings, name string, most int) error {
	n := s.Int(name)
	if n&(n-1) == 0 {
		return nil
	}
	return fmt.Errorf("setting %s = %d is not one of %v", name, n, powersUpTo(most))
}

// names are the names of policies.
func names[P fmt.Stringer](policies []P) (list []string) {
	for _, p := range policies {
		list = append(list, p.String())
	}
	return list
}

func workloadNames() (list []string) {
	for _, w := range trace.Workloads() {
		list = append(list, w.Name)
	}
	return list
}

// Workloads lists the traces that the setting accepts.
func Workloads() (list []simulators.Workload) {
	for _, w := range trace.Workloads() {
		list = append(list, simulators.Workload{Name: w.Name, Setting: "dram: workload", Doc: fmt.Sprintf("%s; %d requests", w.Doc, w.Requests)})
	}
	return list
}
