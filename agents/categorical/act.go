package categorical

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// View is what a policy chooses by.
type View struct {
	Obs  []float64 // Inputs values
	Mask [][]bool  // Mask[axis][level]: legal now; nil = every level

	// Given, when set, narrows the mask of an axis by what was chosen for the axes before it; nil = no further. The batch that is later evaluated has the
	// mask that resulted.
	Given func(axis int, chosen space.Point) []bool
}

// Sample draws a canonical point and returns its log-probability. A mask that allows no level of an active axis is an error.
func (p *Policy) Sample(v View, rng *rand.Rand) (space.Point, float64, error) {
	return p.act(v, func(logP []float64) int { return draw(logP, rng.Float64()) })
}

// Mode is Sample with the likeliest level of each axis, in their order.
func (p *Policy) Mode(v View) (space.Point, error) {
	point, _, err := p.act(v, mode)
	return point, err
}

func (p *Policy) act(v View, choose func(logP []float64) int) (space.Point, float64, error) {
	if err := p.checkMask(v.Mask); err != nil {
		return nil, 0, err
	}
	point, total := make(space.Point, p.space.Len()), 0.0
	for i := range p.blocks {
		b := &p.blocks[i]
		z := p.outputs(i, v.Obs, []space.Point{point})
		copy(b.probs, z)
		for _, h := range b.heads {
			if !p.space.Active(point, h.axis) {
				continue
			}
			legal := v.legal(h.axis, point)
			if legal != nil && !slices.Contains(legal, true) {
				return nil, 0, fmt.Errorf("the mask of %q allows none of its %d levels", p.space.Param(h.axis).Name, h.levels)
			}
			logP := b.probs[h.at : h.at+h.levels]
			h.logProbs(logP, legal)
			point[h.axis] = choose(logP)
			total += logP[point[h.axis]]
		}
	}
	return point, total, nil
}

// legal is the mask of an axis after what was chosen.
func (v View) legal(axis int, chosen space.Point) []bool {
	legal := maskOf(v.Mask, axis)
	if v.Given == nil {
		return legal
	}
	narrow := v.Given(axis, chosen)
	if legal == nil || narrow == nil {
		return append(legal, narrow...) // the one that is there
	}
	both := make([]bool, len(legal))
	for l := range both {
		both[l] = legal[l] && narrow[l]
	}
	return both
}

// checkMask reports a mask that is not one of the space.
func (p *Policy) checkMask(mask [][]bool) error {
	if mask == nil {
		return nil
	}
	if len(mask) != p.space.Len() {
		return fmt.Errorf("a mask of %d axes for %d", len(mask), p.space.Len())
	}
	for axis, legal := range mask {
		if len(legal) != p.space.Levels(axis) {
			return fmt.Errorf("the mask of %q has %d levels: must have %d", p.space.Param(axis).Name, len(legal), p.space.Levels(axis))
		}
	}
	return nil
}

// maskOf is the mask of an axis, nil when everything is legal.
func maskOf(mask [][]bool, axis int) []bool {
	if mask == nil {
		return nil
	}
	return mask[axis]
}
