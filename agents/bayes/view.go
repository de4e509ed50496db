package bayes

import (
	"cmp"
	"slices"

	"github.com/codesign-gym/codesign/agents/rank"
	"github.com/codesign-gym/codesign/internal/learn/gp"
)

// view is what one proposal is made from: the models conditioned on the trials that matter, and the place of the search.
type view struct {
	a       *Agent
	order   []int     // the modelled rows, the best first
	bounds  []float64 // of the constraints, as their models see 0
	gains   bool      // a feasible design is known, so that improvement means something
	best    float64   // its target
	front   gp.Front  // of two objectives instead: the best pairs of targets
	results *process  // models the chance of a result; nil while every design has one
	bound   float64   // below which its values mean a result
	box     *box      // nil: the whole space
}

// view conditions the models.
func (a *Agent) view() (*view, error) {
	v := &view{a: a}
	if err := a.usePriors(); err != nil {
		return nil, err
	}
	scores := a.scores()
	rows := a.choose(v, scores)
	var evaluated []int
	for _, i := range rows {
		if a.rows[i].trial.Objectives != nil {
			evaluated = append(evaluated, i)
		}
	}
	if err := a.conditionFeasibility(v, rows, evaluated); err != nil {
		return nil, err
	}
	if err := a.conditionObjectives(v, evaluated, scores); err != nil {
		return nil, err
	}
	return v, nil
}

func (a *Agent) x(row int) []float64 { return a.rows[row].x }

// choose picks the rows of the models, in the order of telling: all of the region's data or, of more than Options.Points, the nearest to the
// best design. It sets the place of the search as well.
func (a *Agent) choose(v *view, scores []float64) []int {
	rows := make([]int, 0, len(a.rows)-a.region.first)
	for i := a.region.first; i < len(a.rows); i++ {
		rows = append(rows, i)
	}
	better := func(i, j int) int { return a.better(i, j, scores) }
	centre := slices.MinFunc(rows, better)
	if len(rows) > a.options.Points {
		a.region.on = a.options.Region != Off
		near := make([]float64, len(a.rows))
		for _, i := range rows {
			near[i] = a.model.correlation(a.x(i), a.x(centre))
		}
		slices.SortFunc(rows, func(i, j int) int { return cmp.Or(cmp.Compare(near[j], near[i]), cmp.Compare(j, i)) })
		rows = rows[:a.options.Points]
		slices.Sort(rows)
	}
	if a.region.on {
		v.box = newBox(a.encoder, a.rows[centre].trial.Point, a.region.side, a.model.lengths())
	}
	v.order = slices.Clone(rows)
	slices.SortStableFunc(v.order, better)
	return rows
}

// better compares rows: feasible before others, these by score, the rest as package rank does.
func (a *Agent) better(i, j int, scores []float64) int {
	s, t := a.rows[i].trial, a.rows[j].trial
	if s.Feasible() && t.Feasible() {
		return cmp.Compare(scores[j], scores[i])
	}
	return rank.Compare(s, t)
}
