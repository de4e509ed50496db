package aco

import "github.com/codesign-gym/codesign/env/space"

// rule is what tells one ant system from another: how trails change.
type rule interface {
	bounds(columns int) bounds
	// proposed is called for every active axis of every proposal.
	proposed(t trail, p space.Point)
	// leads tells whether the best design since the restart marks the trails in a turn; else it is the best of the turn's ants.
	leads(turn int) bool
	// evaporate is called for every axis, and then mark for the active axes of the design that marks the trails.
	evaporate(t trail)
	mark(t trail, p space.Point)
}

// bounds are the least trail and the trail at the outset. The greatest is 1.
type bounds struct{ least, outset float64 }
