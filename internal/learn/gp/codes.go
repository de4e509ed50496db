package gp

// Codes are compared four at a time, in lanes of a word.
const (
	lanes    = 4
	laneBits = 16
	many     = 1 << lanes // ways in which two words differ or not, lane by lane

	// MostCode is the greatest code of an overlap axis.
	MostCode = 1<<laneBits - 1
)

// words is how many words so many codes take.
func words(codes int) int { return (codes + lanes - 1) / lanes }

// differing has the bit of each lane in which two words differ: bit 0 that of the lowest lane.
func differing(a, b uint64) uint64 {
	const low, high = 0x7fff_7fff_7fff_7fff, 0x8000_8000_8000_8000
	x := a ^ b
	marks := ((x&low + low) | x) & high // the highest bit of each lane that is not 0
	return marks * (1<<45 | 1<<30 | 1<<15 | 1) >> 60
}

// group tabulates the products of rho by the lanes that differ.
func (k *kernel) group() {
	k.groups = grown(k.groups, words(len(k.codes)))
	for g := range k.groups {
		rho := k.rho[g*lanes : min((g+1)*lanes, len(k.rho))]
		for differ := range many {
			product := 1.0
			for lane, r := range rho {
				if differ>>lane&1 == 1 {
					product *= r
				}
			}
			k.groups[g][differ] = product
		}
	}
}

// overlap is the overlap function of two inputs.
func (k *kernel) overlap(a, b *input) float64 {
	x, y, groups := a.codes, b.codes[:len(a.codes)], k.groups[:len(a.codes)]
	even, odd := 1.0, 1.0 // side by side
	for len(x) >= 2 && len(y) >= 2 && len(groups) >= 2 {
		even *= groups[0][differing(x[0], y[0])&(many-1)]
		odd *= groups[1][differing(x[1], y[1])&(many-1)]
		x, y, groups = x[2:], y[2:], groups[2:]
	}
	for i, word := range x {
		even *= groups[i][differing(word, y[i])&(many-1)]
	}
	return even * odd
}
