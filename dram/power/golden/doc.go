// Package golden holds command sequences with the energies measured on DRAMPower 4 and DRAMPower 5.1, and checks that the power meter and
// the formulas of package power give the same numbers.
//
// Every command of a sequence goes to a power.Meter for one chip of the device; the counts at the end give the energies.
//
//   - DRAMPower 4: 16 sequences on each of three devices. The window ends with the work of the last command (power.Meter.End) or at an
//     END. PDN_F_* and PDN_S_* are fast-exit and slow-exit power-down, PUP_* leave it, SREN and SREX are self refresh. Compared are the
//     counts, the state cycles, the energies of the first rail and the average power.
//   - DRAMPower 5.1: 10 sequences of DDR4 and 9 of LPDDR4, with the command names of package device (REFA and REFB for REF and REFPB). The
//     window ends at END, which each must have. Compared are the commands and the core energies of all rails. The peer closes a bank of LPDDR4 tRTP
//     after RDA and CWL + BL/2 + tWR + 1 after WRA, which is 2 clocks less than the rules of the device say; the check does as the peer.
//     The peer's column of precharges holds explicit and automatic ones, those of the automatic ones hold the latter once more.
//
// Counts and cycles must be equal. Energies and powers are printed with six decimals: they must be equal to RelativeTolerance after
// allowing for half a unit of the last of them. The rows are embedded; others in the same format, gzip-compressed or not, are read with
// ReadSequences and ReadRows. Where they come from: data/README.md.
package golden
