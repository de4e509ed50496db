// Package jedec checks command traces against the rules of the DRAM standards. It is an oracle: it shares with the controllers only the
// delays of [device.Timing], and states the rules anew. Where a controller keeps, per command, a clock before which it must not issue, a
// [Checker] remembers the last commands of each bank, bank group and rank and looks back at them.
//
// # Time
//
// A command of n clocks issued in clock t is on the command bus in clocks t to t + n - 1. Delays count from the last clock of a command to the
// last clock of the next, unless a rule says "first clock". With one-clock commands that is from issue to issue.
//
//	                     ACT  RD RDA WR WRA  others  power-down
//	DDR3, DDR4, GDDR6     1         1          1        1
//	DDR5                  2         2          1        1
//	LPDDR4                4         4          2        1
//	LPDDR5                2         1          1        1
//	HBM2                  2         1          1        1     columns on a command bus of their own
//
// DDR5 sends ACT and column commands in two clocks, LPDDR4 in two halves of two clocks; LPDDR5's ACT-1 and ACT-2 are sent back to back. REFPB
// exists where tRFCpb is not 0.
//
// # Delays
//
// B = BurstLength / DataRate is a burst in clocks, RL = AL + CL, WL = AL + CWL. In brackets what LPDDR4 (L4) and LPDDR5 (L5) have instead.
//
//	readPre    = AL + tRTP                          [L4: tRTP + B - 8; L5: tRTP]
//	writePre   = WL + B + tWR                       [L4, L5: one more]
//	readWrite  = CL + B + RD2WRBubble - CWL         [L4, L5: CL + tDQSCK + B + tWPRE + tRPST - CWL;
//	                                                 L5 within a group: tCCD_L - B more]
//	writeRead  = CWL + B + tWTR                     [L4: one more; L5 within a group: tCCD_L - B more]
//	readData   = RL                                 [L4, L5: + tDQSCK]
//	writeData  = WL                                 [L4, L5: + tDQSS + tDQS2DQ]
//
// Then, for one rank unless stated, "bank", "group" and "other group" naming the scope:
//
//	tRCD       ACT to column of the bank: tRCDRD - AL, tRCDWR - AL
//	tRC        ACT to ACT and REFPB of the bank, to REF, SREFEN: tRC
//	tRAS       ACT to PRE of the bank, to PREA: tRAS
//	tRP        PRE to ACT and REFPB of the bank, to REF, SREFEN: tRP; RDA: readPre + tRP; WRA: writePre + tRP
//	tRPab      PREA to ACT, REFPB, REF, SREFEN: tRPab
//	tRRD_L, _S ACT to ACT and REFPB of the group, of another group
//	tRREFD     REFPB to ACT and REFPB of another bank: tRREFD [L4, L5: tRRD_S to ACT, tRFCpb to REFPB, under these names]
//	tFAW, t32AW the fourth-last, the 32nd-last of ACT and REFPB, to ACT and REFPB
//	tCCD_L, _S RD(A) to RD(A) of the group; RD(A) to RD(A) and WR(A) to WR(A) of another group
//	tCCD_L_WR  WR(A) to WR(A) of the group: max(tCCD_L, tCCD_L_WR)
//	tRTW       RD(A) to WR(A): readWrite
//	tWTR_L, _S WR(A) to RD(A) of the group, of another one: writeRead with that tWTR
//	tRTP       RD(A) to PRE of the bank, to PREA: readPre
//	tWR        WR(A) to PRE of the bank, to PREA: writePre; WR to RDA of the bank: writePre - readPre
//	tPPD       PRE to PRE and PREA: tPPD
//	tRFC       REF to ACT, PRE, PREA, REF, REFPB, SREFEN: tRFC
//	tRFCpb     REFPB to ACT, PRE, REFPB of the bank, to PREA, REF, SREFEN: tRFCpb
//	tXP        PDXA, PDXP to the first clock of any command but power-down entry: tXP
//	tXS        SREFEX to any command: tXS [L4, L5: tXSR]; to power-down entry from first clock to first clock
//	tXSDLL     SREFEX to columns: tXSDLL [L4, L5: none]
//	tCKE       PDEA to PDXA, PDEP to PDXP, PDXA and PDXP to the first clock of PDEA and PDEP: tCKE
//	tCKESR     SREFEN to SREFEX: tCKESR [L4, L5: tSR]
//
// To the first clock of PDEA and PDEP (tRDPDEN, tWRPDEN: of SREFEN as well):
//
//	tACTPDEN   ACT: tACTPDEN [L4, L5: tCMDCKE]
//	tPRPDEN    PRE, PREA: tPRPDEN [L4, L5: tCMDCKE]
//	tREFPDEN   REF, REFPB: tREFPDEN [L4, L5: tCMDCKE]
//	tRDPDEN    RD(A): readData + B + 1 [L4, L5: readData + B + tRPST]
//	tWRPDEN    WR: writePre; WRA: one more [L4, L5: writeData + B + tWR; WRA: two more]
//
// An auto-precharge leaves the bank closed at once; the wait for tRAS that it implies lies in tRC. PRE of a closed bank is allowed and
// starts tRP again.
//
// # Buses
//
//	command bus  the first clock of a command comes after the last clock of the one before it on the bus, whatever its rank; power-down counts
//	data bus     the spans [last clock + readData, + B) and [last clock + writeData, + B) of the column commands of a channel do not meet
//	tRTRS        tRTRS clocks lie between two such spans of different ranks
//
// # States
//
//	bank open      ACT, REFPB of an open bank; REF, PDEP, SREFEN while a bank is open
//	bank closed    columns of a closed bank; PDEA while none is open
//	wrong row      columns of another row than the open one
//	power state    any command but the exit in power-down or self refresh; an exit from a state that the rank is not in
//	refresh round  REFPB of a bank before all others have had theirs since its last one, since REF or since SREFEX
//	no such command, no such place, order: the command is none of the standard, lies outside the device, or goes back in time; it is left out
//
// # Refresh rate
//
// Asked for by [Options]. REF counts for all b banks, REFPB for one. With m = 8 (DDR5: 4) refreshes that may be postponed or done in advance, n
// banks refreshed since clock s (0, or the last SREFEX), and the last refresh in clock l (or s):
//
//	refresh late   the next one comes in min(s + (floor(n/b) + 1 + m) tREFI, l + (1 + m) tREFI) + slack, at the latest
//	refresh early  the one that makes it n comes in s + (n/b - m) tREFI, at the earliest
//
// Controllers that close the rows only at the last moment exceed the first bound by as long as that takes: that is the slack. In self refresh
// nothing is due.
//
// # Not checked
//
// tXPDLL (slow exit), masked writes (tCCDMW), tESCKE, ODT, mode registers, calibration, the data strobes beyond their share in the delays above,
// LPDDR5's refresh of bank pairs, DDR5's REFsb, an extra REF after SREFEX, temperature.
//
// # One-clock commands
//
// DRAMsim3 treats LPDDR4 as a DDR device with one-clock commands and no strobe delays. [Options].OneClockCommands checks such traces by the
// formulas without brackets.
//
// References: JESD79-3F (DDR3), JESD79-4 (DDR4), JESD79-5 (DDR5), JESD209-4 (LPDDR4), JESD209-5 (LPDDR5), JESD235 (HBM2), JESD250 (GDDR6).
package jedec
