package bayes

import (
	"slices"
	"strconv"

	"github.com/codesign-gym/codesign/agents/vary"
	"github.com/codesign-gym/codesign/env/space"
)

// climber climbs to designs of greater acquisition, one axis at a time.
type climber struct {
	a     *Agent
	q     *acquisition
	box   *box
	known map[string]found // by design and axis after a move: where that climb ended, so that climbs that meet do not walk twice

	base    []float64   // the input of the place
	x       []float64   // scratch
	point   space.Point // scratch
	columns []int       // scratch
	levels  []int       // scratch
}

// climb changes one axis after the other, round and round, to its best level, until none is better.
func (c *climber) climb(at found) found {
	axes := c.a.encoder.of
	var met []string
	c.stand(at.point)
	idle := 0 // axes tried since the last move
	for turn := 0; idle < len(axes) && turn < rounds*len(axes); turn++ {
		idle++
		best := c.best(at, turn%len(axes))
		if !(best.value > at.value) {
			continue
		}
		at, idle = best, 1
		key := string(strconv.AppendInt(c.a.problem.Space.AppendKey(nil, at.point), int64(turn%len(axes)), 10))
		if end, ok := c.known[key]; ok {
			at = end
			break
		}
		met = append(met, key)
		c.stand(at.point)
	}
	for _, key := range met {
		c.known[key] = at
	}
	return at
}

// stand makes a design the base.
func (c *climber) stand(at space.Point) {
	if c.base == nil {
		c.base = c.a.encoder.append(nil, at)
		c.q.move(c.base, nil)
		return
	}
	c.differing(at)
	c.base = append(c.base[:0], c.x...)
	c.q.move(c.base, c.columns)
}

// best is the best of the designs that differ in axis i, or the place itself.
func (c *climber) best(at found, i int) found {
	a := c.a
	axis, best := a.encoder.of[i], at
	c.levels = a.levels(c.levels[:0], at.point, axis)
	for _, level := range c.levels {
		p := c.change(at.point, i, level)
		if !c.box.has(p) {
			continue
		}
		if value, ok := c.q.above(c.x, c.columns, best.value); ok && !a.seen.Has(p) {
			best = found{slices.Clone(p), value}
		}
	}
	return best
}

// change makes a move from the place: its point, its input in c.x and the columns in which that may differ from the base in c.columns.
func (c *climber) change(from space.Point, i, level int) space.Point {
	e := c.a.encoder
	axis := e.of[i]
	c.x, c.columns = append(c.x[:0], c.base...), c.columns[:0]
	if !e.switches[axis] {
		c.point = append(c.point[:0], from...)
		c.point[axis] = level
		e.appendLevel(c.x[:e.at[i]], i, level, true)
		c.columns = e.columns(c.columns, i)
		return c.point
	}
	p := vary.Move{Axis: axis, Level: level}.Apply(e.space, from, c.a.rng)
	c.differing(p)
	return p
}

// differing makes the input of a point in c.x, and tells the columns in which it differs from the base.
func (c *climber) differing(p space.Point) []int {
	c.x, c.columns = c.a.encoder.append(c.x[:0], p), c.columns[:0]
	for column, v := range c.x {
		if v != c.base[column] {
			c.columns = append(c.columns, column)
		}
	}
	return c.columns
}
