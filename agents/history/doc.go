// Package history is what an agent with a model of all its trials remembers: the told trials, the points that are pending (asked for and not
// told yet), and which designs were seen. What is told is checked by an agents.Guard; where that refuses, the history stays as it was.
//
// Trials are kept for ever: some 100 bytes each beyond what the caller already holds.
package history
