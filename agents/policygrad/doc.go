// Package policygrad is policy-gradient learning with categorical policies: REINFORCE (R. J. Williams, Machine Learning 8, 1992) and proximal
// policy optimisation (J. Schulman et al., arXiv:1707.06347, 2017), in environments and in design spaces, and the blocks that multi-agent
// learners are built of.
//
// # Equations
//
// With rewards r, values V of a critic and δ_t = r_t + γ V(o_{t+1}) - V(o_t), the generalised advantage estimate (J. Schulman et al., ICLR 2016) and
// the critic's target are
//
//	A_t = δ_t + γ λ A_{t+1}        R_t = A_t + V(o_t)
//
// where a terminated episode has V(o_{t+1}) = 0 and A_{t+1} = 0, a truncated one the value of its last observation and A_{t+1} = 0. With the ratio
// ρ = π(a|o) / π_old(a|o) an update descends, in shuffled minibatches, the mean of
//
//	max(-A ρ, -A clip(ρ, 1-c, 1+c)) - e H + w max((V - R)^2, (V_old + clip(V - V_old, -c_V, c_V) - R)^2) / 2
//
// with A standardised in each minibatch, H the entropy (package categorical), gradients clipped by their norm over actor and critic together,
// and Adam (package nn), whose rate may fall linearly to 0. At the first step ρ = 1, and without a clip one such step is REINFORCE.
// Optimism o counts negative advantages 1 - o times, as hysteretic learners do (L. Matignon, G. Laurent and N. Le Fort-Piat, IROS 2007).
//
// # Environments
//
// Policy has an actor, a critic and an Observer for each agent of an environment: independent learners when there are several. Transitions of
// all lanes of an agent make one batch. Defaults, those of CleanRL's ppo.py (S. Huang et al., J. Mach. Learn. Res. 23, 2022) but for the
// learning rate's fall, which needs to know the end (option anneal):
//
//	              ppo            reinforce   a2c
//	layers, width 2, 64 tanh     the same    the same
//	batch         512 = 4 x 128  512         80 = 16 x 5
//	epochs        4              1           1
//	minibatches   4              1           1
//	learning_rate 2.5e-4         2.5e-3      7e-4
//	gamma, lambda 0.99, 0.95     0.99, 1     0.99, 1
//	clip          0.2            0 = none    0 = none
//	value_clip    0.2            0 = none    0 = none
//	value_weight  0.5            0.5         0.5
//	entropy       0.01           0.01        0.01
//	max_norm      0.5            0.5         0.5
//
// Advantage actor-critic (A2C; V. Mnih et al., ICML 2016) is PPO with one epoch and no clip (S. Huang et al., arXiv:2205.09123, 2022). Unlike the original it has
// Adam instead of RMSProp and standardised advantages.
//
// # Designs
//
// Designer is a contextual bandit without a context: no critic, no discount, one free logit a level, ordered heads for ordinal axes (package
// categorical). It draws designs, at most 8 times until one is unseen, then walks away from the last one (32 tries in all). Of each batch
// of told trials the advantages are the ranks, spread evenly over [-1/2, 1/2] by the comparison of package rank, so that infeasible designs and several
// objectives need no penalty or weights. The best told designs (Elites), whoever proposed them, join each batch with the fixed advantage Imitation
// and the ratio 1: self-imitation (J. Oh et al., ICML 2018; D. A. Abolafia et al., arXiv:1801.03526, 2018). Given trials are learned from
// like told ones. Several agents, one an axis or one a sub-system (env.Grouping), have a clip of their own and share the ranks and the elites.
// The entropy bonus is the only floor of the entropy; the walk goes on when a policy has converged. Defaults:
//
//	                      ppo    reinforce   a2c
//	design_batch          10     10          10
//	design_epochs         4      1           1
//	design_learning_rate  0.1    0.1         0.1
//	design_clip           0.2    0 = none    0 = none
//	design_entropy        0.01   0.01        0.01
//	elites                10     0           10
//	imitation             0.5    0           0.5
//	population            1      1           1
//
// A population of n > 1 is n rivals that take turns to propose and learn each from its own designs; the elites are common (population based training, M. Jaderberg
// et al., arXiv:1711.09846, 2017). The first rival has the given options, the others a learning rate, entropy weight and imitation times a factor in
// [1/4, 4]. When every rival has made three updates the worst becomes a copy of the best with each of the three times or over 1.25; they are compared by the
// mean rank of their last batches, pooled. A rival learns from an n-th of the trials: a population is for large budgets. Four rivals with an agent an axis had
// medians of 9 seeds of -2.88 on hartmann6_grid and 9 on trap30 at 200 trials, where one had -3.16 and 6; at 600 trials -3.292 and 6 both.
//
// Several agents (package marl) may be told, instead of the rank, a difference reward (D. H. Wolpert and K. Tumer, Adv. Complex Syst. 4, 2001),
//
//	D_i = f(a) - f(a with agent i's likeliest action in place of its own)
//
// where f is a model, not a second evaluation: a forest (internal/learn/forest) of the ranks of the last 300 trials. The agents' largest |D| of a batch is scaled
// to 1/2. Updated one after the other, an agent's advantages are multiplied by the factors that package marl defines; of groups that are learned (package groups)
// the new agents begin with the old ones' logits of each axis.
//
// # Measured
//
// Medians of 20 seeds on the functions of package agenttest (minimised), default options; learning rate, elites and imitation were compared at
// some few values on these functions. "axis" is ppo with one agent an axis, "autoregressive" ppo with that form.
//
//	trials               branin  hartmann6  rosenbrock10  ackley20  nk20     trap30  knapsack30  tile_accel
//	200  ppo             0.4095  -3.172     85.14         1.048     -0.6942  7       -392        -7.391
//	200  axis            0.4095  -3.159     53.62         1.161     -0.7083  6       -401        -7.432
//	200  reinforce       0.4038  -3.001     180.8         1.794     -0.6787  9       -385.5      -6.962
//	200  autoregressive  0.4154  -3.166     157.9         2.027     -0.7277  6       -392        -7.38
//	1000 ppo             0.4038  -3.292     8.32          0         -0.8135  5       -441        -7.453
//	1000 axis            0.4038  -3.292     8.32          0         -0.8201  5.5     -442.5      -7.453
//	1000 reinforce       0.4038  -3.292     30.17         0.6636    -0.763   6       -425.5      -7.453
//	1000 autoregressive  0.4154  -3.292     7.98          0.4746    -0.8245  5.5     -437.5      -7.453
//
// A plain REINFORCE with independent softmax policies in Python has 0.5415, -2.273, 596.5, 2.55, -0.6745, 10, -379.5, -6.837 at 200 and 0.4345, -2.767, 281.2,
// 1.63, -0.7129, 6, -414, -7.311 at 1000. Autoregressive heads have too many weights for so few trials; they are for spaces whose axes must agree.
//
// On the cart-pole (package env/games), mean over 10 seeds of the mean return of the last 100 training episodes, the learning rate falling to 0 at the
// end: 488.0 after 300,000 transitions (least 449.8), 477.9 after 500,000, where nine seeds have 500 and one fell back to 279.1.
// To measure again: go test -run '^$' -bench 'CartPole$' -benchtime 1x -timeout 30m ./agents/policygrad
//
// # Building blocks
//
// Learner is one actor with an optional critic of any inputs, hence of a central state; agents may share one. Rollout collects transitions and
// estimates advantages, Observer scales observations, RankAdvantages and Memory serve designers, Keeper saves and loads what was trained.
package policygrad
