// Package sweep plans an experiment file into studies, runs them on a pool of workers and writes the results folder.
//
// # Plan
//
// A study is one scenario × agent cell × repeat, in the file's order: scenarios, then agents, then the cells of an agent's grid, then
// repeats. Repeat r has the seed seed.Derive(file seed, "repeat", r), shared by all agents, so that comparisons are paired; the agent's
// stream is derived from it by the agent's kind. Nothing else is random.
//
// # Races
//
// Of agents whose settings are halved (package file, strategies) each scenario is a race: first all settings are run to the first rung, those left behind end there ("left
// behind" in their ending), the others go on. A study is continued by replay: its agent begins again from its seed, is served what the journal has, and goes on.
// The rungs come before the rest of the run, all races rung by rung together, on the workers of this process or, with a Fleet, on those of others: the journals are here in
// either case, and a study that goes on may do so elsewhere. What goes on depends on recorded results alone, so a race is the same for any number of workers, local or distributed, and
// resumable like the rest. A race without waiting (asha) is resumed too: settings keep the rungs that they have reached, and those that were left behind stay so. But what goes on
// depends on who comes first, so the manifest lists it as outside the reproducibility promise.
//
// # Several evaluations a trial
//
// Where the file has evaluations_per_trial above 1, the simulator of each scenario becomes simulators.Mean of so many: of the simulator opened with the seeds
// of Settings.Reseeded, or, of a program that draws by itself, of the same one. From there on everything is as ever: one result a trial in cache, journal and
// dataset, whose settings say the number. A simulator that is deterministic is refused. The time limit of a trial is that of its evaluations together.
//
// # Modes
//
// An agent proposes designs of a simulator. In an environment a policy acts step by step, each step a trial that is recorded with the reward,
// the episode's return and end; any other agent proposes action sequences, played open-loop from one fixed start. A policy designs as well, where
// its kind has no agent of designs or the file splits the axes into groups. A kind with an option "groups", as mappo, is handed the file's groups
// and shares out the axes itself. In environments, which have their own agents, groups mean nothing.
//
// # Programs
//
// A scenario may name a program that speaks docs/protocol.md (package simulators/process) where others name a simulator of the catalogue. It runs
// from NewPlan to Plan.Close. The manifest has its command, version and the hash of what its hello says; that hash is part of the journals' identity, so
// that a program which describes itself otherwise does not continue a run, and the command is among the settings in the dataset. The studies
// of one that says it is not deterministic are outside the reproducibility promise.
//
// An agent may be a program as well (package experiments/outside): one process a study, started when the study begins. Its command is a hyper-parameter
// in the dataset, where it is called what its hello calls its kind. A results folder is read without it: the manifest has what it said.
//
// # Proxies
//
// A scenario may name a learned stand-in of a simulator, simulator = "proxy:FILE" (package simulators/proxy), relative to the experiment file's folder. The
// hash of the proxy is part of its version, so that another one does not continue a run.
//
// # Other processes
//
// A Player plays a study over a Log: the study's journal in this process (a run of one process), or a connection to it (a worker of a distributed run). With
// a Fleet the studies of a run are played elsewhere, and their trials arrive at a Desk, which commits them to the journal: each trial once, in order, and repeats
// must be equal byte by byte. Or the studies are played here and the Fleet evaluates their designs, where the file says distribute = "evaluations". A plan travels
// as Ship and Receive have it: with the file's text, the trials of warm starts and the policy that is evaluated, without the files that settings name by
// path. Package queue is the one Fleet.
//
// # Results folder
//
//	experiment.toml     the file as it was given
//	resolved.toml       the same with every default spelled out; its hash is the folder's identity
//	manifest.json       status, versions, machine, command, studies that are outside the reproducibility promise
//	live.json           who is at work, rewritten every second while a run lasts
//	journals/           one journal a study, and how it ended: what resume replays
//	dataset/            part-00000.parquet …: written from finished studies in plan order, identical for any number of workers
//	dataset-card.md     what the dataset is, for people: made by what, versions, settings, counts, units and ranges, licence
//	timings.parquet     agent and simulator time of each study
//	policies/           what the agents learned, one file a study that learns, where the file says save_policies = true
//	evaluated.policy    the trained policy that the run evaluates, if it does
//	artifacts/          what explains the best designs, where a simulator can (results.Explain): timelines, tables
//	report.html         the report
//
// A folder is locked while a run writes to it. A run never touches a folder that holds something else, another file's results, or results
// of another build or architecture; it continues an unfinished one only when asked to resume. A run that is killed at any moment can be
// resumed: what is whole is kept, a torn journal record is cut off, the dataset is written again from the journals.
//
// # Warm starts
//
// The trials of earlier results are told before everything else (study.Task.Warm): each design once, scored by the scenario's own objective, failed
// evaluations left out. They must be of the same simulator, version, design space and metrics, and of the same settings unless the file names the
// scenario of the earlier results: its trials are then of another task (agents.Trial.Task), which bo and turbo learn from without believing the
// numbers. What was told is hashed: the hash is part of the folder's identity, in the manifest, and a hyper-parameter "warm_start"
// in the dataset. A folder is read, but not continued, without the earlier results. Policies that act step by step take no warm start.
//
// # Trained policies
//
// A study whose agent can be saved (agents.Persistent: the policy gradients) leaves its parameters with their description (package trained). Plan.Evaluate
// makes of a plan the evaluation of one such policy: on every scenario of the file, as the agent of the file that it was trained as, whose options must
// be equal, and without learning. A policy acts by its likeliest actions; of designs it proposes the likeliest first and then draws. The policy's hash is part
// of the folder's identity, and a hyper-parameter "policy" in the dataset.
//
// # Unfinished folders
//
// Snapshot writes what the journals hold so far as a dataset of its own, so that best, trials and report work on a folder at any time.
package sweep
