package mapper

import "math/bits"

// orders lists the orders of the temporal loops of one level that can be best. What an order does is to keep tensors in place: those of which the
// innermost loops are no dimension. So an order is made from the innermost loop outwards: one is chosen, and with it come all loops that move none of
// the tensors still in place, until none is left in place; the loops outside may stand in any order. Of the loops that move the same tensors one stands
// for all, but those whose tiles may overlap. Fixed places are respected.
type orders struct {
	relevant []uint32 // by dimension: the tensors that it moves
	overlaps []bool   // by dimension: tiles along it may overlap
	all      uint32   // all tensors
	list     [][]int  // the outermost first
	size     int
	buffer   []int
}

func newOrders(s *Space) *orders {
	p := s.model.Problem()
	o := &orders{relevant: make([]uint32, len(p.Dimensions)), overlaps: make([]bool, len(p.Dimensions)), all: 1<<len(p.Tensors) - 1,
		buffer: make([]int, len(p.Dimensions))}
	for t := range p.Tensors {
		for _, axis := range p.Tensors[t].Axes {
			for _, term := range axis {
				o.relevant[term.Dimension] |= 1 << t
				o.overlaps[term.Dimension] = o.overlaps[term.Dimension] || len(axis) > 1
			}
		}
	}
	return o
}

// of fills the list with the orders of a set of loops, given as dimensions, at a level.
func (o *orders) of(c *choice, loops uint32) [][]int {
	o.size = 0
	free, n := loops, 0
	inner := o.buffer[:0]
	for _, d := range c.innermost {
		if loops>>d&1 != 0 {
			inner, free = append(inner, d), free&^(1<<d)
		}
	}
	for _, d := range c.outermost {
		if loops>>d&1 != 0 {
			free &^= 1 << d
			n++
		}
	}
	alive := o.all
	for _, d := range inner {
		alive &^= o.relevant[d]
	}
	o.grow(c, loops, free, alive, inner)
	return o.list[:o.size]
}

// grow extends an order, innermost first, by the free loops.
func (o *orders) grow(c *choice, loops, free, alive uint32, order []int) {
	for again := len(order) > 0; again; { // loops that move nothing which is still in place
		again = false
		for f := free; f != 0; f &= f - 1 {
			if d := bits.TrailingZeros32(f); o.relevant[d]&alive == 0 {
				order, free, again = append(order, d), free&^(1<<d), true
			}
		}
	}
	if free == 0 {
		o.add(c, loops, order)
		return
	}
	for f := free; f != 0; f &= f - 1 {
		d := bits.TrailingZeros32(f)
		if o.stands(free, alive, d, len(order) == 0) {
			o.grow(c, loops, free&^(1<<d), alive&^o.relevant[d], append(order, d))
		}
	}
}

// stands tells whether a loop has to be tried as the next one: no earlier loop moves the same of what is in place.
func (o *orders) stands(free, alive uint32, d int, innermost bool) bool {
	if innermost && o.overlaps[d] {
		return true
	}
	for f := free & (1<<d - 1); f != 0; f &= f - 1 {
		e := bits.TrailingZeros32(f)
		if o.relevant[e]&alive == o.relevant[d]&alive && !(innermost && o.overlaps[e]) {
			return false
		}
	}
	return true
}

// add puts an order into the list, the outermost loop first.
func (o *orders) add(c *choice, loops uint32, order []int) {
	if o.size == len(o.list) {
		o.list = append(o.list, make([]int, 0, len(o.relevant)))
	}
	to := o.list[o.size][:0]
	for _, d := range c.outermost {
		if loops>>d&1 != 0 {
			to = append(to, d)
		}
	}
	for i := len(order) - 1; i >= 0; i-- {
		to = append(to, order[i])
	}
	o.list[o.size] = to
	o.size++
}
