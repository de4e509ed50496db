// Package bayes is Bayesian optimisation (J. Mockus, 1975; D. R. Jones, M. Schonlau and W. J. Welch, "Efficient Global Optimization of Expensive
// Black-Box Functions", J. Global Optim. 13, 1998): Gaussian processes (package internal/learn/gp) model the told trials, and the next design is
// the one from which most improvement is to be expected.
//
// # Algorithm
//
//	start: Initial designs of a Sobol sequence; given designs count as designs of the start
//	repeat: condition the models on the told trials, fit their parameters when that is due
//	        propose the unseen design with the greatest  ln EI(x) + sum over constraints ln P(g(x) <= 0) + ln P(x has a result)
//
// A design that was told or proposed is never proposed; when none is left the agent has finished.
//
// # Inputs
//
// The numbers are those of space.Features. An ordinal axis is one number in [0, 1]; a permutation axis is the places of its labels, so scaled that
// an order and its reverse are 1 apart; a nominal axis is a code, alike or not. An axis that is inactive has a level of its own: a code, or one
// more number (active or not), which puts it at least 1 away from every active level. Axes of one level are left out.
//
// # Objective
//
// One process models the objective of all evaluated designs, infeasible ones included, after the Warp. EI is the expected improvement on the best
// feasible design. While none is feasible the objective is left out, and the search is for a feasible design alone.
//
//	power   Yeo and Johnson's transform of greatest normal likelihood, as in HEBO (A. I. Cowen-Rivers et al., JAIR 74, 2022)
//	rank    normal quantiles of the ranks
//	none    standardised
//
// Two objectives have a process each, and in the place of EI stands the area that a design is expected to add to what the feasible ones dominate
// (EHVI, exact: gp.Front), with the objectives as they are warped. The reference lies a tenth of their extent below the worst feasible values, not
// below the front: else nothing would be gained where the front is still too short.
//
// More objectives, or two with several = "parego", are ParEGO's (J. Knowles, IEEE Trans. Evol. Comput. 10, 2006): with each objective scaled to a
// cost c from 0 (best) to 1 over the feasible designs and weights w drawn uniformly from the simplex for every proposal, the process models
//
//	-(max_i w_i c_i + 0.05 sum_i w_i c_i)
//
// # Feasibility
//
// One process a constraint models its violation g, as sign(g) ln(1 + |g|/m) with the median m of |g|: the bilog of SCBO (D. Eriksson and
// M. Poloczek, AISTATS 2021), free of units. The objective and the constraints are taken for independent.
//
// Designs without a result (infeasible for the simulator, or failed) enter none of these processes. Another one models them: by the
// simulator's own distances where it tells any, as a constraint that holds by the least of these distances where there is a result; else by
// labels, -1 with a result and 1 without, by least squares (Rasmussen and Williams 2006, section 6.5) with the noise that labels need.
//
// # Other tasks
//
// Warm-start rows of another task (agents.Trial.Task: the same space, measured with another workload or device) are no trials of this one: they are not
// in the models, and their designs may be proposed. The start is then of three designs only: the best of the other tasks, by package rank, which take
// turns. A process models each function of each task: its objectives as normal quantiles of their ranks, its constraints as above; of more than Points
// trials, the best, and as many evenly among the rest. It is a prior: with m(x) its mean and z the targets of this task, the process of this task models
//
//	z - a m(x),   a = max(0, (Σ (m - m̄)(z - z̄) + 1) / (Σ (m - m̄)² + 1)) / tasks
//
// so that the other task is believed at first (a = 1), and not any more where it ranks the designs of this one otherwise (a = 0). Its variance, times a²,
// is added. The chance of a result, and scores under ParEGO's weights, have no such prior.
//
// experiments/warm-start.toml: after what five searches left, and 30 evaluations on another device or data set, bo's median regret is 0 where the cold
// start's is 0.5 to 4.5 %, turbo's 0 to 0.24 times the cold start's. After one search of 200 trials (five such searches, four seeds after each) the ratios are 0 to 0.28
// and 0.06 to 0.22. There is no warrant in it: after one further search, bo repeated twins of its best cell on the FPGA and ended at 0.75 times.
//
// # Trials in flight
//
// They are taken to score as the best feasible design: the constant liar (D. Ginsbourger, R. Le Riche and L. Carraro, "Kriging Is Well-Suited to
// Parallelize Optimization", 2010); of two objectives, to have the values that are expected of them (there: the Kriging believer). The processes of feasibility know nothing of them.
//
// # Search
//
// Spaces of at most Candidates designs are enumerated. Else half of the candidates are uniform and half are mutations of the ten best designs
// (package vary). From the Restarts best candidates and from the best design, climbs change one axis after the other to its best level until
// none is better: all levels of an axis of up to 16, of a larger one its neighbours and, when it is ordinal, the levels 2, 4, 8, … away. So
// the acquisition is only ever computed at designs that exist.
//
// Mutations are looked at from their parent and climbs from where they are (gp.Probe), with bounds of the variances first: a design is left as soon as the
// bounds say that it is not better than the best so far, and the factor of the product that said so is looked at first from then on. A climb that comes
// to where an earlier one was ends where that did.
//
// # Thompson draws
//
// With acquisition = "thompson" (W. R. Thompson, Biometrika 25, 1933; in trust regions D. Eriksson et al., see below) the posteriors of all models are
// drawn once at all candidates together (gp.Joint), and the best unseen candidate of that draw is proposed: the least over its bounds in all, and
// within them the one of the greatest objective or, of two, of the greatest area added to the front. The designs of one Ask are as many draws of
// the same models; designs in flight are left to chance. There are no climbs.
//
// Kind turbo is bo with such draws, 256 candidates and a trust region from the first trial on.
//
// Of two seeds, turbo after 500, 1,000 and 2,000 trials: rosenbrock10 7.8, 2.5, 2.5, nk20 -0.82, -0.82, -0.82 (one seed -0.887), trap30 5, 4, 4, knapsack30
// -456, -457, -457, ackley20 at its optimum, at 10 to 20 ms a trial without constraints.
//
// # Many trials
//
// A model holds at most Points trials: of more, the best design and the ones most correlated with it. From then on (Region auto) the search
// keeps to a trust region about the best design: an interval of each ordinal axis and a Hamming ball over the others, after TuRBO (D. Eriksson
// et al., "Scalable Global Optimization via Local Bayesian Optimization", NeurIPS 2019) and CASMOPOLITAN (X. Wan et al., ICML 2021). The interval's
// length is the side, 0.8 at first, times the axis' range, times the axis' length-scale over the geometric mean of all; one level down and
// up is always in it. The ball's radius is the side times the number of the other axes, at least 1. The side doubles, to 1.6 at most, after
// 3 better designs in a row, and halves after max(4, axes) others in a row; below 1/128 the search starts anew, with another start and its own
// trials alone. Of several objectives the side stays.
//
// # Defaults
//
//	initial     0 = axes + 1, from 6 to 20, at most a quarter of the budget      start   auto = sobol, or lhs above 64 axes
//	candidates  512                                                              warp    power
//	restarts    3                                                                kernel  mixed
//	points      150                                                              region  auto
//	acquisition improvement
//	refit       0 = every 1 + told/20 trials, at most 20                         several auto = ehvi of two, parego of more
//
// # Cost
//
// With n = min(told, Points) and d numbers an input, a random design's factor of the acquisition costs O(n d), a neighbour's O(n) an axis that differs, and
// the variance, where bounds do not decide, O(n²); a fit at most 30 steps of O(n³ + n² d); a constraint costs at most as much as the objective. Fits stop
// at gains of less than 0.03 of ln of the posterior density. A draw of m candidates costs O(m² (n + m)) a model, once a batch. Beyond Points, the
// choice of the modelled trials looks at all that were told, O(d) each.
//
// An earlier version predicted every design anew. Beside it, in turns on one machine with much other work, in CPU seconds (go test -bench
// AskAndTell, and the first 1,250 trials of experiments/lottery-soc.toml's "camera pipeline, low energy", 82 axes and five models):
//
//	                                     before   now    ratio
//	soc/comprehensive, a trial            0.362   0.066    5.5
//	AskAndTellOnAChip, 20 trials         11.96    2.19     5.5
//	AskAndTellAfter1000Trials, 40         1.53    0.96     1.6
//	AskAndTellOfTurbo, 150                2.52    2.03     1.2
//	AskAndTellOfTwoObjectives, 100        2.73    2.46     1.1
//
// The designs found are as good: on that SoC two seeds end, after 500 trials, at 1.0446 and 1.0446 uJ where they ended at 1.0453 and 1.0446. What is left of a trial with five models is half climbs, a third fits. Draws are half products of m² numbers, which nothing here spares; two
// objectives half the front's own formula and variances that bounds do not decide.
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), default options; the power warp was chosen over the rank one on these
// functions, nothing else. To measure again: make agents-bench
//
//	trials  branin  hartmann6  rosenbrock10  ackley20   nk20    trap30  knapsack30  tile_accel
//	100     0.4038  -3.292     9.67          0.209      -0.773  5       -442.5      -7.453
//	200     0.4038  -3.292     6.92          4.441e-16  -0.803  5       -454        -7.453
//
// On nk20 a process with one length-scale for all axes and one-hot codes did better with five seeds: -0.791 after 100 trials, -0.817 after 200.
//
// The hypervolume, with the reference point (11, 11), of the 120.667 and 120.333 that the continuous fronts have (medians of 10 seeds; ParEGO of 20; the
// best reference after 200 trials is Optuna's TPE: 109.7 and 97.1):
//
//	trials           25      50      100     200              25      50      100     200
//	ehvi     zdt1  116.98  120.54  120.66  120.66    zdt2  110.00  120.31  120.32  120.32
//	parego                         120.6   120.6                           120.3   120.3
//
// On the three objectives of dtlz2_grid12 parego has 14.49 after 100 trials and 14.84 after 200, in the median of 20 seeds; the best reference after 200, NSGA-II, 13.50.
//
// One design of 20 axes asked and told after 1,000 trials takes 20 ms on one core of a server without other work, fits
// included (BenchmarkAskAndTellAfter1000Trials).
package bayes
