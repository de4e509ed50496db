package policygrad

import (
	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/forest"
)

// Credit says what each agent of a designer is told of a design.
type Credit string

// The credits. The zero value means Shared.
const (
	Shared     Credit = "shared"     // the rank of the design in its batch, all agents alike
	Difference Credit = "difference" // how much better the design is than if the agent had taken its likeliest action, by a model
)

// Credits lists the names of the credits.
func Credits() []string { return []string{string(Shared), string(Difference)} }

// recent is the last told trials, of which a model of designs is made.
type recent struct{ trials []agents.Trial }

// modelled bounds the trials of a model.
const modelled = 300

func (r *recent) add(t agents.Trial) {
	if len(r.trials) == modelled {
		r.trials = append(r.trials[:0], r.trials[1:]...)
	}
	r.trials = append(r.trials, t)
}

// credits is the advantages of a batch by agent and deed.
func (d *Designer) credits(m *rival, batch []Deed, trials []agents.Trial) [][]float64 {
	shared := RankAdvantages(trials)
	credits := make([][]float64, len(m.learners))
	for agent := range credits {
		credits[agent] = shared
	}
	if d.options.Credit == Difference && len(m.learners) > 1 {
		d.differences(credits, m, batch)
	}
	return credits
}

// differences writes difference rewards: an agent's is what a model gives the design less what it gives the design with the agent's likeliest action in
// place of its own, both as ranks among the recent trials, the best 1/2 and the worst -1/2. The agents' greatest is scaled to the 1/2 of a rank.
func (d *Designer) differences(credits [][]float64, m *rival, batch []Deed) {
	model := d.model()
	if model == nil {
		return
	}
	row := make([]int, d.problem.Space.Len())
	value := func(p space.Point) float64 { copy(row, p); mean, _ := model.Predict(row); return mean }
	greatest := 0.0
	for agent, l := range m.learners {
		standard, err := l.Actor.Mode(categorical.View{})
		if err != nil {
			panic("policygrad: a mode without a mask failed: " + err.Error())
		}
		credits[agent] = make([]float64, len(batch))
		for i, deed := range batch {
			actions := append(deed.Actions[:0:0], deed.Actions...)
			actions[agent] = standard
			credit := value(deed.Trial.Point) - value(d.split.Join(actions))
			credits[agent][i] = credit
			greatest = max(greatest, credit, -credit)
		}
	}
	if greatest == 0 {
		return
	}
	for agent := range credits {
		for i := range credits[agent] {
			credits[agent][i] *= 0.5 / greatest
		}
	}
}

// model is a forest of the recent trials' ranks, nil when there is nothing to tell them apart.
func (d *Designer) model() *forest.Forest {
	s := d.problem.Space
	features := make([]forest.Feature, s.Len())
	for axis, p := range s.Params() {
		features[axis] = forest.Feature{Levels: s.Levels(axis), Nominal: p.Kind != space.Ordinal}
	}
	rows := make([][]int, len(d.recent.trials))
	for i, t := range d.recent.trials {
		rows[i] = t.Point
	}
	model, err := forest.Train(features, rows, RankAdvantages(d.recent.trials), forest.Options{}, d.rng)
	if err != nil {
		return nil
	}
	return model
}
