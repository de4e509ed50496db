package report

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/experiments/chart"
)

// Figures lists the figures of the report with what they show: those over all scenarios, then those of each scenario. It lists none when the sweep is not
// consistent.
func Figures(s Sweep) ([]chart.Figure, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	parts := judgeAll(s)
	_, all, err := compare(parts, s.LogTrials)
	lists := make([][]*chart.Figure, len(parts))
	errs := make([]error, len(parts))
	each(len(parts), func(i int) { lists[i], errs[i] = parts[i].figures(sectionID(i), s.LogTrials) })
	var figures []chart.Figure
	for _, list := range append([][]*chart.Figure{all}, lists...) {
		figures = append(figures, known(list)...)
	}
	return figures, errors.Join(append(errs, err)...)
}

// figures are those of the scenario; nil where there is nothing to show.
func (j judged) figures(id string, logTrials bool) ([]*chart.Figure, error) {
	if !j.known { // nor does any run attain anything
		return []*chart.Figure{tradeoff(id+"-tradeoff", j.scenario, j.contenders)}, nil
	}
	weights, err := importance(id+"-importance", j.scenario, j.contenders, j.scored, j.scale)
	if err != nil {
		return nil, err
	}
	return []*chart.Figure{
		convergence(id+"-progress", j.scenario, j.contenders, logTrials),
		intervals(id+"-intervals", j.scenario, j.contenders, j.scored),
		targets(id+"-targets", fmt.Sprintf("Targets in %s", j.scenario.Name), single([]judged{j}), j.contenders, logTrials),
		tradeoff(id+"-tradeoff", j.scenario, j.contenders),
		attainment(id+"-attainment", j.scenario, j.contenders),
		violins(id+"-lottery", j.scenario, j.contenders, lotteries(j.scenario, j.contenders, j.scored), j.scored),
		weights,
		coordinates(id+"-designs", j.scenario, j.contenders, j.scored),
	}, nil
}
