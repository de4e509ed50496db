package de

import "math/rand/v2"

// rates are those of one member: how far differences move a design, and how many axes they move.
type rates struct {
	scale, cross float64
}

func firstRates() rates { return rates{scale: 0.5, cross: 0.5} }

// renewed draws each rate anew with probability renewal, from the ranges of the package comment.
func (r rates) renewed(rng *rand.Rand) rates {
	const renewal = 0.1
	if rng.Float64() < renewal {
		r.scale = 0.1 + 0.9*rng.Float64()
	}
	if rng.Float64() < renewal {
		r.cross = rng.Float64()
	}
	return r
}
