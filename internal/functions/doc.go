// Package functions holds eleven test functions on discrete and mixed design spaces, whose best values are known or bounded: stand-ins for a
// simulator where search agents are compared. Package agents/agenttest tests agents on them, package simulators/functions makes them
// simulators.
//
// Every function maps a point to objectives, all minimised, and constraints, which hold when they are <= 0. With L levels an ordinal axis over
// [lo, hi] has the values
//
//	v(i) = lo + i (hi - lo) / (L - 1),  i = 0 … L-1
//
// and a nominal axis the labels "0" … "L-1". Tables and hidden optima come from one hash, so that any language rebuilds them bit for bit:
//
//	u(seed, a, b) = splitmix64's finaliser of (seed + 0x9E3779B97F4A7C15 (1 + 1000003 a + b) mod 2^64), its upper 53 bits over 2^53
//
//	name               axes                            definition                              least value
//	branin_grid        2 ordinal x 101                 Branin                                  0.40377012092497644, enumerated
//	hartmann6_grid     6 ordinal x 21                  Hartmann, six dimensions                -3.2915966185560794, enumerated
//	rosenbrock10_grid  10 ordinal x 41                 Rosenbrock                              0
//	ackley20_mixed     8 ordinal x 65, 6 x 2, 6 x 5    Ackley, hidden optimum                  0
//	nk20_cat           20 nominal x 4                  circular NK landscape, K = 3            -0.9084032678159538, dynamic programming
//	trap30             30 nominal x 2                  six deceptive traps of five bits        0
//	mkp30              30 nominal x 2                  knapsack, three constraints             -458, integer programming
//	tile_accel         6 ordinal (5, 7), 2 nominal x 3 tiled matrix product, two constraints   -7.4529991657897146, enumerated
//	zdt1_grid10        10 ordinal x 51                 ZDT1, two objectives                    hypervolume below 120.6667
//	zdt2_grid10        10 ordinal x 51                 ZDT2, two objectives                    hypervolume below 120.3333
//	dtlz2_grid12       12 ordinal x 51                 DTLZ2, three objectives                 hypervolume below 15.1014
//
// Vectors are 40 points of each function with the outputs of an independent implementation in Python; the tests hold every function to
// them within 1e-9. None of the functions says anything about hardware, tile_accel included.
//
// References: Dixon, Szegő, Towards Global Optimisation 2, 1978 (Branin, Hartmann). Rosenbrock, The Computer Journal 3, 1960. Ackley, A
// Connectionist Machine for Genetic Hillclimbing, 1987. Kauffman, Weinberger, J. Theor. Biol. 141, 1989 (NK). Deb, Goldberg, Foundations of
// Genetic Algorithms 2, 1993 (traps). Zitzler, Deb, Thiele, Evolutionary Computation 8, 2000 (ZDT). Deb, Thiele, Laumanns, Zitzler, CEC 2002
// (DTLZ). Steele, Lea, Flood, OOPSLA 2014 (splitmix64).
package functions
