// Package results reads a results folder, finished or not, and sums it up for tables and reports.
//
// A finished folder is read from its dataset. Of an unfinished one the journals are first written as a temporary dataset (sweep.Snapshot),
// so that everything below works the same on both.
//
// # Artifacts
//
// Explain writes what explains the best designs, and Sweep finds it again: artifacts/<scenario>/<n>-<name> for the n-th of the best designs
// (report.Scenario.BestDesigns, at most 3 of a joint front), and artifacts/index.json, which names every file with its design, or says why
// there is none. The bytes follow from the dataset and the simulator alone. An unfinished folder has none: its best designs may change.
//
// # Re-checks
//
// verify-<tool>.json is what an independent tool made of the best designs (package verify): WriteRecheck writes it, and Sweep finds it again.
package results
