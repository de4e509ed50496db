package hetero

import (
	"fmt"
	"math"
)

// Cost is what a job takes on a sub-accelerator. The zero value says that the sub-accelerator cannot run the job.
type Cost struct {
	LatencyCycles int64   // > 0
	EnergyMACs    float64 // >= 0, in units of one multiply-accumulate
}

// works tells whether there is such a cost.
func (c Cost) works() bool { return c.LatencyCycles > 0 }

// Problem is what is to be scheduled: networks, each a chain of jobs (layers), on sub-accelerators that run one job at a time.
// Reset empties it and keeps its memory.
type Problem struct {
	Subs   int    // sub-accelerators, >= 1
	Chains []int  // the number of jobs of each network
	Costs  []Cost // of job j on sub-accelerator a at j·Subs + a; jobs network after network
}

// MaxCycles bounds the sum of all latencies of a problem, so that no time overflows.
const MaxCycles = 1 << 60

// Reset makes it the problem without networks on a number of sub-accelerators.
func (p *Problem) Reset(subs int) { p.Subs, p.Chains, p.Costs = subs, p.Chains[:0], p.Costs[:0] }

// Network starts the next chain.
func (p *Problem) Network() { p.Chains = append(p.Chains, 0) }

// Job appends a job to the last chain, with a cost for each sub-accelerator.
func (p *Problem) Job(costs ...Cost) {
	p.Costs = append(p.Costs, costs...)
	p.Chains[len(p.Chains)-1]++
}

// Jobs is the number of jobs of all networks.
func (p *Problem) Jobs() int { return len(p.Costs) / max(p.Subs, 1) }

// Cost is that of a job on a sub-accelerator.
func (p *Problem) Cost(job, sub int) Cost { return p.Costs[job*p.Subs+sub] }

// Check reports the first thing that is wrong with a problem: counts that do not fit, a cost out of range, a job that nothing can run.
func (p *Problem) Check() error {
	if p.Subs < 1 {
		return fmt.Errorf("hetero: %d sub-accelerators: there must be at least one", p.Subs)
	}
	jobs := 0
	for i, n := range p.Chains {
		if n < 1 {
			return fmt.Errorf("hetero: network %d has %d jobs: each needs at least one", i, n)
		}
		jobs += n
	}
	if jobs == 0 || len(p.Costs) != jobs*p.Subs {
		return fmt.Errorf("hetero: %d costs for %d jobs on %d sub-accelerators: there must be one for each pair, and at least one job", len(p.Costs), jobs, p.Subs)
	}
	total := 0.0
	for job := range jobs {
		runs := false
		for sub := range p.Subs {
			c := p.Cost(job, sub)
			if c.LatencyCycles < 0 || !(c.EnergyMACs >= 0) || math.IsInf(c.EnergyMACs, 0) {
				return fmt.Errorf("hetero: job %d on sub-accelerator %d takes %d cycles and energy %g: neither may be negative or infinite", job, sub, c.LatencyCycles, c.EnergyMACs)
			}
			runs = runs || c.works()
			total += float64(c.LatencyCycles)
		}
		if !runs {
			return fmt.Errorf("hetero: no sub-accelerator can run job %d", job)
		}
	}
	if total > MaxCycles {
		return fmt.Errorf("hetero: latencies of %g cycles in all exceed %d", total, MaxCycles)
	}
	return nil
}
