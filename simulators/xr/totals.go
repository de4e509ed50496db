package xr

import domain "github.com/codesign-gym/codesign/soc/xr"

// totals are sums over the usage scenarios of a design.
type totals struct {
	usages, models                      float64 // models that had frames
	score, realTime, energyScore, qoe   float64
	launched, missed, finished, latency float64
	worstMS, energyMJ, busyMS, endMS    float64
	each                                []float64 // the metrics of each model, or of each usage
}

// add takes a run into account.
func (t *totals) add(r domain.Result, several bool) {
	for _, m := range r.Models {
		t.launched += float64(m.Frames - m.Unfinished)
		t.missed += float64(m.Dropped + m.Late)
		t.latency += m.MeanLatencyMS * float64(m.Finished)
		t.worstMS = max(t.worstMS, m.WorstLatencyMS)
		if m.Finished+m.Dropped > 0 {
			t.models++
			t.realTime, t.energyScore, t.qoe = t.realTime+m.RealTimeFrac, t.energyScore+m.EnergyFrac, t.qoe+m.QoEFrac
		}
		if !several {
			t.each = append(t.each, 100*m.ScoreFrac, float64(m.Dropped))
		}
	}
	for _, ms := range r.BusyMS {
		t.busyMS += ms
	}
	if several {
		t.each = append(t.each, 100*r.ScoreFrac)
	}
	t.usages++
	t.score += 100 * r.ScoreFrac
	t.finished += float64(r.Finished)
	t.energyMJ += r.EnergyMJ
	t.endMS += r.EndMS
}

// values are the metrics of a design.
func (d design) values(t *totals) []float64 {
	var area, idle, pes float64
	sc := d.scenario
	for _, a := range d.accelerators[:d.count] {
		area += sc.silicon.areaMM2(a)
		idle += sc.silicon.idleMW(a, sc.base.ClockMHz)
		pes += float64(a.pes)
	}
	runMS := t.usages * sc.usages[0].RunMS
	return append([]float64{
		t.score / t.usages, t.realTime / t.models, t.energyScore / t.models, t.qoe / t.models, t.missed / t.launched, t.latency / t.finished, t.worstMS,
		t.energyMJ, 1000 * t.energyMJ / runMS, idle, area, pes, t.busyMS / (float64(d.count) * t.endMS),
	}, t.each...)
}
