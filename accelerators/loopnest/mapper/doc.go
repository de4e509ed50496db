// Package mapper searches the best mapping of a problem on an architecture of package loopnest.
//
// # Space
//
// A mapping has, for each dimension, trips in every slot: one slot in time for each level, one along X and one along Y where a level has such a
// fan-out; for each level an order of its loops in time; and for each level and tensor that it can hold, whether it keeps it. Constraints fix or bound
// trips, fix parts of the orders, the tensors, the axes of a dimension and the share of a fan-out or of the units in use. Contradictions are named.
//
// Trips multiply to the size of the dimension. With Imperfect they need not: where n tiles are left, a slot may make ⌈n/k⌉ trips for every k, the
// fewest that leave k tiles, or fill its fan-out; other numbers give larger tiles without fewer of them. The ways to cut a dimension are the paths
// through a graph of what is left after each slot, which counts them, draws one with the same chance for each, and finds the nearest one to a wish.
//
// # Algorithms
//
//	random       draws trips, tensors and orders
//	hybrid       draws trips and tensors, then tries every order that can be best
//	exhaustive   all trips and tensors with every order that can be best; the outcome says whether it came to the end
//	annealing    moves from mapping to mapping: another cut, another order, another dimension over the instances, another tensor kept; rounds of 12,000
//	             evaluations cool from 0.3 to 0.003 in the logarithm of the objective, each from the best mapping so far
//	genetic      GAMMA's operators at its rates: crossover of one dimension's tiles over all levels, reordering of two loops, mutation of tiles and of the
//	             parallel dimension, growth (a level gets a loop or a tensor), ageing (a level loses its loops), repair (loops that exceed a capacity or a
//	             fan-out get shorter), elite 5 %, parents 40 %, mappings of equal cost sorted behind all others
//
// Costs are compared by the violation first, so that mappings that do not fit lead to ones that do, then by the objectives in turn. A search depends on
// the generator that it is given and on nothing else. Every evaluation counts, bounds and mappings that do not fit included.
//
// # Orders that can be best
//
// An order of the loops in time of one level matters by the tensors that its innermost loops leave in place, and by the very innermost loop, along which
// tiles may overlap. So orders are built from the inside: a loop is chosen, all loops that move none of the tensors still in place join it, and so on until
// no tensor is in place. Loops that move the same tensors are tried once, those with overlap each. Traffic only falls when more loops leave a tensor in
// place, therefore no other order has less of it, nor more cycles or energy. This is tested against all mappings of small problems.
//
// The exhaustive search adds a bound, loopnest's Model.Bound, that holds for all orders of the loops, and leaves out cuts as soon as their tiles do not fit.
//
// # Agreement and speed
//
// On the Eyeriss-like hierarchy of the reference rows with row-stationary constraints, three layers of ResNet-50 have 10^38 mappings each by Size, of which
// 0.8 to 3.3 million remain after pruning capacities and orders; the bound leaves 74,000 to 411,000 evaluations, 0.4 to 1.6 s of processor time on one
// core, and proves the optimum. A genetic search of 80,000 evaluations takes about 0.27 s of processor time and was within 0.13 % of the optimum for
// all of 20 seeds. BenchmarkExhaustive and BenchmarkGenetic repeat this.
//
// # References
//
//   - A. Parashar et al., "Timeloop", ISPASS 2019: mapspace, constraints, random, exhaustive and hybrid search, victory and timeout.
//   - S.-C. Kao, T. Krishna, "GAMMA: automating the HW mapping of DNN models on accelerators via genetic algorithm", ICCAD 2020.
//   - S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, "Optimization by simulated annealing", Science 220, 1983.
package mapper
