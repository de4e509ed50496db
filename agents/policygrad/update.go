package policygrad

import (
	"math"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

// update learns from a rival's batch and from the replayed best designs.
func (d *Designer) update(m *rival) {
	batch := m.batch
	m.batch = nil
	if d.Frozen() {
		return
	}
	trials := make([]agents.Trial, len(batch))
	for i, deed := range batch {
		trials[i] = deed.Trial
	}
	var imitated []Deed
	if d.options.Imitation > 0 {
		imitated = d.memory.Best()
	}
	credits := d.credits(m, batch, trials)
	compound := ones(len(batch) + len(imitated))
	for _, agent := range d.order(len(m.learners)) {
		l := m.learners[agent]
		s := Samples{Masks: make([][][]bool, 0, len(compound))}
		for i, deed := range batch {
			s.add(deed.Actions[agent], deed.logProbs[agent], compound[i]*credits[agent][i])
		}
		for i, deed := range imitated {
			s.add(deed.Actions[agent], logProb(l.Actor, deed.Actions[agent]), compound[len(batch)+i]*d.options.Imitation)
		}
		before := d.before(l, s.Points)
		l.Update(s, m.options.learning(), m.options.LearningRate, d.rng)
		Compound(compound, l.Actor, categorical.Batch{Points: s.Points}, before)
	}
	m.last = trials
	d.compete(m)
}

// add adds an action without observation or value.
func (s *Samples) add(action env.Action, logProb, advantage float64) {
	s.Masks, s.Points = append(s.Masks, nil), append(s.Points, action)
	s.LogProbs, s.Advantages = append(s.LogProbs, logProb), append(s.Advantages, advantage)
	s.Values, s.Returns = append(s.Values, 0), append(s.Returns, 0)
}

// order is that in which the agents are updated: their own, or by chance when each sees what those before it have become.
func (d *Designer) order(agents int) []int {
	if d.options.Sequential {
		return d.rng.Perm(agents)
	}
	order := make([]int, agents)
	for i := range order {
		order[i] = i
	}
	return order
}

// before is the log-probabilities ahead of an update, nil when nobody asks for them.
func (d *Designer) before(l *Learner, points []space.Point) []float64 {
	if !d.options.Sequential {
		return nil
	}
	logProbs, _ := l.Actor.Evaluate(categorical.Batch{Points: points})
	return append([]float64(nil), logProbs...)
}

// furthest is the bound of a factor and its inverse. The products of a trust region's ratios are close to 1 for some few agents; of an agent an axis they
// are those of the joint action of all axes, and without a bound twenty agents did no better than random search.
const furthest = 1.5

// Compound multiplies each row's factor by how much likelier the actor has made the row's action than it was before, and holds it within [2/3, 3/2]; nil
// before: nothing.
func Compound(factors []float64, actor *categorical.Policy, b categorical.Batch, before []float64) {
	if before == nil {
		return
	}
	after, _ := actor.Evaluate(b)
	for i := range factors {
		factors[i] = min(max(factors[i]*math.Exp(after[i]-before[i]), 1/furthest), furthest)
	}
}

// ones is n factors of 1.
func ones(n int) []float64 {
	factors := make([]float64, n)
	for i := range factors {
		factors[i] = 1
	}
	return factors
}

// regroup gives the axes to new agents when the trials tell to. Of each axis by itself the new ones know what the old ones did; what these had learned of
// axes together begins anew.
func (d *Designer) regroup(t agents.Trial) {
	if d.Frozen() {
		return
	}
	split, changed := d.groups.Tell(t)
	if !changed {
		return
	}
	old := d.split
	d.split = split
	for _, m := range d.rivals {
		learners := d.newLearners(split)
		for axis := range d.problem.Space.Len() {
			from, theirs := old.Owner(axis)
			to, own := split.Owner(axis)
			learners[to].Actor.CopyAxis(own, m.learners[from].Actor, theirs)
		}
		m.learners = learners
		d.recut(m.batch)
	}
	d.recut(d.pending)
	d.recut(d.memory.best)
}

// recut gives deeds the actions of the present agents, as if these had chosen them now.
func (d *Designer) recut(deeds []Deed) {
	for i := range deeds {
		deeds[i] = Deed{Trial: deeds[i].Trial, by: deeds[i].by, Actions: d.split.Cut(deeds[i].Trial.Point)}
		deeds[i].logProbs = deeds[i].by.logProbs(deeds[i].Actions)
	}
}
