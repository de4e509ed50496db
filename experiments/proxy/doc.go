// Package proxy fits proxies (package simulators/proxy) to datasets, judges them honestly, and searches on them.
//
// # Protocol
//
// A row is a pair of a design and a task (settings of the simulator: a workload). Rows that share a group are on one side of a split. The group is the
// outcome class unless told otherwise: designs with equal results on every workload, which differ in nothing that the simulator looks at, are one. A random
// split by rows would judge a model on designs, or doubles of designs, that it has learned. The sides are drawn by a hash of the group and the
// seed. A training set of n rows is whole designs, drawn at random until they have n rows. Another split holds out a workload.
//
// Errors are those of package internal/learn/measure over all judged rows together, which is what "pooled" means; the top-k regret is the mean over the tasks of the
// regret of measuring the 10 best predicted rows. Times are wall-clock: of the fit all of it, of a prediction the best of five batches of all
// judged rows, on one goroutine, all metrics of a row together.
//
// # Search
//
// An agent searches on the proxy; its best Verify different designs, those that meet the constraints first, are evaluated by the true simulator, and the
// best of them is what it found. The same agent searches on the true simulator. The regret of a value v, with the optimum o and the median m of the random rows that
// meet the constraints,
//
//	regret = (v - o) / (m - o)       0 = the optimum, 1 = what half of all random designs reach
//
// where o is what the file states, or else the best that the rows, the searches and the verification have seen. Drift is the mean of |f - y| / |y| over the verified
// designs: what the search makes of a proxy's errors, which it seeks.
//
// # Sources
//
// Training sets of equal size by the agents whose trials they are: the first different designs of each agent, as many of each, workload by workload, of one repeat of the file. All are
// judged by the same designs, drawn uniformly and evaluated for it. Rows are parted by classes of equal results of one workload: those of a share of the classes judge, no row of these
// classes is learned from. RMSE over the mean and its ratio to the first source's are geometric means over the repeats, with
//
//	exp(m ± t s/√n)        m, s of the logarithms of n repeats, t of Student's distribution at 97.5 % with n-1 degrees of freedom; ratios are paired by repeat
//
// and the verdict is better or worse where the ratio's interval excludes 1. proxy-sources.toml is the study of whether mixed agents or active learning make better datasets.
//
// # Transfer
//
// One task after the other is held out: a proxy of the others is corrected by a few of its rows (proxy.Proxy.Correct), beside a proxy of these rows alone. The same groups judge both;
// neither they nor the proxy of the others have rows of them. Without rows a new task is told by its features, where the proxy of the others has found some that tell (package proxy, New tasks), else as the mean of the
// known ones, in transformed units. Beside both is the same proxy without the features of the new task.
//
// # Drift
//
// Of searches that are held to the truth (package hybrid): what was predicted beside what was measured, by quarters of the trials.
//
// # Measured
//
// Memory controller, 10,000 requests of ArchGym's four traces, disjoint by outcome class, a tenth of the classes judges; RMSE over the mean, of time, energy, power.
// The first two lines are of boosted trees for each metric (--kind boost), the third of the default, one split of 28,000 rows, where power is energy / time:
//
//	20,000 rows, 5 splits    0.374 %, 0.222 %, 0.312 %   Spearman 0.99958, 0.99979, 0.99928   covered 93.8 %, 94.4 %, 94.1 %
//	250,000 rows, 3 splits   0.333 %, 0.212 %, 0.183 %   Spearman 0.99955, 0.99985, 0.99949   covered 90.1 %, 87.9 %, 89.8 %
//	20,000 rows, 1 split     0.597 %, 0.194 %, 0.506 %   Spearman 0.99981, 0.99984, 0.99923   covered 91.5 %, 97.7 %, 93.5 %
//
// Coverage at 250,000 rows missed its bar of 88 to 92 % by a tenth of a per cent for energy, with a tenth of the groups to calibrate: a split has few large
// classes, and their coverage varies. On the split of the third line trees of its own leave 0.312 % of power: agreement with time and energy costs accuracy. Since, a fifth calibrates; that was not measured at 250,000 rows, nor was the default there. The three metrics of a design together
// take 1.3 µs in a batch, wall-clock on a loaded machine, where 2.2 µs were before power was a product; 1.0 µs with 300 trees, which leave 0.65 %, 0.20 % and 0.54 %.
//
// From 20,000 rows of the default workload, one split, a fifth of the classes judges (codesign dataset collect NAME --rows 26000 --seed 1; codesign proxy eval DIR
// --train-rows 20000):
//
//	systolic        latency_cycles 1.77 %, latency_ns 1.78 %, energy 0.21 %, area 0.005 %, traffic 0.23 %, energy-delay 2.1 %, utilization 2.6 %, power 3.5 %
//	asic/template   latency 0.12 %, energy below 0.001 %, area 0.002 %, power 2.2 %
//	soc/limited     latency below 0.001 %, power 0.03 %, energy below 0.001 %, area 1.5 %, of DRAM 1.9 %     of hpvm_cava, the default
//
// Trees alone leave 28 % of the systolic latency, which has five orders of magnitude: 99 in 100 rows are within 1.5 times its floors. What is left comes from networks whose
// layers are partly bound by traffic, and weighs more where large values are of other designs: a mean error of 0.9 % is 1.8 % of the mean latency and, for the short
// latencies that make power large, 3.5 % of the mean power. Before trees over floors saw the traffic itself and were three times as many, 1.90 %, 2.46 % and 4.2 %
// were left of latency_cycles, latency_ns and power. The power of asic/template has a mean error of 0.13 %: few designs of short latency make the rest. The fit of all
// systolic metrics takes 63 s of processor time.
//
// The line of soc/limited is of --metrics latency_ms,power_mw,energy_uj,area_mm2,dram_area_mm2 and from before the trees over floors changed; it is an easy workload,
// whose latency has two values, 0.01 % apart. audio_decoder is not met: 8.5 % (latency), 8.0 % (power), 2.2 % (energy) and 2.5 % (area) are left from 20,000 rows, before counts were features: what
// a task finds behind the axis that places it, and schedules of parallel tasks, remain hidden. The relations that classifiers see help, at six times the features and the
// time, and not enough, so that metrics do without them: boosted trees of the logarithms leave 6.6 %, 6.3 %, 1.4 % and 2.6 % with them, 9.5 %, 8.9 %, 2.1 % and 3.0 % without,
// of 3,000 other designs. The error is in the tail: of trees that are told the task graph and see the blocks on the way from each processor to its data, the median error of the serial latency
// is 0.3 %, and one design in ten is off by 6 % or more: where a slow bus is merged into another one before anything runs, which the order of a walk decides (package soc,
// Pruning). edge_detection was not measured at 20,000 rows.
//
// Which designs of soc/limited meet all budgets, from 200 rows, a fifth of the classes judges, five splits (codesign dataset collect soc/limited --set workload=NAME
// --rows 3000 --seed 1; codesign proxy eval DIR --metrics latency_ms,power_mw,area_mm2 --train-rows 200 --seeds 5 --at-most …):
//
//	                                                              F1      meet   F1 of always yes
//	hpvm_cava       area 1, power 43.2                            0.958   25 %   0.40
//	hpvm_cava       area 1.31, power 43.2, latency 84882.4        0.962   43 %   0.60
//	edge_detection  area 1.30013, power 43.364, latency 4569.7    0.976   25 %   0.40
//	audio_decoder   area 1.30013, power 44.238, latency 9.4922    0.477   14 %   0.25
//
// in mm², mW and ms; the first line learns power and area alone. The intervals of the metrics alone reach 0.68 on it (three splits). The limits of the last two lines are the 60 % quantiles of each
// metric. Aimed at were 0.95. audio_decoder does not get there: how long a schedule of tasks side by side takes is not told by 200 rows; from 1,000, F1 is 0.60 (three
// splits). The budgets of power that come with the workloads, 8.737 mW, are a third to a fifth of what any of these designs needs: no row is in that class.
//
// A simulation of those 10,000 requests takes 1.2 to 2.8 ms of one core (README): a prediction of the three metrics is 900 to 2,200 times as fast. DRAMSys 5.0 took 25 ms at
// least and 116 ms in the median of 312 runs of 10,000 requests, other traces, devices and policies, on a shared machine: 19,000 times at least.
package proxy
