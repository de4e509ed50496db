package dram

import (
	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/ramulator"
	"github.com/codesign-gym/codesign/simulators"
)

const (
	fullDoc = "DRAM memory and controller: device, mapping, controller structure and all its policies."
	// memoryGroup owns what stands behind the controller.
	memoryGroup = "memory"
	lowPower    = "power"
	// fullBurstBytes is the size of a request, which all devices of the catalogue agree on.
	fullBurstBytes = 64
)

func fullVariant() variant {
	defects := simulators.Setting{Name: "defects", Doc: "peer = the structures dramsim3 and ramulator keep the mistakes of the simulators that they are named after",
		Default: "none", Allowed: []string{"none", "peer"}}
	return variant{
		simulators.Factory{Name: "dram/full", Doc: fullDoc + "\n" + about, Settings: append(trafficSettings(), defects), Fidelities: fidelities()},
		openFull,
	}
}

// openFull makes the simulator of all axes for its settings.
func openFull(s simulators.Settings) (*simulators.Built[design], error) {
	if err := checkTraffic(s); err != nil {
		return nil, err
	}
	sc, err := newScenario(s, fullBurstBytes)
	if err != nil {
		return nil, err
	}
	sc.base.DRAMsim3.Defects = s.String("defects") == "peer"
	sc.base.Ramulator.Defects = sc.base.DRAMsim3.Defects
	return build("dram/full", fullDoc, design{Config: sc.base, scenario: sc, places: sc.places()}, full())
}

// places makes the address maps of all memories that the axes can choose.
func (sc *scenario) places() map[place]placed {
	all := map[place]placed{}
	for _, d := range device.Catalogue() {
		for _, name := range address.Presets() {
			m, err := sc.place(d, func(g address.Geometry) (address.Spec, error) { return address.Preset(name, g) })
			all[place{d.Name, name}] = placed{m, err}
		}
	}
	return all
}

// full are all axes. Those of a structure are active only with it.
func full() []simulators.Field[design] {
	fields := []simulators.Field[design]{
		simulators.Choice("device", "one rank of chips", device.Names(), func(d *design) *string { return &d.device }).In(memoryGroup),
		simulators.Choice("mapping", "address map, from the highest bits to the lowest", address.Presets(), func(d *design) *string { return &d.mapping }).In(memoryGroup),
		simulators.Choice("structure", "how the controller is built, after the simulator that it equals", dram.Structures(), func(d *design) *dram.Structure { return &d.Structure }).In(scheduling),
	}
	return append(append(append(fields, fullDRAMSys()...), fullDRAMsim3()...), fullRamulator()...)
}

// fullDRAMSys are the ten knobs with all their policies, and the three that ArchGym keeps fixed.
func fullDRAMSys() (fields []simulators.Field[design]) {
	refreshing := []string{dramsys.AllBank.String(), dramsys.PerBank.String()}
	for _, f := range archgym(coarse()) {
		switch f.Param.Name {
		case "scheduler":
			f = simulators.Choice(f.Param.Name, f.Param.Doc, dramsys.Schedulers(), func(d *design) *dramsys.Scheduler { return &d.DRAMSys.Scheduler }).In(scheduling)
		case "refresh_policy":
			f = simulators.Choice(f.Param.Name, f.Param.Doc, dramsys.RefreshPolicies(), func(d *design) *dramsys.RefreshPolicy { return &d.DRAMSys.RefreshPolicy }).In(refresh)
		case "request_buffer_size":
			f = simulators.Int(f.Param.Name, f.Param.Unit, f.Param.Doc, powersUpTo(128), func(d *design) *int { return &d.DRAMSys.RequestBufferSize }).Log().In(buffering)
		case "refresh_max_postponed", "refresh_max_pulled_in":
			f.Param.When = nil
			f = f.When("refresh_policy", refreshing...)
		}
		fields = append(fields, f.When("structure", dram.DRAMSys.String()))
	}
	more := []simulators.Field[design]{
		simulators.Int("write_high_watermark", "requests", "waiting writes above which they are served", []int{4, 8, 16, 32},
			func(d *design) *int { return &d.DRAMSys.HighWatermark }).Log().In(scheduling).When("scheduler", dramsys.GrpFrFcfsWm.String()),
		simulators.Int("write_low_watermark", "requests", "waiting writes at which waiting reads are served again", []int{0, 1, 2, 3},
			func(d *design) *int { return &d.DRAMSys.LowWatermark }).In(scheduling).When("scheduler", dramsys.GrpFrFcfsWm.String()),
		simulators.Choice("cmd_mux", "which bank's command issues: the one that is over first, or column commands in order", dramsys.CmdMuxes(),
			func(d *design) *dramsys.CmdMux { return &d.DRAMSys.CmdMux }).In(scheduling),
		simulators.Choice("power_down", "what an idle rank does", dramsys.PowerDowns(), func(d *design) *dramsys.PowerDown { return &d.DRAMSys.PowerDown }).In(lowPower),
	}
	for _, f := range more {
		fields = append(fields, f.When("structure", dram.DRAMSys.String()))
	}
	return fields
}

