// Package proxy is learned stand-ins of simulators: fitted to evaluated designs, kept in one file, used wherever a simulator is named as "proxy:FILE".
//
// # Model
//
// A design is encoded as space.Space.Features does it: ordinal axes between 0 and 1, nominal ones as indicators, permutations as places, conditional axes with
// an indicator of being active. A proxy of several tasks (settings of the simulator: workloads) has an indicator of each beside them, so that what one
// workload teaches serves the others. Where three nominal axes or more have the same labels, three or more, they choose among the same things, as tasks
// do among processors: further features are the share of them that choose each, and how many things any chooses.
//
// Each metric y has a model f of its own (package regress), boosted trees or a sum of tables, whichever is better on a third of the groups, unless a kind is asked
// for; learned on
//
//	z = y,  ln y,  or (y^λ - 1) / λ        whichever predicts y best in cross-validation
//
// # Laws
//
// Unless a kind or a transform is asked for, metrics that are made of others are told by these, so that what is predicted of a design agrees with itself:
//
//	y = c + sum of 2 to 4 metrics in the unit of y                            energy = its parts
//	y = c · m1^±1 · m2^±1 · a1^±1 · a2^±1, metrics m and axes a               power = energy / time, time = cycles / clock
//
// A law must hold in every row to 1e-9, with one constant c. Axes are ordinal, unconditional and positive; one metric at least takes part. The shortest is taken.
//
// # Floors
//
// What takes as long as the slowest of several things is hard to learn over orders of magnitude and easy near its bounds. A positive metric whose model is
// off by more than 0.5 % of the mean is learned once more, by trees on
//
//	ln y - max_k ln b_k        with the features ln b_k - max_k ln b_k and ln m beside the others
//
// of a third of the rate and three times as many, each learned from 0.7 of the rows; this is kept where it takes a fifth of the cross-validated error away or
// more. Of bounds b there are two at most, which the rows show: c · m · a1^±1 · a2^±1 with c the least ratio in the rows and m a metric predicted within 2 %
// (bytes · clock / bandwidth; how many bytes a design moves tells which of its layers move them), and the least y of each combination of the levels of up to three axes
// (rows, cols and dataflow), of spaces of up to 24 axes. Each must have a twentieth of the rows within 2 % of it. It is no bound of new designs: predictions may be below.
//
// The metric m need not be asked for: of a metric that is off by more than 2 %, where the rows have another that more of them are near a product of, and that is not the same but for axes, it is learned beside those that are, and predicted
// too. Of the latency of a systolic array 22 % of the mean are left without its traffic, 1.8 % with it.
//
// # New tasks
//
// A task may be described by features: what the simulator says of its settings (simulators.Instance.Features), settings that are numbers, and what a user states. Four tasks of the fit or more
// that have features and rows tell a metric of others. Each is held out, and ln y (z, where the metric is not always positive) of its rows is told by
//
//	kriging     o(φ) + Σ w_t (ln y_t - o(φ_t))        of what the model says of the same design in the other tasks: package kriging
//	trees       o'(φ) + trees(design, φ)              learned from the rows of the other tasks, with o' none or one of two ±ln φ_i
//	both        the mean of the two
//
// The best of them is kept where its error is surely less than that of the mean of the others: by 1 % and by its standard error over the tasks. Else the mean stays, which is what a task without features
// is told by. Known tasks have nothing to do with it: their predictions are the same with features and without. Of a proxy of a kind of its own the trees are boosted all the same.
//
// A correction by rows begins at what features tell, or at the scores of the known tasks alone, whichever has the less squared error in cross-validation over these rows.
// Rows of equal outcomes stay together in it, and its interval comes from doing all of it, choice included, once more without each tenth of the rows, which then calibrate.
// It is no narrower than that of the known task that has the narrowest: rows of designs that the fit knows from another task are told too well.
//
// Without rows the half-width is the conformal quantile over the rows of held-out tasks, where each of n tasks weighs 1/(n+1) however many rows it has and the rest is a task yet to come, as bad
// as can be: with fewer than nine it is the whole range of the training targets. So it is where a feature that tells, or one that all tasks of the fit had alike, is outside the fit; the metric outside_features counts these.
//
// # Intervals
//
// A task has a half-width w of its own where it has 50 rows that calibrate: the conformal quantile of |f - z| (package regress) for a chance of 0.9 over rows
// that f was not learned from; of laws and floors, over rows that none of their models was. The interval of a design is [y(f - w), y(f + w)]. The groups of the rows are
// dealt out to five folds in turn, in the order of their means of the first metric, since groups drawn at random take all of a part of the space now and then: nobody then
// tells the model that one active transaction makes closed pages slow. With fewer than 50,000 rows every fold calibrates once, and the model is fitted to all rows; of more rows
// one fold calibrates and the model is fitted to the others. Rows of a group are alike, so that few large groups make the coverage vary from split to split. Of a design with
// an axis level that no training row had, and of a task without rows, w is the whole range of the training targets; the metric unseen_axes says so.
//
// # Feasibility and budgets
//
// Where the rows have infeasible designs, at least 5 of each class, boosted trees under the logistic loss tell the chance p of being feasible,
// calibrated by Platt's sigmoid on the scores of rows that their trees had not seen. A design with p < 1/2 is infeasible for the proxy.
//
// Which side of a limit a metric is on takes fewer rows than its value. A budget that the fit is told of is judged by a classifier of the same sort, learned from the feasible rows,
// or, where fewer than 5 rows are on one side, by their share, (met + 1) / (rows + 2); unless the intervals of the metric, its error taken for normal, have the lower Brier score over rows
// that neither has learned from. Other bounds are told by the intervals. Of several budgets
//
//	p = p(feasible) · product over the bounds of p(met)        as if they were independent of each other
//
// Classifiers have further features. Nominal axes with the same labels, three or more of each, choose among the same things; where a label begins the names of other axes, these are properties of
// the thing: the kind of the processor pe1 is what pe1_kind says. A property must be the same sort of axis of every thing that has it. The properties of what a
// property chooses (the width of the bus of a processor) are properties too. Features are
//
//	whether a and b choose the same thing                                       each pair of at most 32 axes
//	whether a's thing has the level v of a property                             each axis and level
//	the share of the axes whose thing has it; the share of the things that are chosen and have it
//
// # Speed
//
// Trees over axes of finite levels are compiled to tables (package lookup): 400 trees of 64 leaves take less than a microsecond of processor time a row and
// metric in a batch, sums of tables a tenth of that, and a law next to nothing. Other models, those over floors or with counts, classifiers, and axes of more than 256 levels, are
// evaluated as they are.
//
// # Truth
//
// The file names the simulator and version that it was fitted to. With check_frac a share of the designs, told by a hash of each, is evaluated by the true
// simulator; that of another version, or with other axes or metrics, is refused. Repair and Detail are those of the true simulator.
//
// # File
//
// JSON in gzip: File. The format has a version; files of older versions are read, of newer ones refused. ONNX writes the models of trees and nets as an ONNX graph for other runtimes;
// tables, laws and floors have no form in it: ask for a kind.
//
// Sources: Y. Lee, R. F. Barber, R. Willett, Distribution-free inference with hierarchical data, 2023 (intervals of new tasks).
//
// Not modelled: how the chance of being feasible follows from features of tasks, which is the mean of the known ones; laws of metrics in tasks that are new; dependence between metrics beyond laws and floors, and between budgets; in metrics, what an axis that points at another one finds there; feasibility by cause; interactions with settings that the rows do not vary.
package proxy
