package dram

import (
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/power"
	"github.com/codesign-gym/codesign/simulators"
)

// reading is one metric with where it is found in the statistics.
type reading struct {
	simulators.Metric
	of func(*dram.Stats) float64
}

// metricsOf lists what evaluate returns, in its order.
func metricsOf(measured []reading) []simulators.Metric {
	list := make([]simulators.Metric, len(measured))
	for i, r := range measured {
		list[i] = r.Metric
	}
	return list
}

// readings lists the metrics of every DRAM simulator.
func readings() []reading {
	list := []reading{
		{simulators.Metric{Name: "time", Unit: "ns", Doc: "from clock 0 to the last response: what ArchGym calls latency"}, func(s *dram.Stats) float64 { return s.TimeNS }},
		{simulators.Metric{Name: "time", Unit: "cycles", Doc: "time_ns in command clocks"}, func(s *dram.Stats) float64 { return float64(s.TotalCycles) }},
		{simulators.Metric{Name: "energy", Unit: "pJ", Doc: "whole memory: the sum of the energy_… parts"}, func(s *dram.Stats) float64 { return s.EnergyPJ }},
		{simulators.Metric{Name: "power", Unit: "mW", Doc: "energy over time"}, func(s *dram.Stats) float64 { return s.PowerMW }},
		{simulators.Metric{Name: "peak_power", Unit: "mW", Doc: "largest mean power of a window of peak_window_ns, over the ranks together as if their peaks met"},
			func(s *dram.Stats) float64 { return s.PeakPowerMW }},
		{simulators.Metric{Name: "bandwidth", Unit: "GB/s", Doc: "data moved over time"}, func(s *dram.Stats) float64 { return s.BandwidthGBps }},
		{simulators.Metric{Name: "latency", Unit: "ns", Doc: "mean read latency from the clock in the trace to the response: back-pressure counts"},
			func(s *dram.Stats) float64 { return s.ReadLatency.Arrival.MeanCycles * s.ClockNS }},
	}
	list = append(list, latencies("read", func(s *dram.Stats) *memory.LatencySummary { return &s.ReadLatency })...)
	list = append(list, latencies("write", func(s *dram.Stats) *memory.LatencySummary { return &s.WriteLatency })...)
	list = append(list,
		reading{simulators.Metric{Name: "row_hits", Doc: "column commands to a row that was open already"}, func(s *dram.Stats) float64 { return float64(s.RowHits) }},
		reading{simulators.Metric{Name: "row_misses", Doc: "column commands that opened a row of a closed bank"}, func(s *dram.Stats) float64 { return float64(s.RowMisses) }},
		reading{simulators.Metric{Name: "row_conflicts", Doc: "column commands that closed another row first"}, func(s *dram.Stats) float64 { return float64(s.RowConflicts) }},
		reading{simulators.Metric{Name: "queue_mean", Unit: "requests", Doc: "requests that the controller holds, averaged over the time"}, func(s *dram.Stats) float64 { return s.QueueMean }},
		reading{simulators.Metric{Name: "queue_max", Unit: "requests", Doc: "the most of them at a time"}, func(s *dram.Stats) float64 { return float64(s.QueueMax) }},
	)
	return append(append(list, commands()...), energies()...)
}

// latencies are the quantiles of each definition of the latency of one direction.
func latencies(direction string, of func(*dram.Stats) *memory.LatencySummary) (list []reading) {
	for _, mark := range []struct {
		name, doc string
		of        func(*memory.LatencySummary) *memory.Latency
	}{
		{"arrival", "from the clock in the trace to the response", func(l *memory.LatencySummary) *memory.Latency { return &l.Arrival }},
		{"request", "from the request at the controller's side to the response", func(l *memory.LatencySummary) *memory.Latency { return &l.Request }},
		{"accepted", "from the acceptance to the response", func(l *memory.LatencySummary) *memory.Latency { return &l.Accepted }},
	} {
		for _, q := range []struct {
			name, doc string
			of        func(*memory.Latency) float64
		}{
			{"mean", "mean", func(l *memory.Latency) float64 { return l.MeanCycles }},
			{"p50", "median", func(l *memory.Latency) float64 { return l.P50Cycles }},
			{"p95", "95th percentile", func(l *memory.Latency) float64 { return l.P95Cycles }},
			{"p99", "99th percentile", func(l *memory.Latency) float64 { return l.P99Cycles }},
		} {
			if direction+mark.name+q.name == "readarrivalmean" {
				continue // it is the latency
			}
			list = append(list, reading{
				simulators.Metric{Name: fmt.Sprintf("%s_%s_%s", direction, mark.name, q.name), Unit: "ns", Doc: fmt.Sprintf("%s %s latency, %s", q.doc, direction, mark.doc)},
				func(s *dram.Stats) float64 { return q.of(mark.of(of(s))) * s.ClockNS },
			})
		}
	}
	return list
}

// commands counts the commands by kind.
func commands() (list []reading) {
	for c := range device.Command(device.Commands) {
		list = append(list, reading{
			simulators.Metric{Name: "n_" + strings.ToLower(c.String()), Doc: c.String() + " commands"},
			func(s *dram.Stats) float64 { return float64(s.Commands[c]) },
		})
	}
	return list
}

// energies are the components of the energy.
func energies() (list []reading) {
	for _, e := range []struct {
		name, doc string
		of        func(*power.Energy) float64
	}{
		{"activate", "opening rows", func(e *power.Energy) float64 { return e.ActivatePJ }},
		{"precharge", "closing rows", func(e *power.Energy) float64 { return e.PrechargePJ }},
		{"read", "read bursts", func(e *power.Energy) float64 { return e.ReadPJ }},
		{"write", "write bursts", func(e *power.Energy) float64 { return e.WritePJ }},
		{"refresh", "refreshes of all banks and of single banks", func(e *power.Energy) float64 { return e.RefreshPJ + e.BankRefreshPJ }},
		{"active_standby", "time with a row open", func(e *power.Energy) float64 { return e.ActiveStandbyPJ + e.BankActiveStandbyPJ }},
		{"precharged_standby", "time with all rows closed", func(e *power.Energy) float64 { return e.PrechargedStandbyPJ }},
		{"power_down", "time in power-down", func(e *power.Energy) float64 {
			return e.FastActivePowerDownPJ + e.FastPrechargedPowerDownPJ + e.SlowActivePowerDownPJ + e.SlowPrechargedPowerDownPJ
		}},
		{"self_refresh", "self refresh, with the refresh that it begins with", func(e *power.Energy) float64 {
			return e.SelfRefreshPJ + e.SelfRefreshStandbyPJ + e.PowerUpStandbyPJ
		}},
	} {
		list = append(list, reading{
			simulators.Metric{Name: "energy_" + e.name, Unit: "pJ", Doc: e.doc},
			func(s *dram.Stats) float64 { return e.of(&s.Energy) },
		})
	}
	return list
}
