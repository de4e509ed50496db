// Package agentsbench measures search agents on the test functions of package internal/functions and sets them beside reference agents that
// were measured on the same functions, index vectors and budgets with other tools: plain implementations in Python (source "baseline") and
// Optuna 3.1.0. Their rows are embedded. Command cmd/agentsbench runs it.
//
// # Protocol
//
// A run is one agent with its default options on one function with one seed, 0 … 19, through package study with one trial in flight, on the
// simulators of package simulators/functions. Every told trial counts, repeats and infeasible designs too. At 25, 50, 100, 200, 500 and 1,000
// trials a row is written: the best feasible value so far ("inf" before there is one), or for several objectives the hypervolume of the
// feasible designs above the function's reference point. An agent that has finished keeps its value.
//
// Constraints are told as an experiment file with at_most = { c1 = 0, … } tells them: beside the objectives, their values as violations. The
// reference agents see one penalised value instead, the sum of the violations for an infeasible design, which is always worse than feasible;
// those named …-c are told constraints. The two orders are the same in one objective.
//
// Budgets are those of a single run of the full length: an agent that is made for 1,000 trials may do otherwise at 100 than one made for
// 100. Exhaustive search is measured only where the budget covers the whole space.
//
// A file of rows is gone on with: what it holds is not measured again, even when the agent has changed since.
//
// The time of a trial is that spent in ask and tell, without the function; the reference's includes the function.
//
// # Statistics
//
// Values are compared to 1e-9, since implementations of a function differ in their last bits. Medians and quartiles are of type 7 (package
// stats); a seed without a feasible design counts as +Inf. The mean rank averages, over the eight functions of one objective, the place of an
// agent's median among those of the agents that were measured on all of them with three seeds at
// least, equal medians sharing their mean place.
//
// Ours is worse than a reference agent when the one-sided Mann-Whitney test of package stats says so with p < 0.01, and better likewise.
// The p-values of one agent of ours against one reference agent at one budget, over the functions of one objective or over those of several,
// are one table, adjusted by Holm's rule for their number.
//
// Bars holds what is asked of our agents as data; Bar.Judge says for each agent whether it is met, with the numbers.
package agentsbench
