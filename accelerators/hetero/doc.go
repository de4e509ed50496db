// Package hetero runs several networks on one chip of heterogeneous sub-accelerators: which layer goes where, in which order, and what that takes in time,
// energy and area (Yang et al., "Co-exploration of neural architectures and heterogeneous ASIC accelerator designs targeting multiple tasks", DAC 2020).
//
// # Chip
//
//	chip              k sub-accelerators <template, PEs, NoC bandwidth>; ∑ PEs ≤ 4096, ∑ bandwidth ≤ 64 elements/cycle (Mobile)
//	cost (layer, sub) runtime and energy of package dataflow under the template, buffers as large as the mapping needs
//	area              ∑ area of the sub-accelerators, 704 B of L1 a PE; with the older table the six areas of the paper's table 1 within 1.1 %
//
// Costs remembers pairs of a layer's shape and a sub-accelerator.
//
// # Schedule
//
// A network is a chain of jobs, its layers. Job j takes t(j,a) cycles and energy e(j,a) on sub-accelerator a, which runs one job at a time; jobs are not
// interrupted, and moving a tensor between sub-accelerators takes nothing (the paper's model: all share the off-chip memory).
//
//	start of a job    max(end of the job before it in its chain, end of the job before it on its sub-accelerator)
//	makespan          the last end;  energy = ∑ e(j, a(j)), whatever the order
//
// The task is the least energy with a makespan within a limit (heterogeneous assignment problem, NP-hard), or the shortest makespan.
//
//	List      fixed assignment; again the job that can start first, then the one with the longest rest of its chain
//	Greedy    short makespan: the network with the longest rest, its next job where it ends first
//	Ratio     after Shao et al. (TPDS 2005): each job where it takes least energy; while the makespan exceeds the limit, the move of one job that shortens
//	          it by most cycles per added energy; if that gets stuck, the same from Greedy's assignment; then moves back that save energy within the limit
//	Exact     partial schedules in order of start, by state (how many jobs of each network have run). A partial schedule is when each unfinished chain
//	          and each sub-accelerator is free, raised to the last start, and its energy; one that is no better in any of these than another of its
//	          state is dropped, as is one whose bounds (critical path, load, energy of what is left) exclude an improvement
//
// Every semi-active schedule is built job by job in order of start, and a start never comes earlier when chains or sub-accelerators are free later: so
// dropping is safe and Exact is exact.
//
// # Bounds
//
//	makespan ≥ ∑_j in chain min_a t(j,a)                                            of each chain
//	makespan ≥ ∑_j min_a w_a·t(j,a)                                                 for all w ≥ 0 of sum 1 (dual of the load with jobs cut into parts)
//	energy   ≥ ∑_j min_a (e(j,a) + λ_a·t(j,a)) − limit·∑_a λ_a                      for all λ ≥ 0 (Lagrangian of the load limits)
//
// The weights w are improved pair by pair, the prices λ one by one to where the Lagrangian is highest; any of them is a bound.
//
// # Not modelled
//
// Transfers between sub-accelerators, contention for the off-chip memory, layers cut over several sub-accelerators, branches of a network in parallel,
// leakage while waiting.
package hetero
