// Package address translates byte addresses to places in a memory of channels, ranks, bank groups, banks, rows and columns, and back.
//
// # The map
//
// Every number of the [Geometry] but the rows of a bank is a power of two, so that a place is a string of bits. A field of n values has
// ceil(log2 n) of them. With B bytes a burst, the low log2(B) address bits are the offset within the burst and belong to no field. The
// bits above it are
//
//	total = log2(channels) + log2(ranks) + log2(groups) + log2(banks of a group) + ceil(log2 rows) + log2(bursts of a row)
//
// in number. A [Spec] gives each field the list of its address bits, least significant first. Every address bit in
// [offset, offset + total) is in exactly one list, so the map from addresses to places is a bijection. Before the fields are read, the
// XOR pairs change the address, one after the other in the order of the list:
//
//	bit[Target] = bit[Target] xor bit[Source]
//
// Each pair with Target != Source undoes itself, so the whole list is undone by the same pairs in reverse order: it stays a bijection.
// [Map.Encode] does just that after it has put the fields in place.
//
// An address is past the capacity if it has a bit at or above offset + total, or if its row is not below the rows of a bank (possible
// only where that number is no power of two; such a memory has holes in its address range).
//
// # The fast form
//
// Fields and XOR pairs only move and add bits modulo 2, so the map f from the word of the address to one word of packed coordinates is
// linear: f(a xor b) = f(a) xor f(b). [New] evaluates the definition above for the single bits and tabulates the image of every byte at
// every position; then
//
//	f(address) = table[0][byte 0] xor table[1][byte 1] xor ... xor table[7][byte 7]
//
// whatever the map. The inverse is tabulated alike. A packed place has room for 256 channels, 64 ranks, 256 banks, 2^28 rows and 2^14
// bursts of a row.
//
// # Presets
//
// Written least significant first, after the offset. Channels change fastest, so that neighbouring bursts use all of them; the ranks
// always stand directly above the banks, as further banks.
//
//	row-bank-column      channel | column | bank group | bank | rank | row
//	row-column-bank      channel | bank group | bank | rank | column | row
//	bank-row-column      channel | column | row | bank group | bank | rank
//	row-bank-column-xor  as row-bank-column; bank group and bank bits XOR the lowest row bits (permutation-based interleaving, Zhang, Zhu
//	                     and Zhang, MICRO 2000)
//	row-column-bank-xor  as row-column-bank, with the same XOR
//	mop4-xor             2 column bits | channel | rank | bank group | bank | other column bits | row; channel, rank, bank group and bank
//	                     XOR the lowest row bits in that order (minimalist open page, Kaseridis, Stuecheli and John, MICRO 2011)
//
// [ParseOrder] reads the other orders of whole fields, in the six-field notation of DRAMsim3.
package address
