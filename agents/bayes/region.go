package bayes

import (
	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/agents/rank"
)

// The law of the trust region, from the paper on TuRBO.
const (
	firstSide  = 0.8
	mostSide   = 1.6
	leastSide  = 1.0 / 128
	winsToGrow = 3
)

// region is the state of the trust region.
type region struct {
	on           bool
	first        int // the first row of the region's data
	side         float64
	wins, losses int // in a row
	best         int // the row of the best trial since first; -1 without any
}

// follow takes the last row into account.
func (a *Agent) follow(t agents.Trial) {
	r := &a.region
	if r.best < 0 {
		r.best = len(a.rows) - 1
		return
	}
	better := rank.Compare(t, a.rows[r.best].trial) < 0
	if better {
		r.best = len(a.rows) - 1
	}
	if !r.on || t.Given || a.starts > 0 || a.problem.Objectives > 1 {
		return
	}
	if better {
		r.wins, r.losses = r.wins+1, 0
	} else {
		r.wins, r.losses = 0, r.losses+1
	}
	switch {
	case r.wins == winsToGrow:
		r.side, r.wins = min(2*r.side, mostSide), 0
	case r.losses >= max(4, len(a.encoder.axes)):
		r.side, r.losses = r.side/2, 0
	}
	if r.side < leastSide {
		a.region = region{on: true, first: len(a.rows), side: firstSide, best: -1}
		a.starts = a.options.Initial
	}
}
