// Package golden compares the model with runs that were measured on other simulators:
//
//	DRAMSys 5.0 (8e021ead), with DRAMPower 9e64a1b     539 runs, devices DDR3, DDR4 and LPDDR4, 26 sets of policies
//	DRAMsim3 (29817593)                                421 runs, 14 sets; 2 more in which it stopped making progress
//	Ramulator 2.1 (c5b1c3a4)                           180 runs, 9 sets, DDR3 and DDR4
//
// Each run is one of the traces of package trace by name, on one channel with one rank, with the policies that the words of its name stand for
// (see config.go). DRAMSys runs are compared in both event orders. DRAMsim3 and Ramulator runs are made with the defects of these simulators.
//
// A row is equal if every measured column is: counts as integers, means and energies to the digits that the table prints, energies of many
// digits to 1e-9, of DRAMsim3 to 1e-6 (its clock period is rounded). Rows of DRAMSys on LPDDR4 have no energies, because DRAMPower 4 does not know it; rows of Ramulator have none at all.
//
// [CheckRules] asks something else of a row: whether its run, without defects, keeps the JEDEC rules in the independent words of dram/jedec.
//
// In DRAMSys' own event order every row is equal. In the simple order at least 98 % of the rows keep total cycles within 0.1 %, mean read
// latencies within 1 % and energy within 0.5 %; deviation 1 in dram/DEVIATIONS.md says where the others come from.
package golden
