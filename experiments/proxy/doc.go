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
package proxy
