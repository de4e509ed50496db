package hetero

import (
	"math"
	"slices"
)

// MakespanBound is a lower bound of every schedule's makespan: the longest chain with each job where it is fastest, and the load of the sub-accelerators if
// jobs could be cut into parts, by the dual bound of doc.go.
func MakespanBound(p *Problem) int64 {
	longest, first := int64(0), 0
	for _, n := range p.Chains {
		sum := int64(0)
		for job := first; job < first+n; job++ {
			sum += p.leastLatency(job)
		}
		longest, first = max(longest, sum), first+n
	}
	return max(longest, int64(math.Ceil(loadBound(p)*(1-1e-12))))
}

// loadBound maximises Σ_j min_a w_a·t_ja over weights of sum 1, by turns of two sub-accelerators that share what both have.
func loadBound(p *Problem) float64 {
	const rounds = 8
	weights := make([]float64, p.Subs)
	for a := range weights {
		weights[a] = 1 / float64(p.Subs)
	}
	best := weighted(p, weights)
	for range rounds {
		before := best
		for a := range p.Subs {
			for b := range a {
				both := weights[a] + weights[b]
				share := func(f float64) float64 {
					weights[a], weights[b] = f*both, (1-f)*both
					return weighted(p, weights)
				}
				f := highest(share)
				best = share(f)
			}
		}
		if best <= before*(1+1e-9) {
			break
		}
	}
	return best
}

func weighted(p *Problem, weights []float64) (sum float64) {
	for job := range p.Jobs() {
		least := math.Inf(1)
		for a, w := range weights {
			if c := p.Cost(job, a); c.works() {
				least = min(least, w*float64(c.LatencyCycles))
			}
		}
		sum += least
	}
	return sum
}

// highest finds the maximum of a concave function on [0, 1] by ternary search.
func highest(f func(float64) float64) float64 {
	low, high := 0.0, 1.0
	for range 60 {
		a, b := low+(high-low)/3, high-(high-low)/3
		if f(a) < f(b) {
			low = a
		} else {
			high = b
		}
	}
	return (low + high) / 2
}

// EnergyBound is a lower bound of the energy of every schedule with a makespan of at most limit cycles, by the Lagrangian bound of doc.go; limit <= 0: of
// every schedule.
func EnergyBound(p *Problem, limit int64) float64 {
	const rounds = 20
	prices := make([]float64, p.Subs) // of a cycle of each sub-accelerator
	best := priced(p, prices, limit)
	if limit <= 0 {
		return best
	}
	for range rounds {
		before := best
		for a := range p.Subs {
			raise(p, prices, a, limit)
			best = max(best, priced(p, prices, limit))
		}
		if best <= before*(1+1e-12) {
			break
		}
	}
	return best * (1 - 1e-12)
}

// priced is the Lagrangian: Σ_j min_a (e_ja + λ_a·t_ja) − limit·Σ_a λ_a.
func priced(p *Problem, prices []float64, limit int64) (sum float64) {
	for job := range p.Jobs() {
		sum += cheapestAt(p, prices, job, -1)
	}
	for _, price := range prices {
		sum -= price * float64(limit)
	}
	return sum
}

// cheapestAt is the least priced cost of a job, on any sub-accelerator but one.
func cheapestAt(p *Problem, prices []float64, job, but int) float64 {
	least := math.Inf(1)
	for a, price := range prices {
		if c := p.Cost(job, a); a != but && c.works() {
			least = min(least, c.EnergyMACs+price*float64(c.LatencyCycles))
		}
	}
	return least
}

// raise sets one price to where the Lagrangian is highest, the others fixed: where the jobs that still prefer the sub-accelerator fit the limit.
func raise(p *Problem, prices []float64, sub int, limit int64) {
	type leaving struct {
		price  float64 // above which the job leaves
		cycles float64
	}
	var jobs []leaving
	slope := -float64(limit)
	for job := range p.Jobs() {
		c := p.Cost(job, sub)
		if !c.works() {
			continue
		}
		other := cheapestAt(p, prices, job, sub)
		if at := (other - c.EnergyMACs) / float64(c.LatencyCycles); at > 0 {
			jobs = append(jobs, leaving{at, float64(c.LatencyCycles)})
			slope += float64(c.LatencyCycles)
		}
	}
	slices.SortFunc(jobs, func(a, b leaving) int {
		switch {
		case a.price < b.price:
			return -1
		case a.price > b.price:
			return 1
		}
		return 0
	})
	prices[sub] = 0
	for _, j := range jobs {
		if slope <= 0 || math.IsInf(j.price, 1) { // a job that runs nowhere else never leaves: no schedule may exist, the price stays finite
			break
		}
		prices[sub] = j.price
		slope -= j.cycles
	}
}
