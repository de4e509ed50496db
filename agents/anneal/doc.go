// Package anneal is simulated annealing (S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi, Science 220, 1983), plain and guided by what a model says
// about its own bottlenecks.
//
//	sa      a move is a random change of one axis of the current design (vary.One)
//	guided  a move is advice of the model (simulators.Advice); up to Depth moves follow one another before the result is accepted or not
//
// # Chains
//
// A chain begins at the current design x and makes moves x = c_0, c_1, c_2, …, whatever each of them gives. It ends with the first design that is
// better than x, after Depth moves, or at a design that was not evaluated. Its best design c (package rank) is then accepted with probability
//
//	P = 1                    c is not worse than x
//	P = exp(-δ / T)          else, δ the worsening, in means of the changes that moves have made so far
//	T = T0 (T1/T0)^(t/B)     after t of B trials; B = 1000 when the budget is unknown
//
//	δ = Σ_i max(0, f_i(x) - f_i(c)) / s_i / m    both feasible, of m objectives f_i
//	δ = (v(c) - v(x)) / s_v                      else, both evaluated: v the sum of the violations, 0 of a feasible design
//	δ = (d(c) - d(x)) / s_d                      neither evaluated, their distances from feasible d known
//	δ = ∞                                        else
//
// s_i, s_v, s_d are running means of the absolute change of f_i, v, d from c_k to c_k+1, of the last 32 changes or so; so T has no unit, and T0 = 1 accepts
// a worsening of the mean size in 37 of 100 cases. With several trials in flight as many chains run side by side.
//
// # Several objectives
//
// One design leads to one place of the front. The search begins with 10 designs an objective (at most a quarter of the budget; given ones count) and keeps those that
// none betters (rank.Front). A chain ends with the first design that joins them. Then, and after a chain that was not accepted, the search goes on from the one of
// them that is best by weights drawn anew (rank.Front.Nearest), as package hill does. A chain that is accepted is gone on from.
//
// # Advice
//
// The search begins at the designs that the model advises without a design (nil), or at a random one; given trials come before both. Advice about one thing
// (Advice.About: the latency of a task, the area) has the place of its first piece. A move draws the thing, the first with probability 3/4, else the
// second with 3/4, and so on, then a piece of advice about it uniformly; designs that were proposed before do not come into question. A thing whose moves have
// failed to improve a design five times in a row is put aside until the current design changes for the better. When nothing is left a move is a random change of
// one axis. For a simulator that gives no advice all moves are, and Depth is 1: with ten random changes in a row ackley20 was at 2.3 after 200 trials, with one at 1.5.
//
// This is the search of FARSI (B. Boroujerdian et al., ACM TECS 22, 2023: metric, task, block, transformation) with three differences. The model, not
// the agent, orders the bottlenecks. Acceptance is Metropolis': the published program compares a constant with exp(δ/T), and so accepts everything.
// A chain ends with the first improvement instead of running to its depth.
//
// # Measured
//
// Of sa, medians of 20 seeds on the functions of package agenttest (minimised), default options, runs of 1,000 trials; to measure again: go run ./cmd/agentsbench -agents sa.
// A plain annealing in Python that takes its temperature from 20 random designs is below: sa is not significantly worse on any function after 200 trials, and on
// ackley20 alone after 1,000.
//
//	trials          branin  hartmann6  rosenbrock10  ackley20  nk20     trap30  knapsack30  tile_accel
//	200             0.6333  -3.078     159.2         1.587     -0.7534  8       -392.5      -7.222
//	200    Python   0.5882  -3.136     429.9         2.183     -0.7416  7       -388.5      -6.661
//	1000            0.4038  -3.292     13.53         0.05618   -0.8207  6       -426        -7.453
//	1000   Python   0.4038  -3.292     22.71         0         -0.8023  5       -396        -7.453
//
// Hypervolume on the functions of several objectives; one design without a front was worse than random search on dtlz2 after 200 trials (11.75):
//
//	trials          zdt1    zdt2    dtlz2
//	200             109.3   101.0   13.01
//	200    random   101.0   86.2    13.15
//	1000            120.1   119.5   14.85
//	1000   random   104.8   91.5    13.87
package anneal
