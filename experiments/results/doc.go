// Package results reads a results folder, finished or not, and sums it up for tables and reports.
//
// A finished folder is read from its dataset. Of an unfinished one the journals are first written as a temporary dataset (sweep.Snapshot),
// so that everything below works the same on both.
package results
