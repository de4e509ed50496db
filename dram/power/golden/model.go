package golden

import (
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/power"
)

// Value is a figure of the model for one column.
type Value struct {
	Name  string
	Exact bool // a count, which must be equal; the others are compared to RelativeTolerance
	Value float64
}

// Model recomputes the columns of a sequence.
type Model func(Sequence) ([]Value, error)

var (
	_ Model = DRAMPower4
	_ Model = DRAMPower5
)

// chip is the device of a sequence with a single chip.
func chip(s Sequence) (*device.Device, error) {
	d, err := device.Lookup(strings.ToLower(s.Device))
	if err != nil {
		return nil, err
	}
	d.Chips = 1
	for _, step := range s.Steps {
		if step.Command.OfBank() && step.Bank >= d.Banks() {
			return nil, fmt.Errorf("cycle %d: %s: bank %d out of range [0, %d)", step.Cycle, step.Command, step.Bank, d.Banks())
		}
	}
	return d, nil
}

// replay gives the meter all commands of the sequence.
func replay(m *power.Meter, s Sequence) {
	for _, step := range s.Steps {
		m.FastExit = step.FastExit
		m.Issue(step.Cycle, step.Command, step.Bank)
	}
}

// DRAMPower4 recomputes the columns of DRAMPower 4.
func DRAMPower4(s Sequence) ([]Value, error) {
	d, err := chip(s)
	if err != nil {
		return nil, err
	}
	m := power.NewMeter(d, d.Rules(), 0)
	replay(m, s)
	end := m.End()
	if s.HasEnd {
		end = s.EndCycle
	}
	c := m.Close(end)
	e := power.DRAMPower4Rail(d, d.Rails[0], c)
	return []Value{
		count("n_act", c.Activates), count("n_pre", c.Precharges), count("n_rd", c.Reads), count("n_wr", c.Writes), count("n_ref", c.Refreshes),
		count("actcycles", c.ActiveCycles), count("precycles", c.PrechargedCycles),
		count("f_act_pd_cyc", c.FastActivePowerDownCycles), count("f_pre_pd_cyc", c.FastPrechargedPowerDownCycles),
		count("s_act_pd_cyc", c.SlowActivePowerDownCycles), count("s_pre_pd_cyc", c.SlowPrechargedPowerDownCycles),
		count("sref_cyc", c.SelfRefreshCycles),
		count("sref_ref_act_cyc", c.SelfRefreshActiveCycles), count("sref_ref_pre_cyc", c.SelfRefreshPrechargedCycles),
		count("spup_ref_act_cyc", c.PowerUpActiveCycles), count("spup_ref_pre_cyc", c.PowerUpPrechargedCycles),
		count("pup_act_cyc", c.ActivePowerUpCycles), count("pup_pre_cyc", c.PrechargedPowerUpCycles),
		count("spup_cyc", c.SelfRefreshPowerUpCycles),
		{"e_act", false, e.ActivatePJ}, {"e_pre", false, e.PrechargePJ},
		{"e_rd", false, e.ReadPJ}, {"e_wr", false, e.WritePJ}, {"e_ref", false, e.RefreshPJ},
		{"e_act_stdby", false, e.ActiveStandbyPJ}, {"e_pre_stdby", false, e.PrechargedStandbyPJ},
		{"e_f_act_pd", false, e.FastActivePowerDownPJ}, {"e_f_pre_pd", false, e.FastPrechargedPowerDownPJ},
		{"e_s_act_pd", false, e.SlowActivePowerDownPJ}, {"e_s_pre_pd", false, e.SlowPrechargedPowerDownPJ},
		{"e_sref", false, e.SelfRefreshPJ}, {"e_sref_ref", false, e.SelfRefreshStandbyPJ}, {"e_spup_ref", false, e.PowerUpStandbyPJ},
		{"e_total", false, e.TotalPJ()}, {"avg_power", false, power.AveragePowerMW(d, e.TotalPJ(), c.StateCycles())},
	}, nil
}

// DRAMPower5 recomputes the columns of DRAMPower 5.1.
func DRAMPower5(s Sequence) ([]Value, error) {
	d, err := chip(s)
	if err != nil {
		return nil, err
	}
	if !s.HasEnd {
		return nil, fmt.Errorf("no END: DRAMPower 5 needs one")
	}
	m := power.NewMeter(d, peerRules(d), 0)
	replay(m, s)
	c := m.Close(s.EndCycle)
	b := c.Bankwise
	e := power.DRAMPower5(d, c)
	// The energies are proportional to the counts, so those of the commands with auto-precharge come from their counts alone.
	auto := power.DRAMPower5(d, power.Counts{Bankwise: power.Bankwise{AutoReads: b.AutoReads, AutoWrites: b.AutoWrites}})
	closings := func(n int64) float64 {
		return power.DRAMPower5(d, power.Counts{Bankwise: power.Bankwise{Precharges: n}}).PrechargePJ
	}
	return []Value{
		count("end_cycle", c.EndCycle),
		count("n_ACT", b.Activates), count("n_RD", b.Reads), count("n_WR", b.Writes), count("n_RDA", b.AutoReads), count("n_WRA", b.AutoWrites),
		count("n_REFB", b.BankRefreshes),
		{"sum_ACT_pJ", false, e.ActivatePJ}, {"sum_PRE_pJ", false, e.PrechargePJ},
		{"sum_PRE_RDA_pJ", false, closings(b.AutoReads)}, {"sum_PRE_WRA_pJ", false, closings(b.AutoWrites)},
		{"sum_RD_pJ", false, e.ReadPJ - auto.ReadPJ}, {"sum_RDA_pJ", false, auto.ReadPJ},
		{"sum_WR_pJ", false, e.WritePJ - auto.WritePJ}, {"sum_WRA_pJ", false, auto.WritePJ},
		{"sum_REF_AB_pJ", false, e.RefreshPJ}, {"sum_REF_PB_pJ", false, e.BankRefreshPJ},
		{"sum_BG_ACT_pJ", false, e.BankActiveStandbyPJ}, {"E_bg_act_shared_pJ", false, e.ActiveStandbyPJ},
		{"sum_BG_PRE_pJ", false, e.PrechargedStandbyPJ},
		{"E_PDNA_pJ", false, e.FastActivePowerDownPJ + e.SlowActivePowerDownPJ},
		{"E_PDNP_pJ", false, e.FastPrechargedPowerDownPJ + e.SlowPrechargedPowerDownPJ},
		{"E_sref_pJ", false, e.SelfRefreshPJ},
	}, nil
}

// peerRules are the rules of the device with the auto-precharges of DRAMPower 5.1.
func peerRules(d *device.Device) *device.Rules {
	rules := d.Rules()
	if d.Standard == device.LPDDR4 {
		rules.ReadToPre = d.Timing.TRTP
		rules.WriteToPre = d.Timing.CWL + d.BurstClocks() + d.Timing.TWR + 1
	}
	return rules
}

func count(name string, n int64) Value { return Value{name, true, float64(n)} }
