package golden

import (
	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/device"
)

// class says how a column is compared.
type class uint8

const (
	exact   class = iota // a count, equal
	printed              // equal to the printed digits
	energy               // so, or to RelativeTolerance
	rounded              // so, or to RoundedTolerance
)

// column is a measured quantity: its name in the tables and where the model has it.
type column struct {
	name string
	class
	of func(*dram.Stats) float64
}

// barFrac is how far a column may be in the simple event order; ok is false for the columns that the bar says nothing about.
func (c column) barFrac() (frac float64, ok bool) {
	switch c.name {
	case "total_cycles":
		return SimpleCyclesFrac, true
	case "rd_lat_req_cyc":
		return SimpleLatencyFrac, true
	case "e_total_pJ":
		return SimpleEnergyFrac, true
	}
	return 0, false
}

// count is the column of some commands.
func count(name string, commands ...device.Command) column {
	return column{name, exact, func(s *dram.Stats) float64 {
		var n int64
		for _, c := range commands {
			n += s.Commands[c]
		}
		return float64(n)
	}}
}

// columns lists what is compared of a peer's rows.
func columns(peer string) []column {
	list := []column{
		{"total_cycles", exact, func(s *dram.Stats) float64 { return float64(s.TotalCycles) }},
		{"rd_lat_arr_cyc", printed, func(s *dram.Stats) float64 { return s.ReadLatency.Arrival.MeanCycles }},
	}
	switch peer {
	case peerDRAMSys:
		return append(append(list, dramsysColumns()...), powerColumns()...)
	case peerDRAMsim3:
		return append(list, dramsim3Columns()...)
	}
	return append(list, ramulatorColumns()...)
}

func dramsysColumns() []column {
	return []column{
		{"rd_lat_req_cyc", printed, func(s *dram.Stats) float64 { return s.ReadLatency.Request.MeanCycles }},
		{"rd_lat_endreq_cyc", printed, func(s *dram.Stats) float64 { return s.ReadLatency.Accepted.MeanCycles }},
		{"wr_lat_req_cyc", printed, func(s *dram.Stats) float64 { return s.WriteLatency.Request.MeanCycles }},
		{"rd_lat_max_cyc", exact, func(s *dram.Stats) float64 { return float64(s.ReadLatency.Request.MaxCycles) }},
		count("n_act", device.ACT), count("n_prepb", device.PRE), count("n_preab", device.PREA),
		count("n_rd", device.RD), count("n_rda", device.RDA), count("n_wr", device.WR), count("n_wra", device.WRA),
		count("n_refab", device.REF), count("n_refpb", device.REFPB),
		count("n_pdea", device.PDEA), count("n_pdep", device.PDEP), count("n_srefen", device.SREFEN),
	}
}

// powerColumns are those of DRAMPower 4, empty in the tables for LPDDR4.
func powerColumns() []column {
	return []column{
		{"e_act_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.ActivatePJ }},
		{"e_pre_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.PrechargePJ }},
		{"e_rd_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.ReadPJ }},
		{"e_wr_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.WritePJ }},
		{"e_ref_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.RefreshPJ }},
		{"e_act_stdby_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.ActiveStandbyPJ }},
		{"e_pre_stdby_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.PrechargedStandbyPJ }},
		{"e_s_act_pd_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.SlowActivePowerDownPJ }},
		{"e_s_pre_pd_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.SlowPrechargedPowerDownPJ }},
		{"e_sref_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.SelfRefreshPJ }},
		{"e_sref_ref_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.SelfRefreshStandbyPJ }},
		{"e_spup_ref_pJ", energy, func(s *dram.Stats) float64 { return s.Energy.PowerUpStandbyPJ }},
		{"e_total_pJ", energy, func(s *dram.Stats) float64 { return s.EnergyPJ }},
		{"dp_actcycles", exact, func(s *dram.Stats) float64 { return float64(s.Ranks[0].ActiveCycles) }},
		{"dp_precycles", exact, func(s *dram.Stats) float64 { return float64(s.Ranks[0].PrechargedCycles) }},
	}
}

func dramsim3Columns() []column {
	return []column{
		{"rd_lat_acc_cyc", printed, func(s *dram.Stats) float64 { return s.ReadLatency.Accepted.MeanCycles }},
		{"rd_lat_max_cyc", exact, func(s *dram.Stats) float64 { return float64(s.ReadLatency.Arrival.MaxCycles) }},
		count("n_act", device.ACT), count("n_pre", device.PRE), count("n_rd", device.RD, device.RDA), count("n_wr", device.WR, device.WRA),
		count("n_ref", device.REF), count("n_srefe", device.SREFEN),
		{"e_act_pJ", rounded, func(s *dram.Stats) float64 { return s.Energy.ActivatePJ }},
		{"e_rd_pJ", rounded, func(s *dram.Stats) float64 { return s.Energy.ReadPJ }},
		{"e_wr_pJ", rounded, func(s *dram.Stats) float64 { return s.Energy.WritePJ }},
		{"e_ref_pJ", rounded, func(s *dram.Stats) float64 { return s.Energy.RefreshPJ }},
		{"e_act_stb_pJ", rounded, func(s *dram.Stats) float64 { return s.Energy.ActiveStandbyPJ }},
		{"e_pre_stb_pJ", rounded, func(s *dram.Stats) float64 { return s.Energy.PrechargedStandbyPJ }},
		{"e_total_pJ", rounded, func(s *dram.Stats) float64 { return s.EnergyPJ }},
	}
}

func ramulatorColumns() []column {
	return []column{
		{"rd_lat_acc_cyc", printed, func(s *dram.Stats) float64 { return s.ReadLatency.Accepted.MeanCycles }},
		{"rd_lat_max_cyc", exact, func(s *dram.Stats) float64 { return float64(s.ReadLatency.Arrival.MaxCycles) }},
		{"row_hits", exact, func(s *dram.Stats) float64 { return float64(s.RowHits) }},
		{"row_misses", exact, func(s *dram.Stats) float64 { return float64(s.RowMisses) }},
		{"row_conflicts", exact, func(s *dram.Stats) float64 { return float64(s.RowConflicts) }},
		{"rd_forwarded", exact, func(s *dram.Stats) float64 { return float64(s.ForwardedReads) }},
		{"wr_coalesced", exact, func(s *dram.Stats) float64 { return float64(s.CoalescedWrites) }},
		count("n_act", device.ACT), count("n_pre", device.PRE), count("n_preab", device.PREA),
		count("n_rd", device.RD), count("n_wr", device.WR), count("n_rda", device.RDA), count("n_wra", device.WRA), count("n_ref", device.REF),
	}
}
