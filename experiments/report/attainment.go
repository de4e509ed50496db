package report

import (
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// attainment is, of two objectives, the border of what at least half of each agent's runs have reached, with a band from that of a quarter to that of three quarters. It
// is nil with more or fewer objectives, and while no agent has two runs.
func attainment(id string, scenario Scenario, contenders []contender) *chart.Figure {
	terms := scenario.Objectives
	if len(terms) != 2 || !slices.ContainsFunc(contenders, func(c contender) bool { return c.summary.Seeds > 1 }) {
		return nil
	}
	title := fmt.Sprintf("Trade-offs between %s and %s that the runs attain in %s", terms[0].Name, terms[1].Name, scenario.Name)
	x, y := chart.Axis{Name: named(terms[0])}, chart.Axis{Name: named(terms[1])}
	surfaces := make([]attained, len(contenders))
	for i, c := range contenders {
		surfaces[i] = newAttained(terms, c.Runs)
		for _, border := range surfaces[i].borders {
			for _, row := range border {
				x.Include(row[0])
				y.Include(row[1])
			}
		}
	}
	if !x.Known() {
		return nil
	}
	x.Settle()
	y.Settle()
	f := &chart.Figure{ID: id, Title: title, X: x, Y: y, Caption: title +
		": at least half of an agent's runs have a design as good as the line in both, the median attainment surface; the band goes from what a quarter of them attain to what three quarters do."}
	for i, c := range contenders {
		s := surfaces[i].series(x)
		s.Name, s.Colour = c.Label, c.colour
		f.Series = append(f.Series, s)
	}
	return f
}

// attained is what a quarter, half and three quarters of some runs have reached: borders in natural units, ascending in the first term.
type attained struct {
	terms   []objective.Term
	borders [3][][]float64
}

func newAttained(terms []objective.Term, runs []Run) attained {
	a := attained{terms: terms}
	var fronts [][][]float64
	for _, run := range runs {
		if run.Trials == 0 {
			continue
		}
		var front [][]float64
		for _, row := range run.Front {
			front = append(front, a.turned(row))
		}
		fronts = append(fronts, front) // also of a run that attains nothing
	}
	for i, share := range []float64{0.25, 0.5, 0.75} {
		for _, v := range stats.Attainment(fronts, int(math.Ceil(share*float64(len(fronts))))) {
			a.borders[i] = append(a.borders[i], a.turned(v))
		}
		slices.SortFunc(a.borders[i], slices.Compare[[]float64])
	}
	return a
}

// turned changes the signs of what is minimised, from natural units to maximised ones or back.
func (a attained) turned(row []float64) []float64 {
	out := make([]float64, 2)
	for j := range out {
		out[j] = row[j]
		if a.terms[j].Minimise {
			out[j] = 0 - row[j] // never -0
		}
	}
	return out
}

// second is the second term that goes with the first one right of x, up to the next corner; infinite where nothing does.
func (a attained) second(border [][]float64, x float64) float64 {
	at := slices.IndexFunc(border, func(row []float64) bool { return row[0] > x })
	if a.terms[0].Minimise { // designs at or left of x are as good in the first term
		if at < 0 {
			at = len(border)
		}
		at--
	}
	if at < 0 {
		return worst(a.terms[1].Minimise)
	}
	return border[at][1]
}

// series is the band between the outer borders with the middle one.
func (a attained) series(x chart.Axis) chart.Series {
	var corners []float64
	for _, border := range a.borders {
		for _, row := range border {
			corners = append(corners, row[0])
		}
	}
	slices.Sort(corners)
	corners = Thin(slices.Compact(corners), gridSize)
	if a.terms[0].Minimise {
		corners = append(corners, x.High)
	} else {
		corners = slices.Insert(corners, 0, x.Low)
	}
	s := chart.Series{Mark: chart.Band, X: corners}
	for _, corner := range corners {
		quarter, most := a.second(a.borders[0], corner), a.second(a.borders[2], corner)
		s.Y = append(s.Y, a.second(a.borders[1], corner))
		s.Low, s.High = append(s.Low, min(quarter, most)), append(s.High, max(quarter, most))
	}
	return s
}
