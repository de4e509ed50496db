package report

import (
	"fmt"

	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// targetCount is how many targets a scenario has.
const targetCount = 51

// targets is the distribution of trials to target of each contender over some scenarios of one objective; nil without any.
func targets(id, title string, parts []judged, contenders []contender, logTrials bool) *chart.Figure {
	trials := 0
	for _, p := range parts {
		trials = max(trials, p.scenario.trials())
	}
	f := &chart.Figure{ID: id, Title: title}
	var grid []int
	f.X, grid = trialAxis(trials, logTrials)
	f.Y = chart.Axis{Name: "share of targets reached"}
	f.Y.Include(0)
	f.Y.Include(1)
	f.Y.Settle()
	for _, c := range contenders {
		var reached stats.FixedTarget
		for _, p := range parts {
			if at := p.find(c.Label); at >= 0 {
				reached.Add(p.contenders[at].curves(), stats.Targets(p.scale.zero, p.scale.one, targetCount), p.scale.minimise)
			}
		}
		s := chart.Series{Name: c.Label, Mark: chart.Stair, Colour: c.colour}
		for i, share := range reached.At(grid) {
			if chart.Finite(share) {
				s.X, s.Y = append(s.X, float64(grid[i])), append(s.Y, share)
			}
		}
		if len(s.X) > 0 {
			f.Series = append(f.Series, s)
		}
	}
	if len(f.Series) == 0 {
		return nil
	}
	f.Caption = fmt.Sprintf("%s: share of pairs of a run and a target that the run had reached; %d targets from the scale's 0 to its 1, the gap to 1 falling to a thousandth in equal steps of its logarithm, and 1 itself.",
		title, targetCount)
	return f
}
