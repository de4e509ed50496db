// Package proxy is learned stand-ins of simulators: fitted to evaluated designs, kept in one file, used wherever a simulator is named as "proxy:FILE".
//
// # Model
//
// A design is encoded as space.Space.Features does it: ordinal axes between 0 and 1, nominal ones as indicators, permutations as places, conditional axes with
// an indicator of being active. A proxy of several tasks (settings of the simulator: workloads) has an indicator of each beside them, so that what one
// workload teaches serves the others. Each metric y has a model f of its own (package regress; boosted trees unless told otherwise), learned on
//
//	z = y,  ln y,  or (y^λ - 1) / λ        whichever predicts y best in cross-validation
//
// # Intervals
//
// A task has a half-width w of its own where it has 50 rows that calibrate: the conformal quantile of |f - z| (package regress) for a chance of 0.9 over rows
// that f was not learned from. The interval of a design is [y(f - w), y(f + w)]. With fewer than 50,000 rows those are all, in five-fold cross-validation by groups,
// and the model is fitted to all of them; of more rows a tenth of the groups calibrates and the model is fitted to the others. Rows of a group are
// alike, so that few large groups make the coverage vary from split to split. Of a design with an axis level that no training row had, and of a task
// without rows, w is the whole range of the training targets; the metric unseen_axes says so.
//
// # Feasibility
//
// Where the rows have infeasible designs, at least 5 of each class, boosted trees under the logistic loss tell the chance p of being feasible,
// calibrated by Platt's sigmoid on the scores of rows that their trees had not seen. A design with p < 1/2 is infeasible for the proxy.
//
// # Speed
//
// Trees over axes of finite levels are compiled to tables (package lookup): 400 trees of 64 leaves take less than a microsecond of processor time a row and
// metric in a batch. Other models, and axes of more than 256 levels, are evaluated as they are.
//
// # Truth
//
// The file names the simulator and version that it was fitted to. With check_frac a share of the designs, told by a hash of each, is evaluated by the true
// simulator; that of another version, or with other axes or metrics, is refused. Repair and Detail are those of the true simulator.
//
// # File
//
// JSON in gzip: File. The format has a version; another one is refused. ONNX writes the models of trees and nets as an ONNX graph for other runtimes.
//
// Not modelled: dependence between metrics (each has its own model); feasibility by cause; interactions with settings that the rows do not vary.
package proxy
