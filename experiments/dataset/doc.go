// Package dataset writes and reads the trials of finished studies as Parquet files with one versioned schema.
//
// # Layout
//
// A dataset is a folder of part-00000.parquet, part-00001.parquet, … of 1,048,576 rows each but the last. It appears under its name, whole,
// when the writer closes it; until then the parts are in a folder of that name with ".partial" behind it. The last part names the number of
// parts, so that a missing one is noticed.
//
// # Columns
//
//	study               int32    index of the study in the experiment file's order
//	scenario            string
//	simulator           string   catalogue id
//	simulator_version   string
//	fidelity            string   empty = the true model
//	settings            string   JSON object, keys sorted
//	space_hash          string   see SpaceHash
//	agent               string
//	hyperparameters     string   JSON object, keys sorted
//	seed                uint64
//	repeat              int32
//	trial               int64    ascending in a study
//	given               bool     a start design of the file, not asked for by the agent
//	param_<axis>        double for an ordinal axis, string for the others; null when inactive
//	metric_<key>        double; null when infeasible or failed; of several evaluations a trial their mean, and metric_<name>_sem_<unit> its standard error
//	objective_<n>       double, maximised: a minimised expression is negated; null when infeasible or failed
//	violation_<n>       double, <= 0 holds: one a constraint, then the distance of an infeasible design from feasible; null when absent
//	infeasible          string   reason; null otherwise
//	failed              string   reason; null otherwise
//
// Several simulators share one table: its parameter and metric columns are the union in the order of first appearance, null in the rows of a
// simulator without them. A parameter that is ordinal in one and not in another is a string column. Units that differ between simulators
// are left out. Each part's metadata holds "codesign.schema_version" and "codesign.dataset", a JSON document of every column (name, type,
// unit, documentation) and every study with the terms of its objectives and constraints.
//
// # Bytes
//
// Equal studies and rows give equal bytes, whatever the number of processors and however the rows arrive: the sizes of pages (8192 rows),
// row groups (16 pages) and parts (8 row groups), the encodings (dictionary of up to 1 MiB for parameters and texts, delta for integers,
// plain for measured numbers), the compression (Zstandard, fastest level, one thread) and the created-by text are constants of
// SchemaVersion. Nothing of time, host or worker is in a dataset: timings are in a table of their own (Timing). The bytes also depend on
// the release of the Parquet library; a golden hash in the tests notices a change, which is a new SchemaVersion.
//
// Numbers are finite, so NaN stands for null in memory. -0 is written as 0, since the order of the two in a page's bounds is not defined.
//
// # Speed
//
// The writer fills columns, not rows: 1.5e6 rows/s on one processor for 22 columns, 60 MB held (BenchmarkWrite).
package dataset
