package boost

import (
	"math"
	"math/bits"
)

// cell is a sum of gradients and curvatures in units of the tree, exact.
type cell struct{ g, h int64 }

func (c cell) plus(d cell) cell  { return cell{c.g + d.g, c.h + d.h} }
func (c cell) minus(d cell) cell { return cell{c.g - d.g, c.h - d.h} }

// padding follows the cells of a histogram, so that the 256 cells from any feature's first one exist: a byte is an index within them.
const padding = 256

// accumulate sums the gradients of rows by the bins of one block's features. ordered has the gradients of the rows, in their order.
func (t *table) accumulate(histogram []cell, block int, rows []int32, ordered []cell) {
	first := block * perBlock
	last := min(first+perBlock, t.features) - 1
	clear(histogram[t.starts[first]:t.starts[last+1]])
	at := func(i int) *[padding]cell { // a block that is not full counts its last feature once
		return (*[padding]cell)(histogram[t.starts[min(first+i, last)]:])
	}
	words := t.blocks[block]
	ordered = ordered[:len(rows)]
	switch last - first {
	case 0:
		a := at(0)
		for i, r := range rows {
			c, w := ordered[i], words[r]
			add(&a[uint8(w)], c)
		}
	case 1:
		a, b := at(0), at(1)
		for i, r := range rows {
			c, w := ordered[i], words[r]
			add(&a[uint8(w)], c)
			add(&b[uint8(w>>8)], c)
		}
	case 2:
		a, b, d := at(0), at(1), at(2)
		for i, r := range rows {
			c, w := ordered[i], words[r]
			add(&a[uint8(w)], c)
			add(&b[uint8(w>>8)], c)
			add(&d[uint8(w>>16)], c)
		}
	default:
		a, b, d, e := at(0), at(1), at(2), at(3)
		for i, r := range rows {
			c, w := ordered[i], words[r]
			add(&a[uint8(w)], c)
			add(&b[uint8(w>>8)], c)
			add(&d[uint8(w>>16)], c)
			add(&e[uint8(w>>24)], c)
		}
	}
}

func add(to *cell, c cell) {
	to.g += c.g
	to.h += c.h
}

// units rounds gradients and curvatures to integers whose sums over all rows fit, and returns what one unit of each is worth.
func units(g, h []float64, into []cell) (ofG, ofH float64) {
	scaleG, ofG := unit(g)
	scaleH, ofH := unit(h)
	for i := range into {
		into[i] = cell{int64(math.RoundToEven(g[i] * scaleG)), int64(math.RoundToEven(h[i] * scaleH))}
	}
	return ofG, ofH
}

// unit is the power of two that makes the greatest magnitude as large as sums of all values allow, and its inverse.
func unit(values []float64) (scale, worth float64) {
	greatest := 0.0
	for _, v := range values {
		greatest = max(greatest, math.Abs(v))
	}
	if greatest == 0 {
		return 1, 1
	}
	_, exponent := math.Frexp(greatest) // greatest < 2^exponent
	shift := 62 - bits.Len(uint(len(values))) - exponent
	shift = min(max(shift, -1000), 1000) // both powers are finite
	return math.Ldexp(1, shift), math.Ldexp(1, -shift)
}
