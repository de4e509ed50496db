// Package hybrid is a search on a proxy that is held to the truth: a share of the trials and every claimed best are evaluated by the true simulator, and the proxy is
// corrected by what they measured. Experiment files ask for it by recheck in a scenario whose simulator is "proxy:FILE".
//
// # Which trials are measured
//
// Trial t of a study, with lag L, is measured when
//
//	a hash of the study's seed and t is below share         0 … 1, uniform
//	or it is claimed to be best: no measured trial among 0 … t-L is at least as good as the prediction
//
// A trial that meets the constraints is better than one that misses them, less of a violation is better than more, and of those that meet them one is at least as good as
// another if it is so in every objective. So the best of a study is always measured. What is predicted to be infeasible claims nothing.
//
// # Corrections
//
// The trials are divided into epochs of refit trials. Those of epoch e = ⌊t / refit⌋ are predicted by the proxy as corrected (proxy.Proxy.Correct: nothing, a shift, a
// linear map, or that and a model of the rest, whichever predicts best in cross-validation) by the measured trials among 0 … e refit - L: exactly what is
// told before the epoch's first trial is asked. So everything follows from the file, for any number of workers, and from the journal when a run is resumed.
//
// # What is recorded
//
// A row has the proxy's metrics, true ones where it was measured, the metric measured (1 or 0), and of every metric what the proxy of the epoch predicted with the
// interval that was to hold the true value nine times in ten: <metric>_predicted, _low, _high. A measured row that is infeasible has the true simulator's reason, one that
// was not says "predicted to be infeasible".
//
// Drift makes of these rows the report's table: of each quarter of the trials the mean and the worst of |predicted - true| / |true|, how far the proxy is off in the mean,
// and how many true values were inside their intervals. Rows that claimed to be best are not drawn at random: a search seeks a proxy's errors.
//
// Results of one design differ with the epoch, so predictions are not cached; what the true simulator measured is, for all studies of the scenario.
//
// Not modelled: corrections of the chance of being feasible; a budget of true evaluations (the studies' trials are the budget).
package hybrid
