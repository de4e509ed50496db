package report

import (
	"fmt"
	"strconv"

	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// lotteryRow is what a draw among an agent's settings is worth.
type lotteryRow struct {
	Label    string
	Settings int
	Runs     int
	Medians  []float64      // of each setting's seeds, in natural units; infinite where most of them have no feasible design
	Facts    [][]chart.Fact // of each setting: its hyper-parameters
	Chances  []float64      // that a run of a setting picked at random reaches each of the scenario's goals
	stats.Lottery
}

// lotteries sums up the settings of each contender, in natural units; an empty list where no contender has several.
func lotteries(scenario Scenario, contenders []contender, scored measure) []lotteryRow {
	if !lottery(contenders) {
		return nil
	}
	goals := scenario.goals(contenders, scored)
	sign := 1.0
	if scored.Minimise {
		sign = -1
	}
	var list []lotteryRow
	for _, c := range contenders {
		row := lotteryRow{Label: c.Label}
		var values [][]float64
		reached := make([][]int, len(goals)) // by goal, by setting
		for _, i := range c.settings {
			var scores []float64
			hits := make([]int, len(goals))
			for _, run := range scenario.Agents[i].Runs {
				if run.Trials == 0 {
					continue
				}
				scores = append(scores, sign*scored.score(run))
				for k, goal := range goals {
					if goal.reached(run) {
						hits[k]++
					}
				}
			}
			if len(scores) > 0 {
				values = append(values, scores)
				for k := range goals {
					reached[k] = append(reached[k], hits[k])
				}
				row.Medians = append(row.Medians, sign*stats.Median(scores))
				row.Facts = append(row.Facts, append(factsOf(scenario.Agents[i].Options), chart.Fact{Name: "seeds", Value: strconv.Itoa(len(scores))}))
				row.Runs += len(scores)
			}
		}
		if len(values) == 0 {
			continue
		}
		var l stats.Lottery
		for k := range goals {
			l = stats.NewLottery(values, reached[k])
			row.Chances = append(row.Chances, l.ReachedFrac)
		}
		for _, v := range []*float64{&l.Best, &l.High, &l.Median, &l.Low, &l.Worst} {
			*v *= sign
		}
		row.Settings, row.Lottery = l.Settings, l
		list = append(list, row)
	}
	return list
}

// goal is something that a run may reach, its name, and what a run does that reaches it.
type goal struct {
	Name, Deed string
	reached    func(Run) bool
}

// goals are the scenario's: the spec, where there are constraints, and the optimum or, where that is unknown, a score close to the best of all.
func (s Scenario) goals(contenders []contender, scored measure) []goal {
	var list []goal
	if len(s.Constraints) > 0 {
		list = append(list, goal{"the spec", "reaches the spec", func(r Run) bool { return r.FirstSpec > 0 }})
	}
	near, target, name, deed := 0.01, worst(scored.Minimise), "the best ± 1 %", "ends within 1 % of the best"
	if scored.Optimum != nil {
		near, target, name, deed = sameValue, *scored.Optimum, "the optimum", "reaches the optimum"
	} else {
		for _, c := range contenders {
			if better(scored.Minimise, c.summary.Best, target) {
				target = c.summary.Best
			}
		}
	}
	return append(list, goal{name, deed, func(r Run) bool {
		v, ok := scored.of(r)
		return ok && stats.Regret(target, v, scored.Minimise) <= near
	}})
}

// violins is the distribution of the settings' medians of each contender; nil where no contender has several settings or none a score.
func violins(id string, scenario Scenario, contenders []contender, rows []lotteryRow, scored measure) *chart.Figure {
	list := ranked(contenders, scored.Minimise)
	f := &chart.Figure{ID: id, Title: fmt.Sprintf("The lottery of settings in %s", scenario.Name)}
	y, height := listed(list)
	f.Y = y
	f.X.Name = withUnitIn(scored)
	never := 0
	for i, c := range list {
		s := chart.Series{Name: c.Label, Mark: chart.Violin, Colour: c.colour, Y: []float64{height(i)}}
		for _, row := range rows {
			if row.Label != c.Label {
				continue
			}
			for k, v := range row.Medians {
				if infinite(v) {
					never++
					continue
				}
				s.X, s.Facts = append(s.X, v), append(s.Facts, row.Facts[k])
				f.X.Include(v)
			}
		}
		f.Series = append(f.Series, s)
	}
	if !f.X.Known() || len(rows) == 0 {
		return nil
	}
	f.X.Settle()
	f.Caption = f.Title + ": each setting of an agent's hyper-parameters by its median over the seeds; box from the lower to the upper quartile, mark at the median."
	if never > 0 {
		f.Caption += fmt.Sprintf(" %d settings without a median (most seeds have no feasible design) are not drawn.", never)
	}
	return f
}

// lotteryView is the table of the lottery.
type lotteryView struct {
	Heads []string // of scores
	Goals []string // of chances
	Rows  [][]string
}

// newLotteryView words the rows.
func newLotteryView(rows []lotteryRow, goals []goal) *lotteryView {
	if len(rows) == 0 {
		return nil
	}
	view := &lotteryView{Heads: []string{"best", "upper quartile", "median", "lower quartile", "worst"}}
	for _, g := range goals {
		view.Goals = append(view.Goals, g.Name)
	}
	for _, r := range rows {
		cells := []string{r.Label, strconv.Itoa(r.Settings), strconv.Itoa(r.Runs), score(r.Best), score(r.High), score(r.Lottery.Median), score(r.Low), score(r.Worst)}
		for _, chance := range r.Chances {
			cells = append(cells, share(chance))
		}
		view.Rows = append(view.Rows, cells)
	}
	return view
}

// share is a part of the whole in percent.
func share(frac float64) string {
	if infinite(frac) {
		return "-"
	}
	return number(100*frac, 3) + " %"
}
