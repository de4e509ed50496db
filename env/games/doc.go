// Package games holds small environments with known answers, for the tests of policies and as examples of writing an env.Env directly.
//
//	Matrix    two agents choose a row and a column at once; both get the payoff of the cell; one step
//	TwoStep   two agents choose twice, the first choice decides on the payoffs of the second
//	Corridor  one agent walks five cells to the goal at the right end; walking into a wall is illegal (masked); the start is random
//	CartPole  one agent pushes a cart left or right to keep a pole on it upright; Gymnasium's CartPole-v1
//	Moves     one agent changes a design of a simulator by one level at a time; the reward is the improvement
//
// # Equations
//
// Matrix: r = payoff[row][column] for both. The best joint action of Climbing is (0, 0) with 11, but whoever plays 0 alone gets -30, so
// independent learners drift to (1, 1) or (2, 1). Penalty(k) has the best cells (0, 2) and (2, 0) with 10. Source of both, up to which agent
// is called row: Claus and Boutilier, "The dynamics of reinforcement learning in cooperative multiagent systems", AAAI 1998.
//
// TwoStep: r = 0 and then, with the numbers a and b that the agents choose, r = 7 in game A and r = (0, 1, 8)[a + b] in game B. The best return is 8. Values
// that are sums over the agents find 7, because they put the expected payoff of B below it while the agents explore. Source: T. Rashid et al., "QMIX", ICML 2018.
//
// Corridor: cells 0 … 4, start uniform over 0 … 3, r = -0.1 a step and 1 more in the step that reaches cell 4. From cell s the best return is
// 1 - 0.1 (4-s), by walking right 4-s times. The episode is terminated at the goal and truncated after 20 steps.
//
// CartPole: place x, angle θ (0 is upright), force F = ±10 N, g = 9.8 m/s^2, cart 1 kg, pole m = 0.1 kg of half length l = 0.5 m, M = 1.1 kg both:
//
//	a  = (F + m l θ'^2 sin θ) / M
//	θ'' = (g sin θ - a cos θ) / (l (4/3 - m cos^2 θ / M))
//	x'' = a - m l θ'' cos θ / M
//
// by explicit Euler steps of 0.02 s, the places moved by the speeds before the step (A. G. Barto, R. S. Sutton and C. W. Anderson, IEEE Trans.
// Syst. Man Cybern. 13, 1983; without friction). The four numbers start uniformly in ±0.05. r = 1 a step, that of the end included. The
// episode is terminated when |x| > 2.4 m or |θ| > 12 degrees and truncated after 500 steps. It observes x, x', θ, θ'.
//
// Moves: with R the objective's reward of a design (package objective), p_t the design after t moves and p_0 uniform over levels (Space.Sample),
//
//	r_t = R(p_t) - R(p_{t-1}),  so that the return is R(p_T) - R(p_0)
//
// A move goes one level down or up on one axis (in the axis' order of levels, whatever its kind) and makes the design canonical; moves that
// leave the levels or change an inactive axis are masked. The episode is truncated at the horizon: the design would go on changing.
package games
