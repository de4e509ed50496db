package agentsbench

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// Verdict is how a bar, or one agent at it, stands.
type Verdict string

// The verdicts.
const (
	Met        Verdict = "met"
	Missed     Verdict = "missed"
	Unmeasured Verdict = "not measured"
)

// Finding is how one agent stands at a bar, with the numbers.
type Finding struct {
	Agent   Agent
	Verdict Verdict
	Numbers string
}

// String says what the bar asks for.
func (b Bar) String() string {
	switch b.Criterion {
	case First:
		return fmt.Sprintf("%s: first in mean rank at %d trials", b.Name, b.Trials)
	case Third:
		return fmt.Sprintf("%s: third or better in mean rank at %d trials", b.Name, b.Trials)
	case AboveAll:
		return fmt.Sprintf("%s: median hypervolume above every reference's at %d trials", b.Name, b.Trials)
	case Within:
		return fmt.Sprintf("%s: ask and tell under %g ms near %d trials on %s", b.Name, b.LimitMS, b.Trials, strings.Join(b.Functions, ", "))
	}
	stretch := ""
	if b.Stretch {
		stretch = " (stretch)"
	}
	return fmt.Sprintf("%s: %s than %s on %d of %d functions at %d trials%s", b.Name, b.Criterion, b.Against, b.Needed, len(b.Functions), b.Trials, stretch)
}

// Judge holds the bar against what was measured: a finding for each of our agents that the bar is about.
func (b Bar) Judge(r Runs) (Verdict, []Finding) {
	var findings []Finding
	counts := map[Verdict]int{}
	for _, a := range r.ours(b.Ours...) {
		f := b.finding(r, a)
		f.Agent = a
		counts[f.Verdict]++
		findings = append(findings, f)
	}
	measured := counts[Met] + counts[Missed]
	switch {
	case measured == 0:
		return Unmeasured, findings
	case b.All && counts[Missed] > 0, counts[Met] == 0:
		return Missed, findings
	}
	return Met, findings
}

func (b Bar) finding(r Runs, a Agent) Finding {
	switch b.Criterion {
	case First:
		return b.first(r, a)
	case Third:
		return b.third(r, a)
	case AboveAll:
		return b.aboveAll(r, a)
	case Within:
		return b.within(r, a)
	}
	return b.compared(r, a)
}

// compared judges NoWorse and Better. Functions that were not measured do not hold; with too few measured ones the bar is not judged.
func (b Bar) compared(r Runs, a Agent) Finding {
	list := r.Compare(a, b.Against, b.Functions, b.Trials)
	hold, short := 0, []string{}
	for _, c := range list {
		p, holds := c.HolmWorse, !c.Worse()
		if b.Criterion == Better {
			p, holds = c.HolmBetter, c.Better()
		}
		if holds {
			hold++
		} else {
			short = append(short, fmt.Sprintf("%s (%.4g to %.4g, p %.2g)", c.Function, c.Ours.Median(), c.Theirs.Median(), p))
		}
	}
	f := Finding{Verdict: Missed, Numbers: fmt.Sprintf("%s on %d of %d", b.Criterion, hold, len(list))}
	if len(short) > 0 {
		f.Numbers += "; not on " + strings.Join(short, ", ")
	}
	unknown := len(b.Functions) - len(list)
	switch {
	case hold >= b.Needed:
		f.Verdict = Met
	case len(list) == 0:
		return Finding{Verdict: Unmeasured}
	case hold+unknown >= b.Needed:
		f.Verdict = Unmeasured
	}
	return f
}

func (b Bar) first(r Runs, a Agent) Finding {
	ranks := r.MeanRanks(append(r.reference(), a), b.Trials)
	own := slices.IndexFunc(ranks, func(k Rank) bool { return k.Agent == a })
	if own < 0 || len(ranks) < 2 {
		return Finding{Verdict: Unmeasured}
	}
	rival := ranks[0]
	if own == 0 {
		rival = ranks[1]
	}
	f := Finding{Verdict: Missed, Numbers: fmt.Sprintf("%.2f of %d, %s %.2f", ranks[own].Mean, len(ranks), rival.Agent, rival.Mean)}
	if ranks[own].Mean < rival.Mean {
		f.Verdict = Met
	}
	return f
}

func (b Bar) third(r Runs, a Agent) Finding {
	ranks := r.MeanRanks(r.Agents(), b.Trials)
	own := slices.IndexFunc(ranks, func(k Rank) bool { return k.Agent == a })
	if own < 0 || len(ranks) < 2 {
		return Finding{Verdict: Unmeasured}
	}
	var ahead []string
	for _, k := range ranks {
		if k.Mean < ranks[own].Mean {
			ahead = append(ahead, fmt.Sprintf("%s %.2f", k.Agent, k.Mean))
		}
	}
	f := Finding{Verdict: Met, Numbers: fmt.Sprintf("%.2f, place %d of %d", ranks[own].Mean, len(ahead)+1, len(ranks))}
	if len(ahead) > 2 {
		f.Verdict = Missed
	}
	if len(ahead) > 0 {
		f.Numbers += " behind " + strings.Join(ahead, ", ")
	}
	return f
}

func (b Bar) aboveAll(r Runs, a Agent) Finding {
	hold, unknown, parts := 0, 0, []string{}
	for _, name := range b.Functions {
		mine, ok := r.Sample(a, name, b.Trials)
		best, rival := math.Inf(-1), Agent{}
		for _, other := range r.reference() {
			if s, ok := r.Sample(other, name, b.Trials); ok && s.Median() > best {
				best, rival = s.Median(), other
			}
		}
		if !ok || math.IsInf(best, -1) {
			unknown++
			continue
		}
		if mine.Median() > best {
			hold++
		}
		parts = append(parts, fmt.Sprintf("%s %.5g to %.5g (%s)", name, mine.Median(), best, rival))
	}
	f := Finding{Verdict: Missed, Numbers: strings.Join(parts, ", ")}
	switch {
	case hold >= b.Needed:
		f.Verdict = Met
	case hold+unknown >= b.Needed:
		f.Verdict = Unmeasured
	}
	return f
}

func (b Bar) within(r Runs, a Agent) Finding {
	f := Finding{Verdict: Met}
	var parts []string
	for _, name := range b.Functions {
		ms, ok := r.lateMS(a, name, b.Trials)
		if !ok {
			return Finding{Verdict: Unmeasured}
		}
		if ms >= b.LimitMS {
			f.Verdict = Missed
		}
		parts = append(parts, fmt.Sprintf("%s %.3g ms", name, ms))
	}
	f.Numbers = strings.Join(parts, ", ")
	return f
}

// lateMS is the median over the seeds of the time a trial took between the two last checkpoints up to trials.
func (r Runs) lateMS(a Agent, function string, trials int) (float64, bool) {
	last, ok := r.Sample(a, function, trials)
	if !ok {
		return 0, false
	}
	checkpoints := Checkpoints(trials)
	before, at := Sample{SecondsPerTrial: make([]float64, len(last.SecondsPerTrial))}, 0
	for _, count := range checkpoints[:len(checkpoints)-1] {
		if s, ok := r.Sample(a, function, count); ok && len(s.SecondsPerTrial) == len(last.SecondsPerTrial) {
			before, at = s, count
		}
	}
	ms := make([]float64, len(last.SecondsPerTrial))
	for i, v := range last.SecondsPerTrial { // in the order of the seeds, at both checkpoints
		ms[i] = 1000 * (v*float64(trials) - before.SecondsPerTrial[i]*float64(at)) / float64(trials-at)
	}
	return stats.Median(ms), true
}
