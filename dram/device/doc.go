// Package device describes DRAM devices: their geometry, delays, currents, commands, and the timing rules that follow from the delays.
//
// A Device is one rank. Catalogue lists the shipped ones, Check judges one that a user wrote, Rules derives its timing rules. All times are
// command clocks; ClockNS converts.
//
// # Time of a command
//
// A command is issued in the first clock that it takes on the command bus, and takes lengths[c] clocks there:
//
//	DDR3, DDR4, GDDR6  1
//	DDR5               2 for ACT and column commands, else 1
//	HBM2               2 for ACT, else 1; column commands have a bus of their own (Rules.Bus), two commands may go out in one clock
//	LPDDR4             4 for ACT and column commands, 2 for the others
//	LPDDR5             2 for ACT (ACT-1 and ACT-2, sent back to back), else 1
//
// Power-down entry and exit take 1 everywhere. A command that the device does not have takes 0 and has no rules: REFPB where tRFCPB is 0.
//
// The delays of a data sheet count from the last clock of a command to the last clock of the next, rules from first to first:
//
//	rule = delay + length(from) - length(to)
//
// Delays after a power-down exit, tCKE and SREFEX to PDEP are the exceptions: they count from issue to issue as they stand.
//
// # Symbols
//
//	B       clocks of a burst: BurstLength / DataRate
//	RL, WL  AL + CL, AL + CWL
//	        DDR*, HBM2, GDDR6                LPDDR4                                LPDDR5
//	RDSTART RL                               CL + tDQSCK                           as LPDDR4
//	WRSTART WL                               CWL + tDQSS + tDQS2DQ                 as LPDDR4
//	RDWR    CL + B + RD2WR_bubble - CWL      CL + tDQSCK + B - CWL + tWPRE + tRPST as LPDDR4; in a group + tCCDL - B
//	WRRD S  CWL + B + tWTRS                  CWL + 1 + B + tWTRS                   CWL + B + tWTRS
//	WRRD L  CWL + B + tWTRL                  CWL + 1 + B + tWTRL                   CWL + tCCDL + tWTRL
//	RDPRE   AL + tRTP                        tRTP + B - 8                          tRTP
//	WRPRE   WL + B + tWR                     CWL + B + 1 + tWR                     as LPDDR4
//	RDPDE   RDSTART + B + 1                  RDSTART + B + tRPST                   as LPDDR4
//	WRPDE   WRPRE                            WRSTART + B + tWR                     as LPDDR4
//	WRAPDE  WRPRE + 1                        WRPDE + 2                             as LPDDR4
//	ACTPDE  tACTPDEN                         tCMDCKE                               as LPDDR4
//	PREPDE  tPRPDEN                          tCMDCKE                               as LPDDR4
//	REFPDE  tREFPDEN                         tCMDCKE                               as LPDDR4
//	SRSTAY  tCKESR                           tSR                                   tSR
//	SREXIT  tXS                              tXSR                                  tXSR
//	PBACT   tRREFD                           tRRDS                                 -
//	PBPB    tRREFD                           tRFCPB                                -
//
// Data end, from the issue of the command: Rules.ReadData = length(RD) - 1 + RDSTART + B, Rules.WriteData = length(WR) - 1 + WRSTART + B.
//
// # Rules
//
// One table for all standards. "bank", "group", "rank" are the scopes; * marks delays that count from issue to issue.
//
//	to          from and delay
//	RD RDA      ACT bank tRCDRD - AL; RD RDA group tCCDL, rank tCCDS; WR WRA group WRRD L, rank WRRD S; PDXA tXP*; SREFEX tXSDLL;
//	            RDA only: WR bank WRPRE - RDPRE
//	WR WRA      ACT bank tRCDWR - AL; RD RDA RDWR; WR WRA group tCCDLWR, rank tCCDS; PDXA tXP*; SREFEX tXSDLL
//	ACT         ACT bank tRC, group tRRDL, rank tRRDS; RDA bank RDPRE + tRP; WRA bank WRPRE + tRP; PRE bank tRP; PREA tRPAB; REF tRFC;
//	            PDXA PDXP tXP*; SREFEX SREXIT; REFPB bank tRFCPB, rank PBACT; windows tFAW and t32AW
//	PRE         ACT bank tRAS; RD bank RDPRE; WR bank WRPRE; PRE rank tPPD; PDXA tXP*
//	PREA        ACT tRAS; RD RDA RDPRE; WR WRA WRPRE; PRE tPPD; PDXA tXP*; REFPB tRFCPB
//	REF         ACT tRC; RDA RDPRE + tRP; WRA WRPRE + tRP; PRE tRP; PREA tRPAB; REF tRFC; REFPB tRFCPB; PDXP tXP*; SREFEX SREXIT
//	SREFEN      as REF, and RD, RDA RDPDE, WRA WRAPDE to its first clock
//	REFPB       bank: ACT tRC, RDA RDPRE + tRP, WRA WRPRE + tRP, PRE tRP; group: ACT tRRDL; rank: ACT tRRDS, PREA tRPAB, REF tRFC,
//	            PDXA PDXP tXP*, SREFEX SREXIT, REFPB PBPB (bank tRFCPB); windows
//	PDEA        ACT ACTPDE; RD RDA RDPDE; WR WRPDE; WRA WRAPDE; PRE PREPDE; REFPB REFPDE; PDXA tCKE*
//	PDEP        RD RDA RDPDE; WRA WRAPDE; PRE PREA PREPDE; REF REFPB REFPDE; PDXP tCKE*; SREFEX SREXIT*
//	PDXA PDXP   own entry tCKE*
//	SREFEX      SREFEN SRSTAY
//
// A delay of 0 or less is no rule, and a rule that one of a wider scope implies is left out. In a window the fourth-last (32nd-last) ACT or
// REFPB binds the next one, from its last clock: tFAW - (length(to) - 1). Between ranks the data of bursts may not meet on the bus, with
// tRTRS idle clocks between them:
//
//	RD to RD, WR to WR   B + tRTRS
//	RD to WR             ReadData + tRTRS - (WriteData - B)
//	WR to RD             WriteData + tRTRS - (ReadData - B)
//
// For one rank of DDR3, DDR4 and LPDDR4 the rules equal those of DRAMSys 5.0, whose measured runs the simulator reproduces.
//
// # Sources
//
// The rules follow JEDEC JESD79-3 (DDR3), JESD79-4 (DDR4), JESD79-5 (DDR5), JESD209-4 (LPDDR4), JESD209-5 (LPDDR5), JESD235 (HBM2) and
// JESD250 (GDDR6) as the open simulators state them: DRAMSys 5.x (DDR3, DDR4, LPDDR4, HBM2, GDDR6), Ramulator 2.1 (DDR5, LPDDR5, HBM2, GDDR6).
//
//	standard  what the rules add or choose
//	DDR5      two-clock commands; WR to WR in a group tCCDLWR: tCCD_L_WR2, since a full burst of a x8 chip writes whole code words of its
//	          internal error correction and needs no read first; RD2WR_bubble = 2 + the write preamble of 2
//	LPDDR5    bank group mode, bursts of 16; data rate = 2 transfers a WCK period x 4 WCK periods a clock = 8, so B = 2; a bank group is
//	          busy for BL/n_max = tCCDL = 4 clocks a burst; WCK runs always, no CAS command
//	HBM2      legacy mode (one 128-bit channel), bursts of 4; two command buses; REFSB is REFPB with tRREFD to other banks
//	GDDR6     two 16-bit channels in lockstep; data rate = 2 x 4 = 8, so B = 2; tRCDRD and tRCDWR differ; tPPD; REFPB with tRREFD
//
// The Source of a device says of its figures which of these they are: from a data sheet; second-hand, from the parameter file of the named
// simulator or the table of the measured runs; a JEDEC minimum that was not checked against the document; or assumed, without a
// source, with its law. The rails of one device may come from different makers' chips: compare designs on one device, not devices by their energy.
//
// BankwiseRhoFrac is 0.333 everywhere, the value of the reference runs of DRAMPower 5; no data sheet states it. IBetaMA is IDD0MA likewise.
//
// # What is not modelled
//
//  1. Masked writes (tCCDMW), BC4 and BL32, ODT, CRC, DBI and parity latency, ZQ calibration, mode registers, training.
//  2. Refresh other than REF and REFPB: DDR4 fine granularity, DDR5 same-bank (REFSB), LPDDR5 and GDDR6 pairs of banks. In bank group mode
//     LPDDR5 refreshes pairs only, so that the device has no REFPB.
//  3. Refresh management (RFM) of DDR5 and LPDDR5; temperature-dependent refresh.
//  4. HBM2 and GDDR6: after a whole round of per-bank refreshes the first of the next round waits tRFCPB, not tRREFD.
//  5. DDR5 chips in stacks (tCCD, tRRD, tFAW of other logical ranks); HBM2 stack identifiers (tCCDR); HBM2 pseudo channels.
//  6. WCK synchronisation of LPDDR5 (CAS commands) and of GDDR6; the second half of an LPDDR5 ACT elsewhere than right after the first.
//  7. Slow power-down exit (tXPDLL is a figure of the power model), maximum power saving, deep sleep, clock stop, the data-sheet limit of
//     postponed refreshes.
//  8. Preambles between ranks beyond tRTRS. Between ranks of LPDDR4 the rules count tDQSCK and the write strobe delays, which DRAMSys omits
//     (its RD to WR lets the bursts meet).
//  9. GDDR6: tLK after self refresh; HBM2 and GDDR6 have no rule between SREFEX and column commands but that of their ACT.
package device
