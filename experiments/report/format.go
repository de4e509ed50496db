package report

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// scoreDigits is how many significant digits a score has at least; whole numbers below ten millions are shown in full.
const scoreDigits = 4

// number shows v with so many significant digits.
func number(v float64, digits int) string { return chart.Number(v, digits) }

// score shows a score: "-" when there is no run, "none" when the run has no feasible design.
func score(v float64) string {
	switch {
	case math.IsNaN(v):
		return "-"
	case math.IsInf(v, 0):
		return "none"
	}
	return number(v, scoreDigits)
}

// bestScore shows the best score, with the standard error of a mean of several evaluations.
func (s summary) bestScore() string {
	if s.BestRun.BestSEM == 0 {
		return score(s.Best)
	}
	return score(s.Best) + " ± " + number(s.BestRun.BestSEM, 2)
}

func interval(i stats.Interval) string {
	if math.IsNaN(i.Low) {
		return "-"
	}
	return "[" + score(i.Low) + ", " + score(i.High) + "]"
}

// spec shows the median trials to spec and how many of the seeds got there.
func spec(s summary) string {
	median := "-"
	if !infinite(s.SpecTrials) {
		median = number(s.SpecTrials, scoreDigits)
	}
	return fmt.Sprintf("%s (%d/%d)", median, s.Reached, s.Seeds)
}

// Seconds is a time in the unit that suits it.
func Seconds(s float64) string {
	switch {
	case s < 0.0995:
		return number(math.Round(s*1e3), 2) + " ms"
	case s < 99.95:
		return number(s, 3) + " s"
	case s < 3600-0.5:
		return fmt.Sprintf("%dm%02ds", int(s+0.5)/60, int(s+0.5)%60)
	default:
		return fmt.Sprintf("%dh%02dm", int(s/60+0.5)/60, int(s/60+0.5)%60)
	}
}

// withUnit appends the unit, if any.
func withUnit(value, unit string) string {
	if unit == "" {
		return value
	}
	return value + " " + unit
}

// Counted is a number of things, in English: 1 study, 2 studies.
func Counted(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	if stem, found := strings.CutSuffix(thing, "y"); found {
		thing = stem + "ie"
	}
	return fmt.Sprintf("%d %ss", n, thing)
}

// grouped is a count with thin spaces between its thousands.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "\u202f" + digits[at:]
	}
	return digits
}

// named is a term's name with its unit in brackets, as on an axis.
func named(term objective.Term) string {
	if term.Unit == "" {
		return term.Name
	}
	return term.Name + " (" + term.Unit + ")"
}

// limit is a constraint in words.
func limit(term objective.Term) string {
	sign := "<="
	if term.AtLeast {
		sign = ">="
	}
	return withUnit(term.Name+" "+sign+" "+number(term.Bound, scoreDigits), term.Unit)
}

// problem says what the scenario asks for, in one sentence.
func problem(s Scenario) string {
	parts := make([]string, len(s.Objectives))
	for i, term := range s.Objectives {
		parts[i] = direction(term) + " " + named(term)
	}
	sentence := strings.Join(parts, ", ")
	limits := make([]string, len(s.Constraints))
	for i, term := range s.Constraints {
		limits[i] = limit(term)
	}
	if len(limits) > 0 {
		sentence += " subject to " + strings.Join(limits, ", ")
	}
	if s.Warm > 0 {
		sentence += ", after " + Counted(s.Warm, "trial") + " of earlier results"
	}
	return sentence
}

// pairs joins names and values to one line.
func pairs(list []Pair) string {
	words := make([]string, len(list))
	for i, p := range list {
		words[i] = p.Name + " " + p.Value
	}
	return strings.Join(words, ", ")
}

// printable replaces what would move a terminal's cursor or colours.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPrint(r) {
			return r
		}
		return '?'
	}, text)
}
