// Package history is what agents with a model of all their trials share. A History remembers the told trials, the points that are pending (asked for and not
// told yet), and which designs were seen. What is told is checked by an agents.Guard; where that refuses, the history stays as it was. A Loop is asking and
// telling upon a History: designs of a start, then those that the agent chooses, then, in an exhausted space, drawn ones. Agents rf, gbdt and linas are a Loop and a choice;
// tpe ranks its trials as they come, and bo, which learns from other tasks and ends when every design is seen, remembers for itself.
//
// Trials are kept for ever: some 100 bytes each beyond what the caller already holds.
package history
