// Package archgym imports the trajectories that ArchGym's agents have logged, so that they can be read, compared and learned from like our own
// datasets.
//
// # Files
//
// ArchGym has no schema. Read are the forms that its scripts write (github.com/srivatsankrishnan/oss-arch-gym, April 2025), as CSV:
//
//	trajectory.csv, actions.csv    reward, {'axis': value, …}, [observation]             no head; the agents' logs
//	…_traj.csv                     the same behind a time stamp
//	AstraSim                       time stamp, {'axis': value, …}, observation …, reward
//	with a head                    a column an axis, an observation, Reward, Algorithm; its converter's output and its example data
//
// Axes are Python literals: numbers and texts, flat or nested (network and workload knobs, joined by _); lists count as texts. An axis of which all
// values are numbers is ordinal, any other one nominal.
//
// # Units
//
// The files have none, and what ArchGym calls latency of its DRAM environment jumps by 1000 between designs, because it drops the unit that the
// simulator prints (its issue 139). So the caller states the name, unit and factor of each observation. Import notes a gap of a hundred and more
// between neighbouring values of a metric: the mark of mixed units.
//
// # The dataset
//
// A study for each file and algorithm in it, a trial for each line, in order. Metrics are the observations and, where every line has one, the reward.
// A line with an observation that is not finite is infeasible. The simulator is named archgym, its version by the hash of the files; seeds and
// hyper-parameters are not known. The pairs of files that AstraSim's proxy pipeline trains on, actions and observations apart, are not read.
//
// # Speed
//
// About 6 µs of one processor for a line of the DRAM environment (BenchmarkRead).
package archgym