func fullDRAMsim3() (fields []simulators.Field[design]) {
	for _, f := range []simulators.Field[design]{
		simulators.Choice("dramsim3_page_policy", "whether a row stays open after an access", dramsim3.PagePolicies(),
			func(d *design) *dramsim3.PagePolicy { return &d.DRAMsim3.PagePolicy }).In(page),
		simulators.Choice("queue_per", "what has a command queue of its own", dramsim3.QueuePers(), func(d *design) *dramsim3.QueuePer { return &d.DRAMsim3.QueuePer }).In(buffering),
		simulators.Choice("unified", "reads and writes share one transaction queue", []bool{false, true}, func(d *design) *bool { return &d.DRAMsim3.Unified }).In(buffering),
		simulators.Int("transaction_queue_size", "requests", "entries of the transaction queues", []int{1, 2, 4, 8, 16, 32, 64},
			func(d *design) *int { return &d.DRAMsim3.TransactionQueueSize }).Log().In(buffering),
		simulators.Int("command_queue_size", "requests", "entries of each command queue", []int{1, 2, 4, 8, 16, 32},
			func(d *design) *int { return &d.DRAMsim3.CommandQueueSize }).Log().In(buffering),
		simulators.Int("row_hit_cap", "accesses", "accesses to an open row after which a request to another row may close it", []int{1, 2, 4, 8, 16},
			func(d *design) *int { return &d.DRAMsim3.RowHitCap }).Log().In(page),
		simulators.Choice("dramsim3_refresh", "how the ranks are refreshed", dramsim3.RefreshPolicies(), func(d *design) *dramsim3.RefreshPolicy { return &d.DRAMsim3.RefreshPolicy }).In(refresh),
	} {
		fields = append(fields, f.When("structure", dram.DRAMsim3.String()))
	}
	return fields
}

func fullRamulator() (fields []simulators.Field[design]) {
	for _, f := range []simulators.Field[design]{
		simulators.Choice("ramulator_scheduler", "whether a row with an older hit may be closed", ramulator.Schedulers(),
			func(d *design) *ramulator.Scheduler { return &d.Ramulator.Scheduler }).In(scheduling),
		simulators.Choice("row_policy", "whether a row stays open, or is closed after a number of accesses", ramulator.RowPolicies(),
			func(d *design) *ramulator.RowPolicy { return &d.Ramulator.RowPolicy }).In(page),
		simulators.Int("row_cap", "accesses", "accesses after which the row is closed", []int{1, 2, 4, 8, 16},
			func(d *design) *int { return &d.Ramulator.Cap }).Log().In(page).When("row_policy", ramulator.ClosedCap.String()),
		simulators.Int("read_buffer_size", "requests", "entries of the read buffer", []int{4, 8, 16, 32, 64, 128},
			func(d *design) *int { return &d.Ramulator.ReadBufferSize }).Log().In(buffering),
		simulators.Int("write_buffer_size", "requests", "entries of the write buffer", []int{4, 8, 16, 32, 64, 128},
			func(d *design) *int { return &d.Ramulator.WriteBufferSize }).Log().In(buffering),
		simulators.Float("high_watermark", "frac", "share of the write buffer above which writes are drained", []float64{0.5, 0.6, 0.7, 0.8, 0.9},
			func(d *design) *float64 { return &d.Ramulator.HighWatermarkFrac }).In(buffering),
		simulators.Float("low_watermark", "frac", "share of the write buffer below which the drain ends", []float64{0.1, 0.2, 0.3, 0.4},
			func(d *design) *float64 { return &d.Ramulator.LowWatermarkFrac }).In(buffering),
		simulators.Choice("ramulator_refresh", "what is refreshed at a time", ramulator.RefreshPolicies(), func(d *design) *ramulator.RefreshPolicy { return &d.Ramulator.Refresh }).In(refresh),
	} {
		fields = append(fields, f.When("structure", dram.Ramulator.String()))
	}
	return fields
}
