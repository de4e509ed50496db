// Package agents holds the contracts of search: Agent proposes designs and is told their trials (ask and tell), Policy acts in environments
// and learns from the outcomes (act and learn), Designer makes a policy search designs.
//
// An agent never calls a simulator. The loop, the budget and the record of trials belong to whoever runs it:
//
//	agent.Tell(given)                  start designs and earlier results, if any
//	for the budget lasts:
//		points := agent.Ask(n)         none: the agent has finished
//		trials := evaluate(points)
//		agent.Tell(trials)             in ID order, possibly after later asks
//
// Who tells an agent something that cannot be is told so, and nothing changes: every agent checks its trials with a Guard before it learns.
//
// Objectives are maximised. Constraints stand beside them and are never folded in; package rank defines which trial is better.
//
// # Families
//
//	random    uniform draws; also a random policy
//	grid      every design once
//	sampling  Latin hypercubes and Sobol sequences; starts for the others; which designs were seen
//	hill      hill climbing with restarts; of several objectives Pareto local search
//	anneal    simulated annealing, plain and guided by a simulator's advice
//	mcts      Monte Carlo tree search over the axes, ordered levels halved
//	regevo    regularised evolution
//	genetic   genetic algorithm, NSGA-II and NSGA-III for several objectives
//	cmaes     covariance matrix adaptation
//	de        differential evolution
//	gbdt      boosted trees, levels pruned by contribution
//	linas     predictors, with NSGA-II inside them
//	active    active learning: designs to learn a proxy from
//	screen    a feasibility classifier in front of any of these
//	marl      several agents by policy gradients, valuemix by values that add up or are mixed, sac soft actor-critics; groups who owns which axis
//
// Package catalog lists them, vary holds their typed mutations and crossovers, agenttest proves that an agent keeps the contract.
// A family has a typed Options struct whose zero value is the documented default, New, and Factory for the catalogue.
//
// # Determinism
//
// All randomness comes from the generator handed to the constructor. With the same seed and the same told trials an agent proposes the same
// designs; agents use no goroutines, clocks or global state.
package agents
