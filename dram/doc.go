// Package dram simulates DRAM memory controllers and the devices behind them, command by command: cycles, latencies, energy and power of a stream
// of requests. Simulate is the front; it is a pure function of a configuration and the requests.
//
//	trace ─ requests ─> controller ─ commands ─> device rules, power meters ─> counts ─> Stats
//	          address     dramsys, dramsim3,       memory, device, power
//	                      ramulator
//
// # Where things are
//
//	dram/trace      requests: formulas, synthetic workloads, readers of trace files
//	dram/address    which address bits choose channel, rank, bank group, bank, row and column
//	dram/device     devices: geometry, delays, currents; the minimal distance between any two commands
//	dram/memory     a channel as a controller sees it: open rows, "not before" registers, statistics, latencies
//	dram/power      DRAMPower 4 and 5.1: what commands and states cost
//	dram/dramsys    controller: a bank machine for every bank, one buffer, a command multiplexer (DRAMSys)
//	dram/dramsim3   controller: transaction queues, command queues served round robin (DRAMsim3)
//	dram/ramulator  controller: read, write and active lists with drain watermarks (Ramulator)
//	dram/jedec      the rules once more in another form, to check command traces with
//	dram/golden     measured runs of the three simulators, compared
//
// Each states its rules in its package documentation; what differs from the simulators is numbered in DEVIATIONS.md.
//
// # Units
//
// Time is counted in command clocks and called Cycles; a clock lasts ClockNS = 1000 / ClockMHz. Energy is in pJ and that of all ranks of all
// channels, all chips included; pJ per ns is mW.
//
//	TimeNS        = TotalCycles · ClockNS
//	EnergyPJ      = sum of the components of Energy, each V · I · ClockNS · clocks or per command (package power)
//	PowerMW       = EnergyPJ / TimeNS
//	BandwidthGBps = requests · bytes of a burst / TimeNS
//	PeakPowerMW   = sum over the ranks of the largest mean power of a window of PeakWindowNS: a bound if there are several ranks
//
// A request is one burst: 64 bytes on every device of the catalogue. Energy is metered from clock 0 to the end of the last command's work, as
// DRAMPower does (package power: the write recovery of a last WR, say), which may lie some clocks before or after the last response, where
// TimeNS ends.
//
// # Latencies
//
// Of reads and of writes, from three marks to the clock in which the source has the response: Arrival (the clock of the trace, so all
// back-pressure counts), Request (the request is offered to the controller) and Accepted. Package memory and the controllers say which clocks
// these are.
//
// # Profiles
//
// DRAMSys' controller runs in one of two event orders. In the simple one, the default, the controller acts first in a clock, then the arbiter,
// then the source; a fast path serves most configurations there and is held to the event model by tests. The peer order is that of DRAMSys'
// own event queue, for exactness. DRAMsim3's and Ramulator's controllers obey the device's rules and always come to an end; with Defects they keep the
// mistakes of the simulators, for exactness again.
//
// # Accuracy
//
//	codesign validate dram drampower
//
// compares 1,142 measured runs: all equal, those of DRAMSys in peer order; in simple order 529 of its 539 stay within cycles 0.1 %, mean read latency 1 %
// and energy 0.5 %. It holds the commands of all of them, run without defects, against dram/jedec: none breaks a rule. Two rows are runs in which DRAMsim3 stopped making progress; there the watchdog reports it. Nothing was measured on
// DDR5, LPDDR5, HBM2, GDDR6, on several ranks or several channels: these follow the standards' rules and dram/jedec.
//
// # What is not modelled
//
// Data-dependent energy, I/O and termination; refresh management, same-bank and pair refresh; masked writes; temperature; errors and their
// correction. The lists of the packages device and power are complete.
//
// # Sources
//
// L. Steiner et al., "DRAMSys4.0: An Open-Source Simulation Framework for In-depth DRAM Analyses", IJPP 50, 2022 (release 5.0, 8e021ead);
// S. Li et al., "DRAMsim3", IEEE CAL 19(2), 2020 (29817593); H. Luo et al., "Ramulator 2.0", IEEE CAL 23(1), 2024 (2.1, c5b1c3a4);
// K. Chandrasekar et al., DRAMPower (9e64a1b and 5.1). The ten knobs of the simulator "dram": S. Krishnan et al., "ArchGym", ISCA 2023.
package dram
