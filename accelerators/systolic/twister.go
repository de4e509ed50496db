package systolic

// twister is the Mersenne Twister MT19937 with 32-bit outputs, seeded by the linear rule of its authors (Matsumoto and Nishimura, "Mersenne
// Twister: a 623-dimensionally equidistributed uniform pseudo-random number generator", ACM TOMACS 8(1), 1998; seeding of 2002).
// SCALE-Sim draws the sparsity of filters from it.
type twister struct {
	state [624]uint32
	next  int
}

func newTwister(seed uint32) *twister {
	t := &twister{next: 624}
	for i := range t.state {
		t.state[i] = seed
		seed = 1812433253*(seed^seed>>30) + uint32(i) + 1
	}
	return t
}

func (t *twister) uint32() uint32 {
	if t.next == len(t.state) {
		t.twist()
	}
	y := t.state[t.next]
	t.next++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

func (t *twister) twist() {
	n := len(t.state)
	for i := range t.state {
		y := t.state[i]&0x80000000 | t.state[(i+1)%n]&0x7fffffff
		t.state[i] = t.state[(i+397)%n] ^ y>>1 ^ (y&1)*0x9908b0df
	}
	t.next = 0
}

// below draws from 0 to n − 1: outputs are cut to the bits of n − 1 and thrown away while they are above it.
func (t *twister) below(n int64) int64 {
	mask := uint32(0)
	for int64(mask) < n-1 {
		mask = mask<<1 | 1
	}
	for mask > 0 {
		if draw := int64(t.uint32() & mask); draw < n {
			return draw
		}
	}
	return 0
}
