// Package soc models AR/VR systems on a chip: task graphs on processors, accelerators, memories and buses, simulated phase by phase. Latency, energy, power of
// the worst window, area, development cost and the distance to budgets of a design take some ten microseconds; Explain adds which block limits which task, when.
//
//	Workload ─Together─> Graph ┐
//	            Library, Budget ├─NewSystem─> System ┐
//	                   Profile ┘        Design ──────┴─Scratch.Simulate─> Result, Timeline
//
// # Objects
//
// A task has W = cycles on the general processor times its operations per cycle; an edge (flow) the bytes that its producer writes and its consumer reads. A
// graph has one source and one sink, without work; several workloads run together share tasks by name. A workload's latency is the end of its last task.
//
// A design is a list of blocks, links between them, a processor or accelerator for each task and a memory for each flow. Processors and memories hang on buses,
// a memory on one of them. Data goes from a processor over buses to a memory and back by the shortest route, the first found breadth first in the order of
// neighbours; neighbours are in the order of the links.
//
//	general processor   rate clock·ops per cycle [op/s], energy W / (op/J), fixed area
//	accelerator         of one task; unroll u, clock factor f: rate f·u·W·base clock / C, energy η·E, area λ·u·A     C cycles, E energy, A area of the table row
//	memory, bus         bandwidth β = width · f · base clock, the full figure for each direction
//	levels              at the supply V with the clock factor φ: rates and β times φ, dynamic energy times (V/V₀)², leakage times V/V₀
//
// η, λ and μ scale energy, logic area and memory area from the technology of the tables (40 nm and the accelerators' own) to that of the system.
//
// # Pruning
//
// Routes are laid through the graph: lay(t, flow) puts t's read on the buses and the memory of the flow. The first time that it comes to t, it then puts t's writes on the
// buses of their routes, memory by memory in the order of the walk, and calls lay(consumer, flow) in the same order. The walk goes depth
// first over the neighbours, from the processor of the source task, or with FromFirst from the first block. Then
//
//  1. links between buses that no task uses both of are cut;
//  2. in the order of a new walk, a bus with one bus for a neighbour and no memory gives it its processors; with one bus and no processor, its memories; such a bus, and
//     one with neither, goes, and its bus neighbours are linked to the first of them;
//  3. what the walk no longer reaches is not part of the design, and routes are laid again.
//
// The priority of tasks is the order in which they first appear on the blocks of the final walk: a processor's tasks in graph order, a memory's writers in flow
// order and then its readers as laid, a bus's as laid. Blocks that hold neither task nor data take no area and no energy.
//
// # Rates
//
// A channel is a bus, a direction and the link by which data leaves the bus towards the memory; or a memory and a direction. Each link by which a running
// task enters the channel gets 1/n of it, used or not; on a link the running tasks share by their burst units:
//
//	unit of a flow    ⌊bytes / D⌋      D = ⌊smallest input of the task / burst⌋, 1 if that is 0 or more than the smallest output or W
//	share s(c,k)      Σ over links l of c that k enters by:  1/n(c) · unit_k(l) / Σ_j unit_j(l)          j: running tasks on l
//	rate v_k          min( processor's rate, min over channels c of k:  β(c) · s(c,k) · W_k / bytes of k over c's block in the direction )
//
// D is that of the task that moves the flow: its producer writing, its consumer reading. Units on a link are summed over all flows of the task, bytes over a block too,
// whichever link they leave by. Compute, reads and writes of a task advance together at v_k. The serial latency is Σ W_k / v_k with every task alone.
//
// # Phases
//
// A phase lasts until the first running task is done: dt = min W_left/v, or 0 if a task without work runs. Tasks that are done hand on tokens; a task with tokens on
// all inputs is ready. A processor runs one task at a time, to its end; tasks that have waited come before those just ready, and these in the order of
// priority. Tasks without work take no time and no energy, but wait for their processor.
//
// # Energy, power, area
//
//	phase energy    Σ over running tasks  done/W · ( compute energy + Σ over channels e(block, direction) · bytes ) + leakage · dt
//	leakage         of processors and accelerators while they run a task, of memories and buses all the time
//	power           the largest average over any window of 10 ms; over the whole run if that is shorter
//	capacity        most bytes in the memory at a time, at least a floor, rounded up to a quantum: a row of the table, or a power law between two rows
//	area            processor (none if it holds but source or sink), λ·u·A, λ·a·width of buses, μ·table of memories
//
// A flow's bytes are in their memory from the start of its producer to the end of its consumer. DRAM is stacked: its area counts, and has a budget of its own.
//
//	development cost   accelerator 100 · W/W_min, processor Σ W/W_min of its tasks, memory 0.1 a MiB, bus 0.1,
//	                   0.1 · blocks on the route · tasks in common for each processor and memory that share tasks
//	distance           x = (value − budget)/budget of each latency, power, area without DRAM and area of DRAM (both against the whole area budget); met below 0.001
//	                   Sum adds |x| of what is not met, and of what is met 1e-9 (Eliminate), |x|/10 (Dampen) or |x| (Simple)
//
// # Profiles
//
// Reference is FARSI with every quirk, exact; Repaired is the default. DEVIATIONS.md numbers each difference with its reason. Figures that FARSI leaves out (leakage,
// buses, voltage levels) are DefaultLibrary's and not the profile's: PublishedLibrary has none, and either profile runs with either library.
//
// # Accuracy
//
//	codesign validate soc
//
// compares the reference profile with 56 designs measured on FARSI, each with both of its models of memories, and 91 of ArchGym's action vectors: latencies, times, energies and limiters of
// every task and phase, power, areas, distances, development cost, priorities, pruned links, and the reason of every refused vector. All agree; the
// largest relative error is 3e-11, in a phase that the reference computes as a difference of times, and 7e-16 for the vectors.
//
// # Infeasible designs
//
// Check and Simulate report an *Invalid with the broken rule and the offender: what a search can produce is data to it. Together and NewSystem report mistakes of
// workloads and libraries, all at once.
//
// # What is not modelled
//
// Caches and coherence, DMA, software overhead, arbitration below the phase, latency of buses and memories (only bandwidth), queues that fill up, bandwidth that one link leaves unused to
// another, frames in a pipeline, DRAM refresh and standby, wake-up of gated blocks, clock trees, temperature. Frequency changes neither during a run. Edges of 0 bytes
// order tasks and load nothing.
//
// # Sources
//
// B. Boroujerdian et al., "FARSI: An Early-stage Design Space Exploration Framework to Tame the Domain-specific System-on-chip Complexity", ACM TECS 22(2), 2023;
// facebookresearch/Project_FARSI at ce59c96 (MIT): the model, the three workloads (tables of cycles, energies, areas, bytes), the block library and the budgets.
// S. Krishnan et al., "ArchGym", ISCA 2023: the limited vector. M. D. Hill, V. J. Reddi, "Gables", HPCA 2019: a roofline for each block. Memory figures: CACTI 7 at 40 nm with
// FARSI's settings (SRAM low operating power, DRAM as main memory), leakage of SRAM from the same runs. Leakage of logic, energy and area of bus registers: Y. S. Shao et al.,
// "Aladdin", ISCA 2014, register at 40 nm and 1 ns: 7.395312e-5 mW, 8.999495e-3 pJ a clock, 5.981433 um² a bit; accelerators leak as densely as registers do, a
// bus has one register a bit of width and direction. Levels: T. Sakurai, A. R. Newton, JSSC 25(2), 1990: f ∝ (V − V_t)^1.3 / V, V_t 0.35 V, nominal 0.9 V. Leakage of the
// general processor, a tenth of its dynamic power, is an assumption.
package soc
