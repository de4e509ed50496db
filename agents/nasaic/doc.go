// Package nasaic is the search of NASAIC (L. Yang et al., "Co-exploration of neural architectures and heterogeneous ASIC accelerator designs targeting
// multiple tasks", DAC 2020): a recurrent controller, trained by REINFORCE, that draws networks and hardware together and then improves the hardware of
// these networks for some steps.
//
// # Episode
//
//  1. joint step      the controller draws all axes
//  2. hardware steps  ten times: the axes of the networks stay, the others are drawn again
//  3. update          one gradient step on the designs of the episode
//
// Axes belong to a network when the name of their group (space.Param.Group) begins with "network". A space without such groups has joint steps
// only, or, if all its groups are networks, too.
//
// # Reward
//
//	P = sum of the positive violations of the specs                      (objective penalty with `worst` scales them as the paper does)
//	R = objective - rho P      of a joint step, if a design of the episode meets the specs
//	R = worst - rho P          of a joint step, if none does: the worst objective that a reward had so far; the paper has 0, accuracies being positive
//	R = -rho P                 of a hardware step
//
// Early pruning: the accuracy of networks that no hardware of their episode can run within the specs is not looked at. With a simulator that asks for
// the accuracy of a design only when its hardware meets the specs (staged), it is never computed either: such a design is told as infeasible with
// P as its violation. The joint step then has the objective of the first design of its episode that meets the specs: the same networks. Several objectives
// count by their mean. A design without a violation that says how infeasible it is has P = 1. In a space of one kind each step stands for itself.
//
// # Controller and update
//
// The controller is a recurrent policy (package categorical). The advantage of a step is (R - b) / s with b the exponential moving mean of
// the rewards of its kind (joint, hardware) before it and s their moving standard deviation, this one included; the paper has b alone, s makes the learning rate
// independent of the unit of the objective. The gradient is the mean over the episode of the advantages times that of log π, discount 1, with an entropy bonus; Adam.
//
// # Budgets
//
// Axes that share a budget (PEs and bandwidth of the sub-accelerators) are drawn so that it holds: the option budgets, "a + b <= 4096; c + d <= 64", masks the
// levels of an axis that leave too little for the others, at their least levels. An inactive axis takes nothing.
//
// # Defaults
//
//	hardware_steps  10: 500 episodes are 5,500 hardware designs and at most 500 accuracies
//	width 32, learning_rate 0.01, entropy 0.1, rho 10, baseline_decay 0.95, elites 5, imitation 0.3
//
// Entropy, elites and imitation were chosen on W1 of the simulator nasaic, three seeds of 5,500 designs: without elites the median accuracy within the specs is
// 88.66 % (entropy 0.1), with them 88.67 %, the seeds closer together; without the walk below it was 88.31 %.
//
// Beyond the paper: the best designs that meet the specs (elites), whoever proposed them, join each update with a fixed advantage, and a controller that draws
// nothing new in four draws, having converged, walks on from its last draw, an axis at a time within masks and budgets.
package nasaic
