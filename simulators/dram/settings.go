package dram

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/address"
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
)

// trafficSettings choose the requests and what is measured; every simulator has them.
func trafficSettings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "workload", Doc: "trace to serve", Default: defaultWorkload, Allowed: workloadNames()},
		{Name: "trace", Doc: "trace file to serve, workload left out: .stl, .rstl, .trace, .trc or .csv, gzip or not; empty = none", Default: ""},
		{Name: "trace_format", Doc: "format of the trace file; auto = by its name", Default: trace.Auto.String(), Allowed: formatNames()},
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

// checkTogether reports settings of which one would silently be ignored. A setting spelled out at its default reads like one left out.
func checkTogether(s simulators.Settings) error {
	return errors.Join(
		exclude(s, "workload", defaultWorkload, "trace"),
		needs(s, "trace_format", s.String("trace_format") != trace.Auto.String(), "trace"),
		needs(s, "trace_gap", s.Int("trace_gap") != defaultGap, "trace"),
		powerOfTwo(s, "channels"), powerOfTwo(s, "ranks"),
	)
}

// exclude reports a file that is given beside the name that it replaces.
func exclude(s simulators.Settings, name, otherwise, file string) error {
	if s.String(file) == "" || s.String(name) == otherwise {
		return nil
	}
	return fmt.Errorf("settings %s = %q and %s = %q exclude each other: leave one of them out", name, s.String(name), file, s.String(file))
}

// needs reports a setting that means nothing without a file.
func needs(s simulators.Settings, name string, given bool, file string) error {
	if !given || s.String(file) != "" {
		return nil
	}
	return fmt.Errorf("setting %s = %v is only for a %s file: leave it out, or set %s", name, s.Map()[name], file, file)
}

func powerOfTwo(s simulators.Settings, name string) error {
	if n := s.Int(name); n&(n-1) != 0 {
		return fmt.Errorf("setting %s = %d is not a power of two", name, n)
	}
	return nil
}

// names are the names of policies.
func names[P fmt.Stringer](policies []P) (list []string) {
	for _, p := range policies {
		list = append(list, p.String())
	}
	return list
}

func formatNames() []string {
	return names([]trace.Format{trace.Auto, trace.DRAMSys, trace.DRAMSysRelative, trace.Ramulator, trace.DRAMsim3, trace.CSV})
}

func workloadNames() (list []string) {
	for _, w := range trace.Workloads() {
		list = append(list, w.Name)
	}
	return list
}

// mappings are the address maps by name.
func mappings() []string { return address.Presets() }

// Workloads lists the traces that the setting accepts.
func Workloads() (list []simulators.Workload) {
	for _, w := range trace.Workloads() {
		list = append(list, simulators.Workload{Name: w.Name, Setting: "dram, dram/…: workload", Doc: fmt.Sprintf("%s; %d requests", w.Doc, w.Requests)})
	}
	return list
}
