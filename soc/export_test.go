package soc

import "math"

// RateByDefinition is the rate of a running task by the definition, from the routes of the last design and nothing else: the oracle of the counters that the
// simulation keeps.
func (x *Scratch) RateByDefinition(running []Activity, task int) float64 {
	type link struct{ from, to int32 }
	units, bytes := map[link]map[int]float64{}, map[int32]float64{}
	rate := x.processorOpsPerS(task)
	for direction := range x.paths {
		clear(units)
		clear(bytes)
		enters := map[link]map[link]bool{} // per channel, as a link out of the block: the links by which some task enters
		mine := map[link]map[link]bool{}   // those by which this one does
		for _, a := range running {
			for _, f := range [2][]int{x.system.graph.In[a.Task], x.system.graph.Out[a.Task]}[direction] {
				path := x.path(direction, f)
				for i := 1; i < len(path) && x.system.graph.Flows[f].Bytes > 0; i++ {
					in, out := link{path[i-1], path[i]}, link{path[i], none}
					if i+1 < len(path) {
						out.to = path[i+1]
					}
					for _, set := range []map[link]map[link]bool{enters, mine} {
						if set[out] == nil {
							set[out] = map[link]bool{}
						}
					}
					if units[in] == nil {
						units[in] = map[int]float64{}
					}
					units[in][a.Task] += float64(x.system.units[direction][f])
					enters[out][in] = true
					if a.Task == task {
						mine[out][in] = true
						bytes[path[i]] += float64(x.system.graph.Flows[f].Bytes)
					}
				}
			}
		}
		for channel, links := range mine {
			share := 0.0
			for in := range links {
				sum := 0.0
				for _, u := range units[in] {
					sum += u
				}
				share += units[in][task] / sum / float64(len(enters[channel]))
			}
			if len(links) > 0 {
				rate = math.Min(rate, x.bandwidth(channel.from)*share*x.system.work[task]/bytes[channel.from])
			}
		}
	}
	return rate
}
