package tpe

import (
	"math"
	"math/bits"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/env/space"
)

// absent is the place of an axis that is inactive in a design.
const absent = int32(-1)

// place is what kernels compare on an axis: the level, or of a permutation the bit set of the label pairs in ascending order.
func place(p space.Param, level int) int32 {
	if p.Kind != space.Permutation {
		return int32(level)
	}
	var buf [space.MaxPermuted]int
	var before [space.MaxPermuted]int
	for at, label := range space.Unrank(buf[:0], level, len(p.Labels)) {
		before[label] = at
	}
	pairs, bit := int32(0), 0
	for a := range p.Labels {
		for b := range a {
			if before[b] < before[a] {
				pairs |= 1 << bit
			}
			bit++
		}
	}
	return pairs
}

// kernel is the distribution of one axis around a design of a set of n, and that of the prior. The package comment has the equations.
type kernel struct {
	param  space.Param
	levels int
	step   []float64 // ordinal: mass of a Gaussian on the level at the offset i - (levels-1)
	within []float64 // ordinal: mass of a Gaussian around each level that is within the range
	prior  []float64 // ordinal: the prior's mass on each level
	move   float64   // nominal: mass on each other level; permutation: odds of one adjacent swap
	swaps  []float64 // permutation: log mass at each distance
}

// newKernel makes the kernel of an axis for a set of n designs. Deviation is that of ordinal kernels.
func newKernel(p space.Param, n int, deviation, priorWeight float64) kernel {
	k := kernel{param: p, levels: p.Levels()}
	width := float64(k.levels)
	switch p.Kind {
	case space.Ordinal:
		k.step, k.within, k.prior = make([]float64, 2*k.levels-1), make([]float64, k.levels), make([]float64, k.levels)
		for i := range k.step {
			k.step[i] = normalMass(float64(i-k.levels+1), deviation)
		}
		total := 0.0
		for level := range k.levels {
			scale := deviation * math.Sqrt2
			k.within[level] = (math.Erf((float64(level)+0.5)/scale) + math.Erf((width-0.5-float64(level))/scale)) / 2
			k.prior[level] = normalMass(float64(level)-float64(k.levels-1)/2, width)
			total += k.prior[level]
		}
		for level := range k.prior {
			k.prior[level] /= total
		}
	case space.Nominal:
		smooth := priorWeight / float64(n+1)
		k.move = smooth / (1 + smooth*width)
	case space.Permutation:
		k.move = priorWeight / (float64(n+1) + priorWeight)
		logTotal := 0.0
		for size := 2; size <= len(p.Labels); size++ {
			sum := 0.0
			for shift := range size {
				sum += math.Pow(k.move, float64(shift))
			}
			logTotal += math.Log(sum)
		}
		for distance := range len(p.Labels)*(len(p.Labels)-1)/2 + 1 {
			k.swaps = append(k.swaps, float64(distance)*math.Log(k.move)-logTotal)
		}
	}
	return k
}

// normalMass is the mass of a Gaussian around 0 on the unit interval around x.
func normalMass(x, deviation float64) float64 {
	x = math.Abs(x)
	scale := deviation * math.Sqrt2
	return (math.Erfc((x-0.5)/scale) - math.Erfc((x+0.5)/scale)) / 2
}

// appendLog appends the log mass at a level of the prior, and then of the kernels around each level. Permutations have no such table.
func (k *kernel) appendLog(dst []float64, level int) []float64 {
	if k.param.Kind == space.Ordinal {
		dst = append(dst, math.Log(k.prior[level]))
		for centre := range k.levels {
			dst = append(dst, math.Log(k.step[level-centre+k.levels-1]/k.within[centre]))
		}
		return dst
	}
	dst = append(dst, -math.Log(float64(k.levels)))
	other := math.Log(k.move)
	for range k.levels {
		dst = append(dst, other)
	}
	dst[len(dst)-k.levels+level] = math.Log(1 - k.move*float64(k.levels-1))
	return dst
}

// logSwaps is the log mass of a permutation at a place around a centre, or of the prior when that is absent.
func (k *kernel) logSwaps(at, centre int32) float64 {
	if centre == absent {
		return -math.Log(float64(k.levels))
	}
	return k.swaps[bits.OnesCount32(uint32(at^centre))]
}

// draw draws a level around a centre level, or of the prior when that is negative.
func (k *kernel) draw(centre int, rng *rand.Rand) int {
	switch {
	case k.param.Kind == space.Ordinal && centre < 0:
		return pick(k.prior, 1, rng)
	case k.param.Kind == space.Ordinal:
		return pick(k.step[k.levels-1-centre:2*k.levels-1-centre], k.within[centre], rng)
	case centre < 0:
		return rng.IntN(k.levels)
	case k.param.Kind == space.Nominal:
		if k.levels == 1 || rng.Float64() >= k.move*float64(k.levels-1) {
			return centre
		}
		other := rng.IntN(k.levels - 1)
		if other >= centre {
			other++
		}
		return other
	}
	return k.reorder(centre, rng)
}

// pick draws an index with the given masses, which sum to total.
func pick(masses []float64, total float64, rng *rand.Rand) int {
	u := rng.Float64() * total
	for i, m := range masses[:len(masses)-1] {
		if u < m {
			return i
		}
		u -= m
	}
	return len(masses) - 1
}

// reorder draws an order by repeated insertion: each label in turn is put last, or before the last with the odds move, and so on.
func (k *kernel) reorder(centre int, rng *rand.Rand) int {
	labels := len(k.param.Labels)
	var from, to [space.MaxPermuted]int
	order := to[:0]
	for _, label := range space.Unrank(from[:0], centre, labels) {
		var masses [space.MaxPermuted]float64
		total, mass := 0.0, 1.0
		for shift := range len(order) + 1 {
			masses[shift] = mass
			total += mass
			mass *= k.move
		}
		shift := pick(masses[:len(order)+1], total, rng)
		at := len(order) - shift
		order = append(order, label)
		copy(order[at+1:], order[at:len(order)-1])
		order[at] = label
	}
	return space.Rank(order)
}
