// Package gamma is the genetic algorithm of GAMMA (S.-C. Kao and T. Krishna, ICCAD 2020) for nested designs, "gamma": mappings of a layer onto levels of units,
// and any other space whose axes fall into groups of one kind.
//
// # Structure
//
// The operators know no mapping. They read the declarations of the axes:
//
//	group    the axes with one Param.Group; groups are taken as nested, the outermost first
//	role     what an axis is in its group: its kind and its name without "<group>_", such as tile_k of level1_tile_k in group level1
//	part     an ordinal axis whose role a group before has: a part of what that axis holds, so values above its value mean no more than it
//	depth    an ordinal axis on which conditions of others depend: one more level of it switches a group on
//
// An axis that does not carry its group's name has a role of its own. In a space without groups every axis has, and what is left is a plain genetic algorithm.
//
// # Algorithm
//
//	first generation: P designs of the start, of which 2 have all parts, and what they are parts of, at their first levels; given designs first
//	repeat: a child is a copy of a parent, drawn uniformly from the best Parents · P, to which each operator happens with its probability, in this order
//	        when P children have been told, the best P of these and of the best Elites · P parents are the next parents
//
//	crossover  the axes of one ordinal role, in all groups that both have, come from a second parent: a tile of one loop over all levels
//	reorder    two labels of a permutation axis change places
//	mutation   Genes times an ordinal or nominal axis draws a level, uniformly, a part at most the value of what it is part of
//	exchange   two groups exchange their levels of one nominal role: the parallel loops of two levels
//	growth     a depth gains a level; parts that come alive take their first level, other axes any
//	ageing     a depth loses a level
//
// "Best" is rank.Order: feasible before infeasible, then by objective or, of several, by non-dominated front and crowding. A child that was seen before is
// mutated further, one axis at a time, up to 32 times. Trials in flight belong to the generation in which they are told, so Ask never waits: package genetic
// runs the generations.
//
// # Defaults
//
//	population  the root of the budget, at least 10: 100 generations of 100 designs for 10,000 trials, as in the paper; 20 when the budget is unknown
//	elites      0.05      parents   0.4
//	crossover   0.57      reorder   0.47      mutation  0.53, genes 3      exchange  0.1      growth    0.57      ageing    0.27
//	start       random
//
// Rates, shares and the two small designs are those of the released code, github.com/maestro-project/gamma at commit 3d6caf8. What differs: elites are not
// evaluated again; designs that do not work are ordered by how far they are from working instead of being refused; nothing is seen twice; tiles above what the
// level before holds are cut by the simulator (Repair), and the child keeps the tile that it was given; a cluster size is an axis of its own and mutates
// by itself, where the released code draws it with the parallel loop; two loops that change places are never one.
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), in studies of 1,000 trials with the default options. They have no groups, so this is the
// algorithm without what it is for; for that see the experiment mapping-gamma.
//
//	trials  branin  hartmann6  rosenbrock10  ackley20  nk20     trap30  knapsack30  tile_accel
//	100     0.5713  -1.789     684.3         2.841     -0.6921  11      -353        -6.737
//	200     0.4727  -2.545     299.3         2.446     -0.725   9       -376        -7.074
//	1000    0.4038  -3.223     45.72         0.8466    -0.7982  5       -428        -7.432
package gamma
