// Package study runs one agent on one scenario with one seed: the loop, the budget and the stopping rules.
//
// # Order
//
// Trials are numbered 0, 1, … in the order of asking; start designs come first, and before them what is known from earlier studies, numbered below 0. With `lag` trials in flight, trial t is asked when exactly
// the trials 0 … t-lag are told, and trials are told one by one in ID order, whatever order their evaluations end in. So what an agent
// sees depends on the experiment file alone: never on workers, machine or time.
//
// # Budget
//
// Every trial costs one, duplicates and start designs too; what is known from earlier studies costs nothing. The study asks for no more than the budget. It ends when the budget is
// spent, when the agent proposes nothing, or when more than MaxFailed evaluations have failed. Trials in flight are told before it ends, so
// the trials told, journalled and in the dataset are the same.
//
// # Failures
//
// An evaluation that failed, and one whose objective is not a finite number, is told as infeasible with an unknown violation and counted.
// An error of the simulator or the agent itself ends the study. An environment with state cannot go on after a step that broke: its error or
// panic ends the study too, and the time limit of evaluations does not hold for its steps.
//
// # Central state
//
// Policies with central critics (agents.CentralPolicy) see the own state of environments that have one (env.Stater): ShareState.
//
// # Journals
//
// Agents run over a wrapped simulator whose Replay and Record serve and write the journal: the loop knows nothing of it. An environment with
// state cannot be served from a journal, so RunPolicy executes its steps again and compares each with the tape before new ones are recorded.
package study
