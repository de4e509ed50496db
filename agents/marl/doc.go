// Package marl is multi-agent learning by policy gradients, in environments of several agents and in design spaces whose axes are shared out: IPPO,
// independent proximal policy optimisation (C. Schroeder de Witt et al., arXiv:2011.09533, 2020), and MAPPO, the same with central critics (C. Yu et
// al., NeurIPS 2022), HAPPO, which updates one agent after the other (J. G. Kuba et al., ICLR 2022), with hysteretic updates for agents that share a
// reward (L. Matignon, G. Laurent and N. Le Fort-Piat, IROS 2007).
//
// # Equations
//
// Each agent i has a policy π_i(a_i | o_i) of its own observation and learns as package policygrad says (its advantages A, returns R and loss), as if
// the other agents were part of the environment. The critic sees
//
//	IPPO   V_i(o_i)     its agent's observation
//	MAPPO  V_i(s)       the central state: the environment's own where it has one (env.Stater; UseState), else all observations one after the other
//
// and is needed for learning only. With sharing "all" one actor and one critic learn from the transitions of all agents and see, behind
// their other inputs, a one-hot vector of the agent's place. Agents whose action spaces differ cannot share.
//
// Agents that learn at once in a game with one payoff for all shy away from the best joint action when the others' exploring makes it
// look bad: relative over-generalisation (R. P. Wiegand, dissertation, George Mason University, 2003). Hysteretic learners take bad news for the
// others' mistakes. With optimism o > 0, of every batch,
//
//	A < 0:   R := V + (1 - o) A                   the critic falls slower than it rises: V tends to an upper expectile of the return
//	actor:   A := A / rms,  A < 0: (1 - o) A      rms = root mean square of max(A, (1 - o) A); no mean is taken off, which would undo the signs
//
// so that o = 0.9 is hysteretic Q-learning's ratio 0.1 of the two learning rates. The critic alone makes an action count by the best that came of it.
// Optimism holds where rewards are deterministic, as a simulator's are; it takes luck for merit where they are not.
//
// Rewards are divided by the root mean square of the first 512 (MAPPO scales values for the same reason): a critic moves no faster than its learning
// rate, and actors that converge before it settle beside the optimum (of the climbing game 0.60 of 20 seeds found it with o = 0.99, where all do below).
// Other defaults are those of policygrad.PPO.
//
// HAPPO (option sequential) draws an order of the agents for each batch. With A_i standardised over the batch, agent i maximises the clipped loss of
//
//	M A_i,  M = Π over the agents j before it of π_j(a_j | o_j) / π_j,old(a_j | o_j), held within [2/3, 3/2]
//
// so that it learns what is good beside what the others have become. The bound is ours: of an agent an axis the product is the ratio of all axes
// together, and unbounded twenty such agents did no better than random search. Agents that share parameters cannot be updated apart.
//
// # Designs
//
// An agent for each axis, each sub-system (space.Param.Group), or each group of a list such as "array: rows, columns; memory: sram" acts once
// and sees nothing: the designer is policygrad.Designer on these groups. Credit: every agent is told the rank of the whole design
// among its batch, no more; what sets agents apart is that each has a probability ratio and a clip of its own, so that a sub-system which has settled
// does not stop the others, as the product of all ratios would. There is no state to tell apart: a central critic is a constant, and the
// ranks have mean 0 already. Here "ippo" and "mappo" are therefore one algorithm, and parameters cannot be shared. Optimism applies to the actors.
// Package policygrad has the other credit, difference rewards, and package groups the groups that are learned.
//
// # Measured: games
//
// Share of 50 seeds whose greedy joint action is the optimum after 10,000 joint steps in 4 lanes, and the mean greedy payoff (package env/games).
// Options: batch 50, minibatches 1, learning_rate 0.03, value_clip 0, max_norm 0, else the defaults; set once for games of so few steps; o was compared.
//
//	                 climbing     penalty 0    penalty -25  penalty -100  two-step
//	ippo   o = 0     0.00 (7.0)   1.00 (10.0)  0.04 (2.3)   0.00 (2.0)    0.88 (7.9)
//	ippo   o = 0.5   0.00 (7.0)   1.00 (10.0)  0.68 (7.4)   0.00 (2.0)    0.86 (7.5)
//	ippo   o = 0.9   0.84 (10.4)  1.00 (10.0)  1.00 (10.0)  0.96 (9.7)    1.00 (8.0)
//	ippo   o = 0.99  1.00 (11.0)  1.00 (10.0)  1.00 (10.0)  1.00 (10.0)   1.00 (8.0)
//	mappo  o = 0     0.00 (7.0)   1.00 (10.0)  0.08 (2.6)   0.00 (2.0)    0.88 (7.9)
//	mappo  o = 0.5   0.04 (7.2)   1.00 (10.0)  0.66 (7.3)   0.00 (2.0)    1.00 (8.0)
//	mappo  o = 0.9   0.80 (10.2)  1.00 (10.0)  1.00 (10.0)  0.92 (9.4)    0.98 (8.0)
//	mappo  o = 0.99  1.00 (11.0)  1.00 (10.0)  1.00 (10.0)  1.00 (10.0)   0.88 (7.9)
//	happo  o = 0     0.00 (7.0)   1.00 (10.0)  0.14 (3.1)   0.00 (2.0)    0.90 (7.9)
//	happo  o = 0.5   0.10 (7.4)   1.00 (10.0)  0.74 (7.9)   0.02 (2.2)    0.94 (7.9)
//	happo  o = 0.9   0.64 (9.6)   1.00 (10.0)  1.00 (10.0)  0.98 (9.8)    0.98 (8.0)
//	happo  o = 0.99  0.98 (10.9)  1.00 (10.0)  1.00 (10.0)  1.00 (10.0)  0.96 (8.0)
//
// For comparison, tables of Q values in Python: independent 0.00, 1.00, 0.08, 0.00; hysteretic 1.00 everywhere; independent policy gradient
// 0.02, 1.00, 0.44, 0.16. In a game without observations a central critic sees nothing either and cannot help. The two-step game is that of QMIX (T. Rashid et
// al., ICML 2018), for which 7 is published for VDN and 8 for QMIX.
//
// # Measured: designs
//
// Medians of 20 seeds on the functions of package agenttest (minimised). None has sub-systems of its own: "single" is what "subsystem" gives there.
//
//	trials              branin  hartmann6  rosenbrock10  ackley20  nk20     trap30  knapsack30  tile_accel
//	200  axis           0.4095  -3.159     53.62         1.161     -0.7083  6       -401        -7.432
//	200  single         0.4095  -3.172     85.14         1.048     -0.6942  7       -392        -7.391
//	200  axis, o = 0.5  0.4066  -3.161     54.78         1.294     -0.7334  5.5     -391.5      -7.348
//	1000 axis           0.4038  -3.292     8.32          0         -0.8201  5.5     -442.5      -7.453
//	1000 single         0.4038  -3.292     8.32          0         -0.8135  5       -441        -7.453
//	1000 axis, o = 0.5  0.4038  -3.292     7.83          0         -0.8205  5       -439        -7.453
//
// All are better than the plain REINFORCE in Python that package policygrad cites, on every function at 200 and 1000. tile_accel with the groups
// array, memory and tiles has -7.365 and -7.453. Optimism has no clear effect here, hence 0 is the default.
//
// To measure again: go test -run '^$' -bench 'Games|Designs' -benchtime 1x -timeout 30m -v ./agents/marl
package marl
