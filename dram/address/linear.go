package address

// linear is a function of words with f(a xor b) = f(a) xor f(b): table[k][v] is the image of the byte v at byte k.
type linear struct{ table [8][256]uint64 }

// compile tabulates a linear function from its images of the 64 words with one bit.
func (l *linear) compile(f func(uint64) uint64) {
	for k := range l.table {
		for bit := range 8 {
			image := f(1 << (8*k + bit))
			for v := range 1 << bit {
				l.table[k][v|1<<bit] = l.table[k][v] ^ image
			}
		}
	}
}

// of is the image of a word.
func (l *linear) of(word uint64) uint64 {
	t := &l.table
	return t[0][word&255] ^ t[1][word>>8&255] ^ t[2][word>>16&255] ^ t[3][word>>24&255] ^
		t[4][word>>32&255] ^ t[5][word>>40&255] ^ t[6][word>>48&255] ^ t[7][word>>56]
}
