package xr

import "math"

// RealTime is the score of a frame that completes so much after its deadline: 1/(1 + exp(steepness·delay)), 1/2 at the deadline.
func RealTime(delayMS, steepnessPerMS float64) float64 {
	return 1 / (1 + math.Exp(steepnessPerMS*delayMS))
}

// Energy is the score of a frame by its energy, linear from 1 at none to 0 at the ceiling; below 0 beyond it.
func Energy(energyMJ, ceilingMJ float64) float64 { return (ceilingMJ - energyMJ) / ceilingMJ }

// Accuracy is the score of a model that measures so much where the benchmark wants the target: 1 where it is met, else the ratio of the two. Both are above 0.
func Accuracy(measured, target float64, lessIsBetter bool) float64 {
	if lessIsBetter {
		measured, target = target, measured
	}
	return min(1, measured/target)
}

// score fills in the results of a stream from its records, and returns its part of the scenario's score; ok is false for a stream that is left out.
func (w *Workload) score(i int, o Options, s *Scratch) (part float64, ok bool) {
	of := w.streams[i]
	m := ModelResult{}
	var realTime, energy, both, latency float64
	for f := of.first; f < of.end; f++ {
		r, frame := &s.records[f], &w.Frames[f]
		switch {
		case !frame.Launched:
			continue
		case r.Outcome.Dropped():
			m.Dropped++
		case r.Outcome == Unfinished:
			m.Unfinished++
		default:
			rt, en := RealTime(r.EndMS-frame.DeadlineMS, o.SteepnessPerMS), Energy(r.EnergyMJ, o.EnergyCeilingMJ)
			if w.Profile == Repaired {
				en = max(0, en)
			}
			m.Finished++
			if r.EndMS > frame.DeadlineMS {
				m.Late++
			}
			realTime, energy, both = realTime+rt, energy+en, both+rt*en
			took := r.EndMS - frame.ArrivalMS
			latency, m.WorstLatencyMS, m.EnergyMJ = latency+took, max(m.WorstLatencyMS, took), m.EnergyMJ+r.EnergyMJ
		}
		m.Frames++
	}
	served := m.Finished + m.Dropped
	if m.Finished > 0 {
		n := float64(m.Finished)
		m.RealTimeFrac, m.EnergyFrac, m.MeanLatencyMS = realTime/n, energy/n, latency/n
		m.QoEFrac = n / float64(served)
		m.ScoreFrac = both / n * of.accuracy * m.QoEFrac
		if w.Profile == XRBench {
			m.ScoreFrac = both / float64(served) * m.QoEFrac
		}
	}
	s.models[i] = m
	return m.ScoreFrac, w.Profile == XRBench || served > 0
}
