// Package functions makes the test functions of package internal/functions simulators, one each under "functions/<name>", so that agents
// can be compared from experiment files on spaces whose best values are known.
//
// All metrics are pure numbers and minimised. A function of one objective reports "value", one of several "f1", "f2", …; constraints are
// reported beside them as "c1", "c2", …, which hold when they are <= 0. Every design is evaluated; in an experiment file:
//
//	[[scenario]]
//	simulator = "functions/mkp30"
//	objective = { minimise = ["value"], at_most = { c1 = 0, c2 = 0, c3 = 0 } }
//
//	[[scenario]]
//	simulator = "functions/zdt1_grid10"
//	objective = { kind = "pareto", minimise = ["f1", "f2"] }
//
// Definitions, spaces, known least values and sources are those of package internal/functions. There are no settings and no fidelities.
// None of the functions models hardware, functions/tile_accel included.
package functions
