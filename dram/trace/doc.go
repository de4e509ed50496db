// Package trace provides the request streams that a memory controller is simulated with: formulas, synthetic mixes and trace files. A
// stream takes memory that does not depend on its length, and a request no allocation.
//
// # Requests
//
// A request is one burst of 64 bytes (of BurstBytes in a file) that arrives in a clock of the DRAM command bus, at the earliest. Clocks never
// decrease. A workload may bound how many requests wait for data at a time; chase, whose clocks are all 0, lets each wait for the one before.
//
// # Formulas
//
// The traces of the reference, i = 0 ... N−1, all arithmetic in unsigned 64 bits, division rounded down. x is stepped before each use by
//
//	x ← x·6364136223846793005 + 1442695040888963407 mod 2⁶⁴
//
// from the start value x₀:
//
//	name          N      clock         write if         address
//	stream_rd     10000  10i           never            64i
//	stream_sat    10000  i             never            64i
//	copy          10000  10i           i odd            2²⁸·(i mod 2) + 64·(i/2)
//	rand_rd       10000  20i           never            64·((x>>33) mod 2²⁴)                                x₀ = 1
//	chase          2000  0, one at a time  never        the same                                            x₀ = 2
//	pingpong       4000  100i          never            131072·(i mod 2) + 64·(i/2 mod 64)
//	pingpong_sat   4000  4i            never            the same
//	bank_il       10000  4i            never            8192·(i mod 8) + 64·(i/8 mod 128) + 131072·(i/1024)
//	wr_rand       10000  20i           (x>>20)&3 ≠ 0    64·((x>>33) mod 2²⁴)                                x₀ = 3
//	bursty         6400  2000b + 4j    never            4096·((x>>33) mod 2¹⁸) + 64j                        x₀ = 4
//	hotrow        10000  8i            (x>>50)&3 = 0    131072·((x>>37)&3) + 8192·((x>>33)&15) + 64·((x>>40)&127)   x₀ = 5
//
// with b = i/32, j = i mod 32, and x of bursty stepped once for each b.
//
// # Synthetic kinds
//
// Stream, Random, Cloud1 and Cloud2 are ArchGym's four workloads as formulas. Three generators x, y, z of the above form start from
//
//	x₀ = 6 + seed     y₀ = 7 + seed     z₀ = 110 + seed (cloud-1) or 127 + seed (cloud-2)
//
// With a memory of C bytes, M = C/64 bursts, a gap of G clocks and a share w of writes, request i has the clock G·i and takes the next address of
// one of two patterns:
//
//	sequential   64·(s mod M)       s = 0, 1, 2, ... counts the requests of this pattern
//	random       64·((x>>33) mod M)   x stepped once for each request of this pattern
//
// stream takes all from the first, random all from the second. cloud-1 and cloud-2 take blocks of 50 from one of them: z is stepped once a
// block, and the block is sequential if z < 2⁶³. So a cloud interleaves the requests of stream with those of random; each pattern goes on where its last block
// ended. Request i is a write if (y>>33) < ⌊2³¹·w⌋, y stepped once a request: the share of writes changes no address. (The remainder
// makes a burst at most M/2³¹ more likely than another.)
//
// ArchGym ships these as files of 10,000 reads, one a clock, in 1 GiB. Counted there: random and stream as here, and the clouds in blocks of 50 with
//
//	          blocks of stream   sequential steps (the address before + 64)
//	cloud-1   96 of 200, first   4750 of 9999 = 47.5 %
//	cloud-2   101 of 200         4994 of 9999 = 49.9 %
//
// The start values of z give the same counts; the order of the blocks and the random addresses are others. Names that end in -rw have w = 1/3.
//
// # Files
//
// A reader takes text, or text in gzip, told by its first two bytes. Lines end with LF or CR LF and have less than 64 KiB. Empty lines and lines that
// begin with # are skipped. Fields are separated by spaces or tabs, except in CSV. Clocks and addresses are in [0, 2⁶³) and clocks in order.
// The first wrong line ends the stream with an error; so does the end of a file without a request.
//
//	DRAMSys           .stl     31: read 0x400140                 the colon and 0x are optional
//	                           31: (128) write 0x400140 0x00...  length in bytes; data of a write, which are ignored
//	DRAMSysRelative   .rstl    the same with the clocks since the request above (the peer counts them from when that was accepted)
//	Ramulator         .trace   LD 0x400140 or ST 4194624         decimal without 0x
//	                           0x400140 R or 400140 W            always hexadecimal
//	DRAMsim3          .trace   0x400140 READ 31                  always hexadecimal
//	CSV               .csv     31,R,0x400140                     decimal without 0x; header cycle,op,address
//
// A length of L bytes at address a becomes one request for each burst that [a, a+L) touches, all in the same clock: the first at a, the others at the
// multiples of BurstBytes. Ramulator's lines have no clock: request i arrives in clock GapCycles·i. LD is a read and ST a write (Ramulator
// 2's own front end, commit 2b9b3aed, sends each as the other). DRAMsim3's reads are READ, read, P_MEM_RD, P_FETCH, P_LOCK_RD and P_LOCK_WR (a read there as well), its writes
// WRITE, write, P_MEM_WR and BOFF. Files named .trace or .trc are Ramulator's if their first request has two fields, DRAMsim3's if it has three.
package trace
