// Package file reads experiment files: TOML, strict, every mistake with its line.
//
// The package knows the shape of a file and nothing of the catalogues: whether a simulator, setting, axis, level, metric, agent or option
// exists is checked by whoever plans the sweep, who words those errors with File.At and File.Errorf and sorts them with Join.
//
//	name       = "lottery"          required; letters, digits, ".", "_", "-"
//	budget     = 2000               required; trials a study, 1 … 1e9
//	seed       = 7                  root of all random streams, 0 … 2^63-1; default 0
//	repeats    = 10                 studies a cell, each with a stream of its own; default 1
//	lag        = 1                  trials in flight a study; part of the result; default 1
//	lanes      = 1                  environments that a learning policy acts in at once; part of the result; default 1
//	max_failed = 10                 failed evaluations that a study survives, the next one ends it; default 10
//	timeout_s  = 300                wall-clock limit of one evaluation, above 0; a trial of several has so many times as long; default 300
//	evaluations_per_trial = 5       evaluations of each design, by simulators that draw at random: a trial's metrics are means with standard errors; default 1
//	save_policies = true            keep what the agents learned in the results folder, to be evaluated later; default false
//	distribute = "evaluations"      what a distributed run sends to its workers: default "studies"; see package queue
//
//	stop_on_spec = true             a study ends when a design meets every constraint; default false
//	limits = { study_s = 600, sweep_s = 36000, sweep_trials = 100_000 }   wall-clock seconds of a study and of the whole run, trials of all studies
//
//	[[scenario]]                    at least one
//	name      = "small"             unique; default: the simulator, followed by the settings ("dram device=ddr4,workload=cloud-1")
//	simulator = "dram"              required; or { command = ["python3", "sim.py"] }, a program that speaks docs/protocol.md
//	set       = { workload = "cloud-1" }               settings: a string, number or boolean each
//	fidelity  = "quick"             default: the true model
//	objective = { kind = "spec", minimise = ["latency_ns"] }  for the package objective; an environment may have none
//	optimum   = 38273.75            the best value there is of the only objective, where it is known: reports then show regret
//	[[scenario.published]]          results of others, which tables show beside the agents': name = "a paper, table 1", metrics = { latency_ns = 120 }
//	fix       = { respqueue = "fifo", levels = { rows = [8, 16] } }  a value fixes an axis, levels narrows axes
//	recheck   = 0.05                of a proxy: share of the trials that the true simulator evaluates beside every claimed best; or
//	                                { share = 0.05, refit = 100 } with the trials between two corrections of the proxy by what was measured (package hybrid)
//	screen    = "proxy:FILE"        agents propose 8 designs for one that is evaluated, the best that the proxy predicts; or { by = "proxy:FILE", propose = 20,
//	                                feasible = true }, and feasible takes the first that is predicted to have a result (package screen of the agents)
//
//	[[start]]                       known designs, told before the first question, one trial each
//	scenario = "small"              default: every scenario
//	design   = { page_policy = "open" }                required; axis = value
//
//	[[warm_start]]                  trials of earlier results, told before everything else; they cost nothing and are not in the dataset
//	scenario = "small"              default: every scenario
//	from     = "results/first"      required; a results folder or a dataset, seen from the working directory
//	source   = "other"              scenario of the earlier results; default: the trials of the same simulator with the same settings;
//	                                with other settings they are of another task, which bo and turbo learn from, while others believe the numbers
//
//	[[agent]]                       at least one
//	kind   = "ga"                   required; or { command = ["python3", "designer.py"] }, a program that answers ask and tell of docs/protocol.md
//	name   = "ga-wide"              unique; default: the kind
//	groups = "subsystem"            how axes are split among several agents; default: as the kind does
//	population = [8, 16, 32]        every other key is an option; a list is an axis of the grid
//	layers = { value = [64, 64] }   an option that is itself a list; [{ value = [64, 64] }, { value = [32] }] is a grid of such
//	mutation = { low = 0.001, high = 0.3, log = true }   a range to draw from, of whole numbers where both ends are; for sampling strategies
//	search = { kind = "random", settings = 20 }          how settings are found, see Strategies; default: the whole grid
//	preset = "small"                options of [preset.small]; those given here win
//
//	[preset.small]                  options (and groups, search) that agents share
//	population = [2, 4, 8]
//
//	[[include]] and [[exclude]]     studies that are kept, all others dropped, and studies that are dropped; by one or more of
//	scenario = ["small"]            a name or a list of names
//	agent    = "ga"                 likewise
//	where    = { population = [2, 4] }   options that have one of the values
//
// # Strategies
//
//	grid        all combinations of the listed values
//	random      so many different settings, each option drawn by itself: evenly from its list, or from its range (in the logarithm with log = true)
//	latin       a Latin hypercube [M79]: of n settings each n-th part of every option holds one
//	halving     settings (those drawn, or the whole grid) run for trials = r; the best ⌊n/eta⌋ go on to r eta, and so on to the budget; eta = 3 [JT16]
//	hyperband   brackets s = s_max … 0 of ⌈(s_max+1)/(s+1) eta^s⌉ random settings, halved from budget/eta^s trials on; s_max is the
//	            largest with budget/eta^s_max >= trials [L18]
//	asha        halving without waiting: which settings go on depends on who comes first, so not reproducible, and marked so [L20]
//
// What is drawn follows from the seed and the agent's name. Drawn numbers are rounded to three digits. In halving, settings are ranked in each scenario by the median over the
// repeats of the best objective so far; an agent knows the whole budget from the start, so that a setting that goes on is the same run, longer. All of them run on the workers
// of one process and of a fleet alike, and are resumed. A cheaper model for a search is the scenario's fidelity.
//
// The budget is lowered for all studies alike where sweep_trials asks for it. Studies that a time limit ends are outside the reproducibility promise.
//
//	[proxy]                         proxies fitted to the trials once all studies are done, judged, searched on and verified (package experiments/proxy)
//	metrics    = ["time_ns"]        required; what to predict; those of the scenarios' objectives must be among them where there is a search
//	kind       = "boost"            sort of model: ridge, knn, forest, boost, gp, mlp; default boost
//	train_rows = [20000, 250000]    sizes of the training set; default: all rows that do not judge
//	splits     = 5                  of each size, with different seeds; default 1
//	test_frac  = 0.2                share of the outcome classes that judge
//	agent      = "ga"               searches on the proxy of the largest training set, and on the true simulator; default: no search
//	trials     = 1000               of both searches
//	verify     = 50                 designs of the search on the proxy that are then evaluated
//	repeats    = 1                  of the searches, for each scenario
//	bars       = { rmse_frac = 0.0061 }  what the report holds the figures to: rmse_frac, fit_s, prediction_us, regret_frac at most; spearman, faster, coverage_low
//	                                at least; coverage_high at most
//	shots      = [0, 20, 100]       designs of each scenario in turn, as one that is new to a proxy of the others; see package experiments/proxy
//	judge      = 500                designs that are drawn and evaluated in each scenario to judge the sources
//
//	[[proxy.source]]                a training set to compare with the first: trials of these agents of the file, in their order, as many of each; in place of splits
//	name   = "mixed"                required
//	agents = ["random", "ga"]       required
//
// # Decisions
//
// Names of scenarios and agents do not depend on the rest of the file, so adding a scenario never renames another one, and random streams
// derived from the names stay. Keys of the file's top level (budget, lag, …) are no agent options: below an [[agent]] they are the usual
// slip of TOML, and the error says so. NaN and infinities occur nowhere, dates neither.
//
// [JT16] Jamieson, Talwalkar, Non-stochastic Best Arm Identification and Hyperparameter Optimization, AISTATS 2016. [L18] Li et al., Hyperband, JMLR 18, 2018.
// [L20] Li et al., A System for Massively Parallel Hyperparameter Tuning, MLSys 2020. [M79] McKay, Beckman, Conover, A Comparison of Three Methods …, Technometrics 21, 1979.
//
// Limits: 1 MiB a file, 32 levels of nesting, 512 bytes a key path, 1000 tables a section, 100,000 cells an agent, 1,000,000 studies a file.
//
// # Lines
//
// The TOML library gives a position for syntax errors only. A small scanner (scan.go) reads keys, not values, and builds a tree of lines
// parallel to the decoded document. It runs first, and holds the limits on nesting, because the library recurses. It is lenient: what it
// does not understand it leaves to the library's error. Fuzzing asserts that every path of every document that the library accepts has a line.
//
// # Identity
//
// File.Resolved is the file with all defaults spelled out (but of keys that came later, such as save_policies, limits and evaluations_per_trial), in one canonical form that parses back to an equal File; it is written next to
// the results. File.Hash is the SHA-256 of that text: comments, spacing, order of tables' keys and spelled-out defaults do not change it;
// the order of scenarios, starts, agents and agent options, which orders the dataset, does.
package file
