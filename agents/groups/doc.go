// Package groups shares out the axes of a design space among several agents, as the option "groups" of multi-agent learners says it:
//
//	axis        an agent for each axis
//	subsystem   an agent for each sub-system (space.Param.Group)
//	single      one agent
//	a list      "array: rows, columns; memory: sram": the groups and their axes, each axis in one
//	learned     an agent an axis at first, then the groups that the trials so far tell
//
// # Learned groups
//
// Axes belong together when what they do to the objective jointly is not the sum of what each does. Of the last 600 trials, with y the rank of a trial (1 of the
// best, 0 of the worst, by package rank, so that infeasible designs and several objectives count, too) and each axis in at most four bins of about as many trials
// (neighbouring levels of an ordered axis; of others the levels with alike scores):
//
//	e    = y - mean - Σ_i effect_i(bin of axis i)                 fitted axis by axis, 20 times around: what a sum leaves
//	σ²   = Σ e² / (n - 1 - Σ_i (bins_i - 1))
//	X_ij = Σ over the cells of two axes of n_cell (mean of e in the cell)² / σ²      trials with both axes active
//
// Without a joint effect X_ij is about chi-square with cells - bins_i - bins_j + 1 degrees of freedom. Pairs beyond 3.5 standard deviations (Wilson's and
// Hilferty's normal form of chi-square; 1 in 4,300 by chance) join their axes' groups, the strongest pair first, while a group has at most five axes.
//
// A Learner looks at max(60, 4 an axis) trials and whenever there are half as many more. A search draws its designs where it believes the best to be:
// effects are those there, and an axis that no longer varies belongs to nobody. Joint effects of three axes without a pair among them are not seen.
//
// What is learned cannot be loaded by a designer that has yet to learn its groups: the file says that its agents differ.
//
// # Measured
//
// Medians [least and greatest] of five seeds at 400 trials (experiments/marl-groups.toml; ippo, that is policy gradients, and vdn): cycles of a mapping, uJ of an SoC.
// On the DRAM controller the choice of groups makes no clear difference.
//
//	                      ippo: mapping               SoC                  vdn: mapping                SoC
//	single                1.81e6 [1.03e6, 5.78e7]     1.48 [1.43, 1.55]    1.31e6 [1.18e6, 1.24e7]     11.0 [7.93, 19.3]
//	axis                  2.06e6 [9.03e5, 1.65e7]     1.52 [1.40, 19.1]    1.23e6 [9.44e5, 1.81e6]     3.41 [1.70, 17.1]
//	subsystem             1.81e6 [9.03e5, 2.06e6]     1.41 [1.33, 1.51]    2.51e6 [1.81e6, 3.61e6]     21.1 [5.07, 33.4]
//	learned               2.06e6 [7.15e5, none]       as axis              1.81e6 [1.13e6, 2.74e6]     as axis
//
// Learned groups do not pay at so few trials: the SoC has so many axes that the first look would come after the last trial, and on the mapping one seed of five
// found no feasible design at all.
package groups
