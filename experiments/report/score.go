package report

import (
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// frameMargin is how far beyond the worst value the reference point lies, in parts of the range. A point slightly worse than the worst is usual
// (Ishibuchi et al., How to Specify a Reference Point in Hypervolume Calculation for Fair Performance Comparison, Evol. Comp. 26(3), 2018,
// abstract); the amount is ours.
const frameMargin = 0.1

// Up to exactObjectives the hypervolume is of the whole front. Beyond, its time grows too fast, and it is of volumeDesigns of the front.
const (
	exactObjectives = 4
	volumeDesigns   = 100
)

// measure gives the score of a scenario's runs.
type measure struct {
	Name, Unit string
	Minimise   bool
	Under      string   // stands below the head of a column of scores
	Optimum    *float64 // the best score there is; nil = unknown
	of         func(Run) (score float64, found bool)
}

// measure is the scenario's: its only objective, or the hypervolume of several.
func (s Scenario) measure() measure {
	if !s.several() {
		only := s.Objectives[0]
		return measure{only.Name, only.Unit, only.Minimise, only.Unit, s.Optimum, func(r Run) (float64, bool) { return r.curve().Final() }}
	}
	f := newFrame(s)
	return measure{"hypervolume", "", false, "volume", nil, func(r Run) (float64, bool) {
		if len(r.Front) == 0 {
			return 0, false
		}
		return f.volume(r.Front), true
	}}
}

// several tells whether the scenario has several objectives.
func (s Scenario) several() bool { return len(s.Objectives) > 1 }

// frame is the box that hypervolumes are parts of: in each objective from the worst to the best value of the fronts of all runs.
type frame struct {
	worst, best []float64 // in natural units
}

func newFrame(s Scenario) frame {
	var f frame
	for _, agent := range s.Agents {
		for _, run := range agent.Runs {
			for _, row := range run.Front {
				f.include(s.Objectives, row)
			}
		}
	}
	return f
}

func (f *frame) include(terms []objective.Term, row []float64) {
	if f.worst == nil {
		f.worst, f.best = slices.Clone(row), slices.Clone(row)
	}
	for j, v := range row {
		if better(terms[j].Minimise, v, f.best[j]) {
			f.best[j] = v
		}
		if better(terms[j].Minimise, f.worst[j], v) {
			f.worst[j] = v
		}
	}
}

// volume is the part of the box, in [0, 1], that the front dominates.
func (f frame) volume(front [][]float64) float64 {
	if len(f.best) > exactObjectives {
		front = Thin(front, volumeDesigns)
	}
	vectors := make([][]float64, len(front))
	for i, row := range front {
		vectors[i] = f.normalised(row)
	}
	return stats.Hypervolume(vectors, make([]float64, len(f.best)))
}

// normalised is 1 at the best value of an objective and 0 at the reference point.
func (f frame) normalised(row []float64) []float64 {
	vector := make([]float64, len(row))
	for j, v := range row {
		vector[j] = 1                                      // where all fronts agree
		if span := f.best[j]/2 - f.worst[j]/2; span != 0 { // halves: the range of finite values may not be finite
			vector[j] = ((v/2-f.worst[j]/2)/span + frameMargin) / (1 + frameMargin)
		}
	}
	return vector
}
