package report

import (
	"fmt"
	"html/template"

	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// overall is the comparison over all scenarios.
type overall struct {
	Words   []string
	Rows    []overallRow
	Figures []drawn
	data    []chart.Figure
	legend
	Zero  string // what the scale's 0 and 1 are
	One   string
	Gains bool // is a random design's worth known
	Areas bool
}

// overallRow is an agent's line.
type overallRow struct {
	Key                                                          template.HTML
	Label, IQM, Interval, Median, Area, Gain, MeanRank, Ahead, P string
	Settings, Runs                                               int
}

// compare makes the comparison; nil while there is nothing to compare.
func compare(parts []judged, logTrials bool) (*overall, []*chart.Figure, error) {
	list := standings(parts)
	words := verdict(parts, list)
	if words == nil {
		return nil, nil, nil
	}
	o := &overall{Words: words, Zero: zeroWords(parts), One: oneWords(parts)}
	for _, s := range list {
		key, err := chart.Key(s.colour)
		if err != nil {
			return nil, nil, err
		}
		o.add(s.colour, s.Label, key)
		o.Gains, o.Areas = o.Gains || !infinite(s.Gain), o.Areas || !infinite(s.Area)
		o.Rows = append(o.Rows, overallRow{
			Key: key, Label: s.Label, IQM: number(s.IQM, 3), Interval: "[" + number(s.Interval.Low, 3) + ", " + number(s.Interval.High, 3) + "]",
			Median: number(s.Median, 3), Area: plain(s.Area), Gain: share(s.Gain), MeanRank: number(s.MeanRank, 3), Ahead: plain(s.Ahead), P: plain(s.P),
			Settings: len(s.settings), Runs: len(s.Runs),
		})
	}
	if len(parts) < 2 {
		return o, nil, nil
	}
	return o, []*chart.Figure{standingFigure(list), drawFigure(parts, list), profileFigure(list), targets("overall-targets", "Targets over all scenarios", single(parts), contendersOf(list), logTrials)}, nil
}

// plain is a number; "-" when there is none.
func plain(v float64) string {
	if infinite(v) {
		return "-"
	}
	return number(v, 3)
}

// single are the scenarios of one objective in which a design is known.
func single(parts []judged) []judged {
	var list []judged
	for _, j := range parts {
		if j.known && !j.scenario.several() {
			list = append(list, j)
		}
	}
	return list
}

func contendersOf(list []standing) []contender {
	out := make([]contender, len(list))
	for i, s := range list {
		out[i] = s.contender
	}
	return out
}

// standingFigure is the interquartile mean of each contender with its interval.
func standingFigure(list []standing) *chart.Figure {
	list = list[:min(mostCategories, len(list))]
	f := &chart.Figure{ID: "overall-intervals", Title: "Interquartile mean over all scenarios"}
	f.Caption = f.Title + ": of the runs' scores, from 0 to 1, with the 95 % interval of a bootstrap stratified by scenario."
	y, height := listed(contendersOf(list))
	f.Y = y
	f.X.Name = "score"
	for i, s := range list {
		for _, v := range []float64{s.IQM, s.Interval.Low, s.Interval.High} {
			f.X.Include(v)
		}
		f.Series = append(f.Series, chart.Series{
			Name: s.Label, Mark: chart.Interval, Colour: s.colour, X: []float64{s.IQM}, Y: []float64{height(i)}, Low: []float64{s.Interval.Low}, High: []float64{s.Interval.High},
		})
	}
	f.X.Settle()
	return f
}

// drawFigure is the distribution of the settings of each contender over all scenarios; nil where none has several.
func drawFigure(parts []judged, list []standing) *chart.Figure {
	list = list[:min(mostCategories, len(list))]
	f := &chart.Figure{ID: "overall-lottery", Title: "The lottery of settings over all scenarios"}
	f.Caption = f.Title + ": each setting of an agent's hyper-parameters by the mean over the scenarios of its median score, from 0 to 1; box from the lower to the upper quartile, mark at the median."
	y, height := listed(contendersOf(list))
	f.Y = y
	f.X.Name = "score"
	several := false
	for i, s := range list {
		settings, scores := settingScores(parts, s.Label)
		several = several || len(scores) > 1
		dots := chart.Series{Name: s.Label, Mark: chart.Violin, Colour: s.colour, X: scores, Y: []float64{height(i)}}
		for i, v := range scores {
			f.X.Include(v)
			dots.Facts = append(dots.Facts, []chart.Fact{{Name: "setting", Value: settings[i]}})
		}
		f.Series = append(f.Series, dots)
	}
	if !several {
		return nil
	}
	f.X.Settle()
	return f
}

// profilePoints is at how many scores a performance profile is taken.
const profilePoints = 101

// profileFigure is the share of runs above each score.
func profileFigure(list []standing) *chart.Figure {
	f := &chart.Figure{ID: "overall-profile", Title: "Performance profile"}
	f.Caption = fmt.Sprintf("%s: share of runs with a score above a threshold, each scenario counting alike; further right is better.", f.Title)
	f.X, f.Y = chart.Axis{Name: "score"}, chart.Axis{Name: "share of runs above"}
	thresholds := make([]float64, profilePoints)
	for i := range thresholds {
		thresholds[i] = float64(i) / (profilePoints - 1)
	}
	for _, a := range []*chart.Axis{&f.X, &f.Y} {
		a.Include(0)
		a.Include(1)
		a.Settle()
	}
	for _, s := range list {
		f.Series = append(f.Series, chart.Series{Name: s.Label, Mark: chart.Stair, Colour: s.colour, X: thresholds, Y: stats.Profile(s.Scores, thresholds)})
	}
	return f
}
