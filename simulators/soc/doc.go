// Package soc makes the AR/VR systems of package soc simulators and an environment: which processors, accelerators, memories and buses there are, which
// ones of the library, and where tasks and data go.
//
// # What is searched
//
//	soc/limited        ArchGym's "limited" vector: 3 processors, 3 DRAMs, 3 buses of the smallest width; all outgoing data of a task in one memory
//	soc/comprehensive  whole designs from the whole library, the data of each edge where it is best
//	soc/moves          the same designs, changed move by move: an env.Env
//
// All of them take one workload or several that run together, from a name or a file (package soc/format), and a profile: reference is FARSI (and the default of
// soc/limited, for comparison with ArchGym), repaired is the default of the others. Budgets are the workloads' own unless set.
//
// # The space of soc/comprehensive
//
// Slots, of which a design uses some: general processors, memories and buses, as many as the settings say, and for each task that has one an accelerator.
//
//	<task>_pe                      gpp0 …, or own: its accelerator
//	<task>_unroll, _clock, _level, _bus   of the accelerator; active only while the task runs on it
//	gpp<i>_level, _bus             an axis _level is there where the library has several voltages
//	mem<i>_kind, _width, _clock, _level, _bus
//	bus<i>_width, _clock, _level, and from bus1 on _up: the earlier bus that it is linked to
//	<from>_to_<to>_mem             where the data of an edge lies
//
// That makes the rules of designs types: an accelerator runs its own task and no other, everything hangs on one bus, the buses are a tree, so that there is a way
// from everywhere to everywhere. Every vector is a design, but for more data in a memory than the library's largest holds. What no task, no data and no way
// needs is not built; Repair sets its axes to level 0, so that equal designs are equal points. Rings of buses, two accelerators for one task and data of one edge in several
// memories are left out. Level 0 of all axes is one processor, one DRAM, one bus, all the slowest: where the reference's search begins, and so does advice.
//
// # soc/limited
//
// The entries, their levels and their order are ArchGym's, so are the budgets. Repaired and different:
//
//	reward    ArchGym minimises the excess over the budgets (the metric excess; 1e-5 where it is 0), and gives a design that cannot be built -1e4: the least of
//	          all, which attracts every minimiser. Here such a vector is infeasible, with the first broken rule as the reason and as violation the number of entries
//	          that break one: links of a bus to itself, second buses of a memory, tasks on an accelerator of another, data without a way.
//	sampling  hardly any random vector is a design (`describe` has the measured shares). Repair changes the entries that break a rule: wrong links go, tasks move to
//	          the first general processor, buses are linked up, data moves to a memory that it can reach. Valid vectors stay as they are.
//	walker    ArchGym's random walk never draws the highest level of an axis; here every level is drawn.
//
// # soc/moves
//
// The state is a design of soc/comprehensive, an action a move; Info.Point and Info.Result are the design after it, as soc/comprehensive evaluates it.
//
//	swap      <block> kind|width|clock|level|unroll up|down   the next block of the library
//	allocate  <task> allocate                                 an accelerator for a task
//	fork      gpp<i>|mem<i>|bus<i> fork                       every second task, edge or block goes to a new one beside it
//	join      … join …                                        all of one block's goes to another
//	migrate   <task> to gpp<i>, <edge> to mem<i>, <block> to bus<i>
//	link      bus<i> link bus<k>                              another place in the tree
//
// A free slot is always the first one, because the others are the same design by another name. The mask allows the moves that change the design. With
// groups = subsystem four agents (pe, memory, bus, mapping) move at once, one after the other in that order; a move that an earlier one of the same step has made impossible is
// left out. A design that the model refuses is reported and undone. With d the sum of the excess over the budgets that are not met,
//
//	r = log2(1 + d before) - log2(1 + d after) + (1 if all budgets are met now)
//
// The episode is terminated when all are met, and truncated after horizon steps. Score.Objectives is minus the metric distance. Observed: the binary logarithm
// of each metric over its budget, the part of the horizon that has passed, for each task its part of the time and of the energy and whether a memory or a bus
// limits it, for each memory and bus for which part of the time it limits tasks, and the features of the design. Journal lists the moves that were made.
//
// # Advice
//
// soc/comprehensive says what would relieve a design (simulators.Advice; the agent "guided" follows it). The budgets come in the order of their relative excess.
//
//	latency      the tasks that the goal waits for one after the other (each the one that its successor waited for, by data or by processor), the four
//	             longest. Limited by a processor: an accelerator, another processor; by its accelerator: unroll, clock; by a memory: width, clock, SRAM, a memory of its
//	             own, another memory; by a bus: width, clock, a second bus, a bus of its own for a memory
//	power        the three blocks that take most energy: accelerators for the tasks that spend it, lower voltage, unroll and clock, the other kind of memory, smaller ones
//	area         the three largest blocks: less unrolling, the task on a processor, processors and memories joined or split
//
// It costs one simulation, of a design that the search has evaluated already; it is not a trial.
// Measured with the reference profile and its budgets, 40 seeds, half of the searches met all budgets after at most: camera pipeline 43 trials (the reference's own
// search: 77 simulations in 58 s), audio decoder 11 (52 in 53 s), edge detection 47 (not met in 62), all three 100 (not met in 82). A search for the camera pipeline's takes some 20 ms.
//
// # Not modelled
//
// What package soc leaves out; transfer modes, meshes and rings of buses; moves that change the task graph.
package soc
