// Package dashboard shows results folders, of running and of finished sweeps, to a browser: what `codesign serve DIR` does. It only reads.
//
// # What is followed
//
// DIR is a results folder or holds some, up to two levels below. It is looked through every second, so that new sweeps appear and deleted ones go. A sweep that
// runs is read from when it is found; any other one when somebody asks for it, and the eight that were asked for last are kept. Journals are read from where the last look
// ended (sweep.Follower): no trial is read twice, no file is held open, nothing is locked or written. No program is started that a folder
// names: its scenario is as the manifest has it.
//
// # What is kept
//
// Of a study: counts, its best design, how it ended, and its best-so-far curve on at most 48 trial counts. Of each scenario × agent cell: the best and the median of
// its studies. Of failures and infeasible designs: up to 64 groups with equal reasons, numbers aside, each with its first trial. So memory grows with the studies, not with the
// trials. Tables of trials are read from the journals when they are asked for.
//
// Measured with 1,000,000 trials on two cores that were busy with other work (BenchmarkMillionTrials): in 500 studies they are read in 1.4 to 2.4 s and keep less than 1 MB; the page takes
// 0.8 ms and an event 0.1 ms to make, the table of studies 0.6 ms, the trials of one study 10 to 100 ms, a filter over all trials 0.6 to 1.4 s. In 20,000 studies: 4.9 s, 11 MB, 110 ms, 2 ms, 130 ms,
// 1 ms, 2.2 s.
//
// # HTTP
//
// All answers are JSON unless stated; docs/dashboard.md has the fields. Only GET and HEAD are served.
//
//	/                            the page: all sweeps
//	/sweep/ID                    the page: one sweep
//	/sweep/ID/report.html        its report; artifacts/…, experiment.toml, resolved.toml, manifest.json, dataset-card.md beside it
//	/api/sweeps                  a card of each sweep
//	/api/events                  the same as server-sent events
//	/api/sweeps/ID               one sweep: progress, cells with curves, workers, faults
//	/api/sweeps/ID/events        the same as server-sent events
//	/api/sweeps/ID/studies       the table of studies: q, sort, desc, offset, limit
//	/api/sweeps/ID/trials        the table of trials: the same, and study
//
// Events are sent when something has changed, at most four times a second, and hold what has changed since the last one: everything has the version in which it
// changed last, so that what a client has missed, or was too slow for, is in its next event. An event's id is the version; a client that comes back with
// Last-Event-ID gets the rest, or all when it is of another process. A client that does not take an event within ten seconds is dropped.
//
// # Who may look
//
// Every answer needs the token if there is one: as `Authorization: Bearer`, or once as ?token=, which sets a cookie that scripts cannot read. Without a token
// the server is for this machine: it answers only to names of it (localhost, 127.0.0.1, [::1]), so that no web page can reach it under a name of its own. Files are
// opened through os.Root: no path and no symbolic link leads out of a results folder. A report is served with a policy that lets its own script run and no request leave it.
package dashboard
