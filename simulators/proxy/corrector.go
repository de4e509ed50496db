package proxy

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/regress"
)

// leastRows is how many rows each sort of correction needs, parallel to Corrections, and mostProcess the most of a Gaussian process, for its time.
func leastRows() []int { return []int{0, 2, 4, 10, 50} }

const mostProcess = 150

// corrector learns the correction of one target.
type corrector struct {
	proxy    *Proxy
	target   int
	like     int
	outside  bool
	blend    *Blend    // nil = none
	features []float64 // of the task
	points   []space.Point
	groups   []int     // of each row: rows of equal outcomes are one
	truth    []float64 // transformed
	o        FitOptions
	scores   regress.Data // of each row: the scores of all tasks
	blended  []float64    // of each row: the score of the blend; nil = none
	x        regress.Data // of each row: the features of the design
}

// choose takes the best correction, with an interval from rows that neither it nor its choice has seen: everything is done once more without each part of the rows.
func (l *corrector) choose() Correction {
	l.prepare()
	rows := all(len(l.truth))
	best := l.best(rows, "all")
	var honest []float64
	for part, out := range l.deal(rows, mostFolds) {
		c := l.best(without(rows, out), fmt.Sprint(part))
		honest = append(honest, l.errors(c, out)...)
	}
	target := &l.proxy.file.Targets[l.target]
	spread := target.Spread
	if len(rows) > 0 {
		spread = max(spread, slices.Max(l.truth)-slices.Min(l.truth))
	}
	best.Spread, best.HalfWidth = spread, spread
	switch plain := best.Kind == Corrections()[0]; {
	case plain && l.like >= 0:
		best.HalfWidth = target.HalfWidth[l.like]
	case plain && best.Blend != nil && !l.outside:
		best.HalfWidth = target.New.HalfWidth
	}
	// where the fit had the same designs in other tasks, what it says of them is better than what it says of others: no interval is narrower than those of the fit
	if width := regress.HalfWidth(honest, Cover); !math.IsInf(width, 1) {
		best.HalfWidth = min(max(width, rounding*spread, slices.Min(target.HalfWidth)), spread)
	}
	return best
}

// prepare computes what the rows are corrected by.
func (l *corrector) prepare() {
	l.x = l.proxy.designs(l.points)
	of := l.proxy.scoresOfAll(l.points)
	l.scores, l.blended = l.proxy.scoreRows(of, l.target), l.proxy.blended(of, l.target, l.blend, l.x, l.features)
	l.x.Y, l.scores.Y = l.truth, l.truth
}

// best is the correction whose predictions have the least squared error in cross-validation over the rows of the indices, the simpler one where two are equal: on the blend, where there
// is one, or without it.
func (l *corrector) best(rows []int, part string) Correction {
	best, least := Correction{Kind: Corrections()[0], Blend: l.blend}, math.Inf(1)
	bases := []*corrector{l}
	if l.blend != nil {
		blind := *l
		blind.blend, blind.blended = nil, nil
		bases = append(bases, &blind)
	}
	for i, kind := range Corrections() {
		if len(rows) < leastRows()[i] || kind == "linear+gp" && len(rows) > mostProcess {
			continue
		}
		for _, l := range bases {
			sum, ok := l.across(kind, rows, part)
			if !ok || !(sum < least) {
				continue
			}
			if made, ok := l.fit(kind, rows, l.random(kind, part)); ok {
				best, least = made, sum
			}
		}
	}
	return best
}

// mostFolds is how many parts cross-validation makes at most.
const mostFolds = 10

// across is the sum of the squared errors of rows in cross-validation; false where it cannot be done.
func (l *corrector) across(kind string, rows []int, part string) (sum float64, ok bool) {
	folds := mostFolds
	if kind == "linear+gp" || kind == "linear+boost" {
		folds = crossFolds
	}
	parts := l.deal(rows, folds)
	for fold, out := range parts {
		c, ok := l.fit(kind, without(rows, out), l.random(kind, fmt.Sprint(part, " ", fold)))
		if !ok {
			return 0, false
		}
		for _, e := range l.errors(c, out) {
			sum += e * e
		}
	}
	return sum, len(parts) > 0
}

// deal parts rows into folds, in turn; rows of a group stay together. Fewer than two groups have no parts.
func (l *corrector) deal(rows []int, folds int) (parts [][]int) {
	turn := map[int]int{}
	for _, r := range rows {
		if _, ok := turn[l.groups[r]]; !ok {
			turn[l.groups[r]] = len(turn)
		}
	}
	if len(turn) < 2 {
		return nil
	}
	parts = make([][]int, min(folds, len(turn)))
	for _, r := range rows {
		part := turn[l.groups[r]] % len(parts)
		parts[part] = append(parts[part], r)
	}
	return parts
}

// random is a stream of its own for each fit.
func (l *corrector) random(kind string, part string) *rand.Rand {
	return seed.New(l.o.Seed, "proxy", "correct", l.proxy.Metrics()[l.target].Key(), kind, part)
}

// errors are those of a correction on rows.
func (l *corrector) errors(c Correction, rows []int) []float64 {
	blended := l.blended
	if c.Blend == nil {
		blended = nil
	}
	f := c.apply(l.scores.Rows(rows), l.x.Rows(rows), some(blended, rows), l.like)
	for k, i := range rows {
		f[k] -= l.truth[i]
	}
	return f
}

// fit learns one sort of correction from the rows of the indices; false where they do not allow it.
func (l *corrector) fit(kind string, rows []int, rng *rand.Rand) (Correction, bool) {
	c := Correction{Kind: kind, Blend: l.blend}
	scores, x, blended := l.scores.Rows(rows), l.x.Rows(rows), some(l.blended, rows)
	if kind == "none" || len(rows) == 0 {
		return c, true
	}
	if kind != "shift" {
		d := scores
		if blended != nil {
			d.Y = slices.Clone(scores.Y)
			for i, z := range blended {
				d.Y[i] -= z
			}
		}
		m, err := regress.Fit(regress.Ridge, d, regress.Options{}, rng)
		if err != nil { // of equal targets, say
			return c, false
		}
		c.Linear = m.(*regress.Linear)
	}
	rest := c.apply(scores, x, blended, l.like)
	for i, f := range rest {
		rest[i] = scores.Y[i] - f
		c.Shift += rest[i] / float64(len(rest))
	}
	if kind == "shift" || kind == "linear" {
		return c, true
	}
	for i := range rest {
		rest[i] -= c.Shift
	}
	x.Y = rest
	sort := regress.Process
	if kind == "linear+boost" {
		sort = regress.Boost
	}
	m, err := regress.Fit(sort, x, regress.Options{Trees: 100, Workers: l.o.Workers}, rng)
	if err != nil {
		return c, false
	}
	encoded := regress.Encode(m)
	c.Residual, c.residual = &encoded, m
	return c, true
}

// without are the rows that are not among others, both ascending.
func without(rows, others []int) []int {
	return slices.DeleteFunc(slices.Clone(rows), func(r int) bool {
		_, found := slices.BinarySearch(others, r)
		return found
	})
}

// some are the values at the indices; nil of nil.
func some(values []float64, at []int) []float64 {
	if values == nil {
		return nil
	}
	out := make([]float64, len(at))
	for k, i := range at {
		out[k] = values[i]
	}
	return out
}

// all lists the numbers below n.
func all(n int) []int {
	list := make([]int, n)
	for i := range list {
		list[i] = i
	}
	return list
}
