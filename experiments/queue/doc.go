// Package queue spreads a run over processes and machines by NATS JetStream.
//
// One process is the coordinator: it runs the sweep (package sweep), owns the results folder and commits trials to the journals. It starts a
// NATS server of its own (Listen) or uses one (Dial). Any number of workers (Work) join, at any time, and leave or die at any time. The dataset
// is the one that the same file gives in one process, byte by byte.
//
// # Work
//
// A stream with work-queue retention holds one message a study: its index. Each worker pulls as many as it plays at a time. A message is
// redelivered when it is neither acknowledged nor reported in progress within the lease; workers report every third of it. The server's
// clock alone decides, and no message carries a time, so that clocks that differ between machines do no harm. What a worker does with a study:
//
//	open     says which study it is about to play (its identity must be the coordinator's) and learns how many trials are committed
//	records  fetches those, 384 KiB at a time, and replays them: the agent runs again from its seed, evaluations are not repeated
//	commit   sends new trials in the journal's own encoding: up to 256 of them, after 250 ms, or 384 KiB, whichever comes first
//	policy   sends what was learned, where the file asks for it, 384 KiB at a time
//	finish   says how the study went; then the message is acknowledged
//
// These are requests with replies over plain NATS, repeated until there is a reply: all of them are idempotent. At most four full batches wait in a worker
// for the coordinator; then the study waits. A coordinator that was killed and is started again with --resume publishes the unfinished
// studies anew, and workers that were in the middle of one go on with it.
//
// The settings of a race (halving, hyperband, asha) go from rung to rung: the coordinator has each study played to its rung's trials, and publishes those that go
// on again. limits.study_s holds from when a worker begins a study; limits.sweep_s only where the agents are in one process: not with whole studies.
//
// # At least once
//
// Two workers may play the same study, when one was paused beyond its lease, or a message came twice. Both give the same trials: whichever
// arrives first is committed, by study and trial, and the other must be equal, byte by byte (sweep.Desk); else the run stops and shows both. Only
// evaluations that a time limit ended may differ; the first counts, and the manifest lists the study as outside the promise, as in one process. Who opened a
// study last owns it: another one is told so with the reply to its next batch, and leaves it. A study that ten workers in a row began without committing
// one trial ends the run: it probably kills them.
//
// # Evaluations
//
// With distribute = "evaluations" the agents stay at the coordinator, and a message holds one design. The answer is a request (result) in the journal's
// encoding. Policies that act in an environment step by step play at the coordinator.
//
// # Who may join
//
// A worker of another version, Go release, operating system, architecture, executable or catalogue is refused: results would not be reproducible. A
// subject prefix carries one run at a time: a second coordinator is refused. A worker executes what the experiment file names, programs too, so who may
// use the server may execute programs on its workers: a server that listens beyond this machine always asks for a token, and TLS is offered.
// Files that settings name by path, and programs, must be the same on all machines, under the same path.
package queue
