// Package history is what an agent with a model of all its trials remembers: the told trials, the points that are pending (asked for and not
// told yet), and which designs were seen. It checks what is told:
//
//	a point that is not a canonical point of the space, a number of objectives that is not the problem's, more violations than the problem
//	has, an objective or a violation that is NaN or infinite, an ID that does not ascend (told already), a trial that is neither given nor
//	pending
//
// is an error that names everything wrong, and the history stays as it was.
//
// Trials are kept for ever: some 100 bytes each beyond what the caller already holds.
package history
