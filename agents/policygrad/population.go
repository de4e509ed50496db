package policygrad

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents"
)

// rival is one of the learners that take turns in a population, with its own hyper-parameters. It shares the elites and what was seen.
type rival struct {
	learners []*Learner // one an agent
	options  DesignOptions
	batch    []Deed         // told since the last update
	last     []agents.Trial // the batch before
	updates  int            // since the last selection
}

// Population: how far the first hyper-parameters are apart, how far they move, and how many updates of a rival a selection waits for.
const (
	spread      = 4.0 // greatest ratio, either way
	nudge       = 1.25
	selectAfter = 3
)

// perturbed is the options of a rival: the given ones of the first, else with learning rate, entropy weight and imitation each multiplied by a factor in
// [1/4, 4], log-uniformly.
func (o DesignOptions) perturbed(place int, rng *rand.Rand) DesignOptions {
	if place == 0 {
		return o
	}
	return o.scaled(func() float64 { return math.Pow(spread, 2*rng.Float64()-1) })
}

// scaled multiplies the hyper-parameters that a population varies.
func (o DesignOptions) scaled(factor func() float64) DesignOptions {
	o.LearningRate = min(o.LearningRate*factor(), fastest)
	o.Entropy = min(o.Entropy*factor(), heaviest)
	o.Imitation = min(o.Imitation*factor(), heaviest)
	return o
}

// compete makes the worst rival a copy of the best, with hyper-parameters a little different, when every rival has made three updates since the last
// time. Rivals are compared by the mean rank of their last batches, all together.
func (d *Designer) compete(m *rival) {
	if m.updates++; len(d.rivals) == 1 {
		return
	}
	var pooled []agents.Trial
	for _, other := range d.rivals {
		if other.updates < selectAfter {
			return
		}
		pooled = append(pooled, other.last...)
	}
	worths := RankAdvantages(pooled)
	best, worst, most, least, at := 0, 0, math.Inf(-1), math.Inf(1), 0
	for i, other := range d.rivals {
		mean := 0.0
		for range other.last {
			mean += worths[at] / float64(len(other.last))
			at++
		}
		if mean > most {
			best, most = i, mean
		}
		if mean < least {
			worst, least = i, mean
		}
		other.updates = 0
	}
	if best != worst {
		d.rivals[worst].become(d.rivals[best], d.rng)
	}
}

// become copies another rival's parameters and hyper-parameters, the latter times or over 1.25 each.
func (m *rival) become(other *rival, rng *rand.Rand) {
	m.options = other.options.scaled(func() float64 {
		if rng.IntN(2) == 0 {
			return nudge
		}
		return 1 / nudge
	})
	for i, l := range m.learners {
		for k, n := range l.nets {
			copy(n.Params(), other.learners[i].nets[k].Params())
		}
	}
}
