package trace

// lcg is Knuth's 64-bit linear congruential generator (MMIX): the state after the start value is the first number.
type lcg uint64

// next steps, then gives the state. Callers take high bits: the low ones of such a generator have short periods.
func (x *lcg) next() uint64 {
	*x = *x*6364136223846793005 + 1442695040888963407
	return uint64(*x)
}
