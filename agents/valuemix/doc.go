// Package valuemix is value decomposition: agents that share a reward learn, each for itself, what their actions contribute to the value of all. It has VDN,
// value decomposition networks (P. Sunehag et al., AAMAS 2018), and QMIX (T. Rashid et al., ICML 2018), in environments and in design spaces.
//
// # Equations
//
// Agent i has a utility Q_i(o_i, a_i) of what it sees and does (package offpolicy, which also has replay, targets and ranks). The value of a joint
// action in the central state s is
//
//	VDN    Q(s, a) = Σ_i Q_i(o_i, a_i)
//	QMIX   Q(s, a) = b2(s) + Σ_k |w2_k(s)| elu(b1_k(s) + Σ_i |W1_ik(s)| Q_i(o_i, a_i))
//
// where w2, W1 are nets of s with one hidden layer, b1 is linear and b2 has one hidden layer. Either rises with every Q_i, so that the agents' own best
// actions are the best joint one. A step with reward r (the agents' mean, where they differ) that leads from (s, o) to (s', o') has the goal
//
//	y = r + γ Q'(s', (argmax over a_i of Q_i(o'_i, a_i))_i)       double Q-learning: Q chooses, the target Q' values; y = r at the end
//
// and one gradient step descends the mean of (Q(s, a) - y)²/2 over a batch, where Q > y counts 1 - optimism times. The central state is the environment's own
// where it has one (env.Stater), else all observations.
//
// Agents explore an axis at a time: with probability ε they draw a level of it, else they take the best one. ε falls linearly from 1.
//
// # Designs
//
// Each group of axes (package groups) is an agent that sees nothing: Q is a regression of the designs' ranks on their levels, and what a
// group adds to it is j, the values of whole actions, where it has few enough. Without a state QMIX's weights are free parameters: one monotone curve through
// the sums. Its mixing net learns at a twentieth of the utilities' rate, since Adam moves each weight as far: with the same rate it was worse than random
// search on rosenbrock10_grid.
//
// # Defaults
//
// Beside those of package offpolicy:
//
//	epsilon 0.05 after epsilon_steps 10,000        design_epsilon 0.1 after design_epsilon_trials 50
//	joint 256                                      mix_width 32, hyper_width 64
//
// # Measured: games
//
// Share of 20 seeds whose greedy joint action is the optimum after 10,000 joint steps in 4 lanes, and the mean greedy payoff. Options: one layer of 32,
// mix_width and hyper_width 16, warmup 100, learning_rate 0.005, target_rate 0.02; ε = 1 throughout in the two-step game, as published, else from 1
// to 0.1 in 5000 steps.
//
//	                two-step     climbing     penalty 0    penalty -25  penalty -100
//	vdn   o = 0     0.00 (7.0)   0.00 (5.0)   1.00 (10.0)  0.00 (2.0)   0.00 (2.0)
//	vdn   o = 0.9   1.00 (8.0)   1.00 (11.0)  1.00 (10.0)  1.00 (10.0)  0.85 (8.6)
//	vdn   o = 0.99  1.00 (8.0)   1.00 (11.0)  1.00 (10.0)  0.85 (4.8)   0.75 (-17.5)
//	qmix  o = 0     1.00 (8.0)   0.00 (5.0)   1.00 (10.0)  0.00 (2.0)   0.00 (2.0)
//	qmix  o = 0.9   1.00 (8.0)   1.00 (11.0)  1.00 (10.0)  1.00 (10.0)  0.25 (4.0)
//	qmix  o = 0.99  1.00 (8.0)   1.00 (11.0)  0.80 (8.0)   0.80 (3.0)   0.95 (4.5)
//
// The published returns of the two-step game are 7 for VDN and 8 for QMIX. Neither can represent the climbing game, whose optimum needs both agents at
// once: optimism finds it, because the errors below what is believed hardly count. Package marl finds it by the same rule.
//
// # Measured: designs
//
// Medians of 20 seeds at 200 trials on the test functions of package agenttest (minimised), default options, an agent an axis.
//
//	        branin  hartmann6  rosenbrock10  ackley20  nk20     trap30  knapsack30  tile_accel
//	vdn     0.4124  -2.999     284.2         0.9661    -0.6931  6       -397.5      -7.395
//	qmix    0.41    -3.149     141.6         0.6921    -0.7258  6       -398        -7.373
//
// Neither is worse than random search on any of them or on three functions of several objectives (Mann-Whitney p above 0.04; the least on dtlz2_grid12, where
// the median hypervolumes 12.9 and 11.8 are below random search's 13.1).
//
// To measure again: go test -run '^$' -bench 'Games|Designs' -benchtime 1x -timeout 60m -v ./agents/valuemix
package valuemix
