// Package offpolicy is what learners from replayed steps have in common, in environments and in design spaces: memory, utilities of actions, targets, and the
// loop around a Method. Packages valuemix and sac are such methods.
//
// # Utilities
//
// An agent's action a is a level of each of its axes. Its utility in the observation o is a sum over the active axes,
//
//	Q(o, a) = Σ_i q_i(o, a_i) + j(o, a)
//
// and only an agent whose axes have few level vectors has j, a number an action: it holds what the axes do to each other. One net has all these as outputs
// (A. Tavakoli, F. Pardo and P. Kormushev, "Action branching architectures", AAAI 2018, without j). The best action is the best level of each axis, in
// their order; with j it is the best of all actions. In spaces with conditions the former is greedy: it does not look at what a level makes active.
// Utilities may be ordered: of an ordinal axis the outputs are steps s_k and q_i(o, l) = Σ_{k ≤ l} s_k, so that what is learned of a level moves those
// beyond it.
//
// # Replay
//
// Policy remembers the last steps of all lanes, and every few of them draws a batch, uniformly, for one gradient step. Observations are scaled by
// policygrad.Observer and rewards divided by their root mean square (policygrad.RewardScale), both when they are drawn. A step that terminated its
// episode has nothing after it; a truncated one has its last observation. Targets' parameters follow those that are learned,
// θ' := θ' + τ (θ - θ'), at every gradient step. Optimism o counts the errors of values that turned out too high 1 - o times: the hysteretic rule
// (L. Matignon, G. Laurent and N. Le Fort-Piat, IROS 2007) for replayed steps, which is the optimistic weighting of T. Rashid et al. (NeurIPS 2020).
// It helps agents that share a reward where rewards are deterministic. Defaults:
//
//	layers, width 2, 64 relu     warmup  500 steps     gamma        0.99
//	replay        20,000 steps   every   4 steps       target_rate  0.01
//	batch         64             learning_rate 5e-4    max_norm     10
//
// # Designs
//
// Designer is the case of one step without observations: what is learned of an action is what designs with it were worth. Worth is by rank, so that
// infeasible designs and several objectives need no penalty or weights: with x = p/(n-1) for the place p of a design among the n remembered (the number of
// better ones by package rank and half of those that are neither better nor worse),
//
//	r = ln((1+k) / (1+k x)) / ln(1+k)
//
// which is 1 of the best, 0 of the worst, and tells the best apart more than the worst the larger the sharpness k. Ranks are kept up to date with every
// design told. Designs are drawn at most 8 times until one is unseen, then the last one is walked away from, an axis at a time. Given trials are
// learned from like told ones. On an axis that the whole design makes inactive, level 0 has the credit. Defaults:
//
//	design_replay 1000     design_steps 4              sharpness 3
//	design_batch  32       design_learning_rate 0.05
//
// What a design is worth is a number without a future: discount and targets play no part.
package offpolicy
