// Package power gives the energy and power of a rank of DRAM from the commands that it was issued. It counts as DRAMPower 4 and DRAMPower 5.1
// do and applies their formulas, and that of DRAMsim3.
//
// A Meter takes the commands of one rank in order of time and gives Counts. DRAMPower4 and DRAMPower5 turn counts into an Energy by component.
// Core energies only: interface, termination and data dependence are not modelled.
//
// # Symbols
//
// T is the clock period in ns, V the voltage of a rail in V, I its currents in mA as the data sheet names them, so V·I·T·cycles is an energy in
// pJ. N are numbers of commands and C numbers of clocks (Counts). Everything is multiplied by the chips of the rank. A device with several
// rails has the same terms for each, with its voltage and currents. Delays are JEDEC's, in clocks.
//
// # Counting after DRAMPower 4
//
// The rank has one state. Marks: firstAct is when it became active, lastPre when it became precharged (0 at the start). A negative span is 0.
//
//   - RDA and WRA are RD and WR, and a PRE of their bank at max(RDA + read to precharge, ACT + tRAS), max(WRA + write to precharge, ACT + tRAS). The
//     two delays are those of the device's Rules: tRTP, and CWL + BL/2 + tWR for DDR. That PRE comes before the commands of its clock.
//   - ACT of a closed bank counts in N_act; if it is the first, C_pre += t - lastPre and firstAct = t. ACT of an open bank counts nothing.
//   - PRE of an open bank and PREA add each closed bank to N_pre; if none stays open, C_act += t - firstAct and lastPre = t.
//   - REF: C_pre += t - lastPre, C_act += tRFC - tRP, lastPre = t + tRFC - tRP. All banks are closed.
//   - PDEA: C_act += t - firstAct. PDXA: C_act_pd += t - entry, firstAct = t. PDEP: C_pre += t - lastPre. PDXP: C_pre_pd += t - entry, lastPre = t.
//     Fast and slow exit have their own counters, chosen by Meter.FastExit at entry. A power-down entered during a refresh counts its time
//     beside that of the refresh, and an auto-precharge during a power-down closes its interval beside it, so the states of such a run sum to
//     more than its length.
//   - SREFEN: C_pre += t - lastPre. Self refresh begins with a refresh of tRFC. SREFEX after d clocks: C_sref_ref_act += min(d, tRFC - tRP),
//     C_sref_ref_pre += what d has beyond that, at most tRP; C_sref += d - tRFC. What the refresh lacks follows after the exit as C_spup_ref_act
//     and C_spup_ref_pre, and lastPre is its end.
//   - Power-up: an exit of power-down adds tXP (fast) or tXPDLL - tRCD (slow, with a DLL), one of self refresh tXSDLL - tRCD less the rest of the
//     refresh (tXS without a DLL). These clocks lie within C_act and C_pre and carry no energy of their own.
//   - End: the last command or auto-precharge + (RD: CL + tDQSCK + BL/2; WR: CWL + BL/2 + tWR - 1; ACT: tRCD - 1; PRE, PREA: tRP - 1; others: -1).
//     Close(end) closes the open interval there; an auto-precharge after end is left out.
//
// Energies:
//
//	E_act       = V (IDD0 - IDD3N) tRAS T N_act
//	E_pre       = V (IDD0 - IDD2N) (tRC - tRAS) T N_pre
//	E_rd        = V (IDD4R - IDD3N) BL/2 T N_rd          E_wr likewise with IDD4W
//	E_ref       = V (IDD5 - IDD3N) tRFC T N_ref
//	E_act_stdby = V IDD3N T C_act                        E_pre_stdby = V IDD2N T C_pre
//	E_pd        = V T (IDD3P1 C_f_act_pd + IDD2P1 C_f_pre_pd + IDD3P0 C_s_act_pd + IDD2P0 C_s_pre_pd), four components
//	E_sref      = V T (IDD6 C_sref + (IDD5 - IDD3N)(C_sref_ref_act + C_sref_ref_pre + C_spup_ref_act + C_spup_ref_pre))
//	E_sref_ref  = V T (IDD3P0 C_sref_ref_act + IDD2P0 C_sref_ref_pre)
//	E_spup_ref  = V T (IDD3N C_spup_ref_act + IDD2N C_spup_ref_pre)
//
// The average power of DRAMPower is the total divided by T times the sum of all C (Counts.StateCycles).
//
// DRAMPower 4 sees one supply: DDR, GDDR and HBM devices are charged for their first rail, so VPP of DDR4 is left out. Ours are:
//
//   - LPDDR devices, which it does not support, with the same rules and formulas and the sum of all rails;
//   - the refresh of one bank: the state of the rank stays as it is, and E_refpb = V (IDD5PB - IDD2N) (tREFI / banks) T N_refpb. IDD5PB is the average
//     over tREFI / banks (8 in data sheets of LPDDR4), so this is all that it draws beyond standby. Without IDD5PB: V (IDD5 - IDD2N) (tRFC / banks) T N_refpb;
//   - the banks that auto-precharge closed during an active power-down stay closed after it (the peer opens them again and then loses their
//     next ACT).
//
// # Counting after DRAMPower 5.1
//
// Each bank is active or not, and so is the rank while one of its B banks is. What follows from a command later is an event at its clock, before
// the commands of that clock.
//
//   - ACT makes its bank active; PRE, PREA and the auto-precharge (as above) end it and count N_pre.
//   - REF makes all banks active for tRFC, REFPB one bank for tRFCpb; their end counts no precharge.
//   - SREFEN is a REF; self refresh begins when it ends. After an earlier SREFEX there is none.
//   - PDEA and PDEP wait until, for every bank, tRCD has passed since its active time began, tRP since it was closed, and its refresh has ended; so
//     do PDXA and PDXP. In power-down no bank is active; those that were open are again from the exit on.
//   - T_act,b is the active time of bank b, T_act that of the rank. T_pre is the time that is neither T_act nor power-down nor self refresh.
//
// Energies, with I_rho = IDD2N + rho (IDD3N - IDD2N), I_theta = (IDD0 (tRP + tRAS) - I_beta tRP) / tRAS, I_1 = (IDD3N + (B - 1) I_rho) / B:
//
//	E_act    = V (I_theta - I_1) tRAS T N_act
//	E_pre    = V (I_beta - IDD2N) tRP T N_pre
//	E_rd     = V (IDD4R - IDD3N) BL/2 T N_rd        E_wr likewise with IDD4W
//	E_ref    = V (IDD5 - IDD3N) tRFC T N_ref
//	E_refpb  = V (I_pb - IDD3N) tRFCpb T N_refpb, I_pb = (IDD5PB tREFI/B - IDD2N (tREFI/B - tRFCpb)) / tRFCpb
//	E_bg_act = V T (I_rho T_act + (IDD3N - I_rho) / B · sum over b of T_act,b), two components
//	E_bg_pre = V IDD2N T T_pre
//	E_pd     = V T (IDD3P T_act_pd + IDD2P T_pre_pd)
//	E_sref   = V IDD6 T T_sref
//
// For LPDDR I_1 is IDD3N, and I_rho + B (IDD3N - I_rho) stands for IDD3N in E_ref and in the second part of E_bg_act. All rails count. The peer
// has DDR4, DDR5, LPDDR4 and LPDDR5; the other devices follow the DDR4 variant here.
//
// Where ours differs, none of it in a stream of the reference: an auto-precharge waits for tRAS after the ACT, also if an active power-down came
// between (the peer counts tRAS from its end, after which it may close the next row); an ACT that issues before the refresh ends, as the
// commands of LPDDR4 that take several clocks may, keeps its bank open when it ends; an ACT or refresh that issues while a power-down or its
// exit still waits makes an end of it; LPDDR4 closes a bank as the rules of the device say, 2 clocks later after WRA than the peer; the total
// counts each precharge once (the peer's total adds those of auto-precharge twice).
//
// # DRAMsim3
//
//	E_act = V (IDD0 tRC - IDD3N tRAS - IDD2N tRP) T N_act, the precharge included; E_rd, E_wr, E_ref as DRAMPower 4;
//	background V T (IDD3N C_active + IDD2N C_idle + IDD6 C_sref), of the first rail.
//
// Its states are those of its own controller and come as StateCycles.
//
// # Peak power
//
// The run is cut into windows of equal length from clock 0. A command's energy belongs to the window in which it issues (an auto-precharge's to the
// one in which it happens), that of a state is split exactly at the boundaries. PeakPowerMW is the largest average of a window, after the
// formulas of DRAMPower 4. The clocks that remain after the last whole window are averaged together with it; a shorter run has its average.
// So the peak is never below the average. Windows are looked at when a command or event crosses their boundary, and of a stretch without
// any change only one is measured.
//
// # References
//
//   - K. Chandrasekar et al., "DRAMPower: Open-source DRAM Power & Energy Estimation Tool", and its versions 4 (commit 9e64a1b) and 5.1 (commit
//     5ed2d6e9), github.com/tukl-msd/DRAMPower.
//   - D. M. Mathew et al., "A Bank-Wise DRAM Power Model for System Simulations", RAPIDO 2017: rho.
//   - S. Li et al., "DRAMsim3: a Cycle-accurate, Thermal-Capable DRAM Simulator", IEEE CAL 2020, commit 29817593.
//
// Package golden, below this one, holds the measured sequences that both models reproduce.
package power
