package dashboard

import (
	"cmp"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/stats"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// maxLeaders is how many cells of a scenario have their curves shown: one a colour.
const maxLeaders = 7

// cell is one agent with one setting on one scenario: its repeats.
type cell struct {
	scenario int
	first    int // of its studies; they follow each other
	studies  int
	info     dataset.Study // of the first
	terms    []dataset.Term
	counts
	begun, done int
	changed     uint64 // version, likewise below
	led         uint64 // when it became a leader; 0 = it is none
}

// cellsOf groups a plan's studies. Scenarios are numbered as the plan has them.
func cellsOf(p *sweep.Plan) []cell {
	var list []cell
	for i, s := range p.Studies {
		if s.Repeat > 0 && len(list) > 0 {
			list[len(list)-1].studies++
			continue
		}
		info := s.Describe()
		list = append(list, cell{scenario: slices.Index(p.Scenarios, s.Scenario), first: i, studies: 1, info: info, terms: terms(info.Objectives), changed: 2})
	}
	return list
}

// standing is how the studies of a cell stand.
type standing struct {
	best    int       // study with the best value; -1 = none has one
	bests   []float64 // of each objective over the studies' best designs; nil without one
	median  float64   // of the studies' best values by the first objective; NaN where half of them have none
	reached int       // studies with a design that meets every constraint
}

// stand sums up a cell's studies.
func (c *cell) stand(studies []tally) standing {
	s := standing{best: -1, median: math.NaN()}
	if len(c.terms) == 0 {
		return s
	}
	var finals []float64
	minimise := c.terms[0].Minimise
	for i, t := range studies[c.first : c.first+c.studies] {
		if t.begun {
			finals = append(finals, t.final())
		}
		if len(t.steps) == 0 {
			continue
		}
		s.reached++
		if s.best < 0 || better(t.final(), studies[s.best].final(), minimise) {
			s.best = c.first + i
		}
		if s.bests == nil {
			s.bests = slices.Clone(t.best.objectives)
		}
		for k, v := range t.best.objectives {
			if better(v, s.bests[k], c.terms[k].Minimise) {
				s.bests[k] = v
			}
		}
	}
	if n := len(finals); n > 0 {
		slices.SortFunc(finals, func(a, b float64) int {
			switch {
			case better(a, b, minimise):
				return -1
			case better(b, a, minimise):
				return 1
			}
			return 0
		})
		s.median = (finals[(n-1)/2] + finals[n/2]) / 2
	}
	return s
}

// curve is the best-so-far of a cell's studies: the best, the median and the worst after so many trials.
func (c *cell) curve(studies []tally, grid []int, budget int) []CurvePoint {
	var curves []stats.Curve
	end := 0
	for i := range studies[c.first : c.first+c.studies] {
		if t := &studies[c.first+i]; t.told > 0 {
			curve := t.curve(budget)
			curves, end = append(curves, curve), max(end, curve.Trials)
		}
	}
	minimise := c.terms[0].Minimise
	at := slices.Clone(grid[:lastUpTo(grid, end)])
	if n := len(at); end > 0 && end < budget && (n == 0 || at[n-1] < end) {
		at = append(at, end) // where the study that came furthest is now
	}
	points := make([]CurvePoint, 0, len(at))
	for _, b := range stats.Bands(curves, at, minimise, 0, 1) {
		p := CurvePoint{Trials: b.Trials, Studies: b.Runs, Best: Number(b.Low), Median: Number(b.Median), Worst: Number(b.High)}
		if !minimise {
			p.Best, p.Worst = p.Worst, p.Best
		}
		if p.Best.Given() {
			points = append(points, p)
		}
	}
	return points
}

// lastUpTo is how many counts of the grid are at most n.
func lastUpTo(grid []int, n int) int {
	i, found := slices.BinarySearch(grid, n)
	if found {
		return i + 1
	}
	return i
}

// leaders are the cells of a scenario whose curves are shown, ascending: all where they are few, else the best of each kind of agent, and then the best of all.
func leaders(cells []cell, standings []standing, studies []tally, scenario int) []int {
	var all []int
	for i := range cells {
		if cells[i].scenario == scenario {
			all = append(all, i)
		}
	}
	if len(all) <= maxLeaders {
		return all
	}
	value := func(i int) float64 {
		if b := standings[i].best; b >= 0 {
			return studies[b].final()
		}
		return math.NaN()
	}
	minimise := cells[all[0]].terms[0].Minimise
	ranked := slices.Clone(all)
	slices.SortStableFunc(ranked, func(a, b int) int {
		switch {
		case better(value(a), value(b), minimise):
			return -1
		case better(value(b), value(a), minimise):
			return 1
		}
		return cmp.Compare(a, b)
	})
	var kinds []string
	var chosen, rest []int
	for _, i := range ranked {
		if kind := cells[i].info.Agent; !slices.Contains(kinds, kind) {
			kinds, chosen = append(kinds, kind), append(chosen, i)
		} else {
			rest = append(rest, i)
		}
	}
	chosen = append(chosen, rest...)[:maxLeaders]
	slices.Sort(chosen)
	return chosen
}

// stand sums up the cells that have changed since the last version, and finds the leaders. The caller holds the lock.
func (w *watch) stand() {
	moved := false
	for i := range w.cells {
		if c := &w.cells[i]; c.changed > w.version {
			w.standing[i], moved = c.stand(w.studies), true
		}
	}
	if !moved {
		return
	}
	for s := range w.leaders {
		now := leaders(w.cells, w.standing, w.studies, s)
		for _, i := range w.leaders[s] {
			if !slices.Contains(now, i) {
				w.cells[i].led = 0
			}
		}
		for _, i := range now {
			if w.cells[i].led == 0 {
				w.cells[i].led = w.version + 1
			}
		}
		w.leaders[s] = now
	}
}
