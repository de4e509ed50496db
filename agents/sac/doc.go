// Package sac is the soft actor-critic (T. Haarnoja et al., ICML 2018) of discrete actions (P. Christodoulou, arXiv:1910.07207, 2019), of one agent and of
// several independent ones, in environments and in design spaces.
//
// # Equations
//
// An agent has an actor π (package categorical, factorised) and two critics Q_1, Q_2 that are sums over the axes (utilities q of package offpolicy, without
// values of whole actions), so that expectations over actions are sums over the levels of each axis: exact. With the temperature α and replayed
// steps (o, a, r, o'),
//
//	V(o') = Σ_i Σ_l π_i(l | o') (min(q'_1i(o', l), q'_2i(o', l)) - α ln π_i(l | o'))          q' those of the targets
//	critics descend the mean of (Q_k(o, a) - y)²/2,  y = r + γ V(o');  y = r at the end
//	the actor descends the mean of Σ_i Σ_l π_i(l | o) (α ln π_i(l | o) - min(q_1i(o, l), q_2i(o, l)))
//	α descends α (H - h Σ_i ln L_i) by ln α,  H = the actor's entropy, L_i = the legal levels of axis i, h the share that is asked for
//
// The least of the critics is taken level by level, which of several axes is less than the least of the sums. Of conditional axes i goes over those
// that are active along the replayed action and, after the step, along one that is drawn. Optimism is that of package offpolicy, for the critics of agents that
// share a reward. Several agents of an environment learn each for itself: independent learners.
//
// # Designs
//
// Each group of axes (package groups) is an agent that sees nothing. A single agent's critics explain a design's worth by all its levels at once; those of
// independent agents by their own, and what the others did is noise to them. Hence one agent (kind sac) needs fewer designs than one an axis (kind
// isac): at 200 trials rosenbrock10_grid has 62 and 94, ackley20_mixed 0.46 and 2.06 (medians of 7 seeds).
//
// # Defaults
//
// Beside those of package offpolicy, but for target_rate 0.005:
//
//	entropy 0.3, temperature 1 (the first)      design_entropy 0.3, design_temperature 1
//
// Entropy is a share of the uniform policy's. The 0.98 of the paper for games of many thousand steps is a nearly uniform policy, of which little can be learned in
// hundreds of designs. With the first design_temperature 0.1 rosenbrock10_grid had 115 and ackley20_mixed 1.1: exploring at first pays.
//
// # Measured: designs
//
// Medians of 20 seeds at 200 trials on the test functions of package agenttest (minimised), default options.
//
//	        branin  hartmann6  rosenbrock10  ackley20  nk20     trap30  knapsack30  tile_accel
//	sac     0.4095  -3.276     68.07         0.6776    -0.711   6       -404        -7.453
//	isac    0.4095  -3.113     115.6         1.813     -0.7297  8       -390        -7.38
//
// Neither is worse than random search on any of them or on three functions of several objectives (Mann-Whitney p above 0.04; the least of sac on dtlz2_grid12).
// After 1,000 trials sac is, on dtlz2_grid12: its median hypervolume is 13.5, random search's 13.9.
//
// Not modelled: critics of joint actions, and autoregressive actors, whose expectations would have to be drawn.
package sac
