package memory

import (
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/power"
)

// Latencies collects the three latencies of one direction.
type Latencies struct{ Request, Accepted, Arrival Histogram }

// Occupancy follows how many requests a controller holds. The zero value holds none at clock 0.
type Occupancy struct {
	held, max int
	since     int64
	area      int64 // sum of held requests over clocks
}

// Change adds requests (or takes them away) at clock t.
func (o *Occupancy) Change(t int64, by int) {
	o.area += int64(o.held) * (t - o.since)
	o.since = t
	o.held += by
	o.max = max(o.max, o.held)
}

// Held is how many requests are held now.
func (o *Occupancy) Held() int { return o.held }

// Stats are the results of a run of one controller over all channels. Clocks are those of the command bus.
type Stats struct {
	TotalCycles                      int64
	Requests, Reads, Writes          int64
	ReadLatency, WriteLatency        LatencySummary
	Commands                         [device.Commands]int64
	RowHits, RowMisses, RowConflicts int64
	ForwardedReads, CoalescedWrites  int64   // served without a column command of their own
	QueueMean                        float64 // requests held, averaged over the run
	QueueMax                         int
	Ranks                            []power.Counts // what the power meter of each rank counted, rank 0 of channel 0 first
}

// LatencySummary is the distribution of each latency of one direction.
type LatencySummary struct{ Request, Accepted, Arrival Latency }

// Summary sums the histograms up.
func (l *Latencies) Summary() LatencySummary {
	return LatencySummary{Request: l.Request.Latency(), Accepted: l.Accepted.Latency(), Arrival: l.Arrival.Latency()}
}

// Recorder collects the statistics of a run while it lasts.
type Recorder struct {
	Reads, Writes Latencies
	Queue         Occupancy
	Forwarded     int64
	Coalesced     int64
}

// Finish makes the statistics of a run that ended in clock end: recorder and channels together.
func (r *Recorder) Finish(end int64, channels []*Channel) Stats {
	r.Queue.Change(max(end, r.Queue.since), 0)
	s := Stats{
		TotalCycles: end,
		Reads:       r.Reads.Request.n, Writes: r.Writes.Request.n,
		ReadLatency: r.Reads.Summary(), WriteLatency: r.Writes.Summary(),
		ForwardedReads: r.Forwarded, CoalescedWrites: r.Coalesced,
		QueueMax: r.Queue.max,
	}
	s.Requests = s.Reads + s.Writes
	if end > 0 {
		s.QueueMean = float64(r.Queue.area) / float64(end)
	}
	var meters []*power.Meter
	for _, c := range channels {
		for command, n := range c.counts {
			s.Commands[command] += n
		}
		s.RowHits += c.rowResults[hit]
		s.RowMisses += c.rowResults[miss]
		s.RowConflicts += c.rowResults[conflict]
		meters = append(meters, c.meters...)
	}
	var last int64
	for _, m := range meters {
		last = max(last, m.End())
	}
	for _, m := range meters {
		s.Ranks = append(s.Ranks, m.Close(last))
	}
	return s
}
