// Package examples builds and runs what is below it, as a third party would: modules of their own that use this one.
//
//	simulator     a simulator of one's own, in under 60 lines with its test: a typed configuration, a pure function, a simulators.Model
//	environment   an environment that holds state across steps: a governor of a processor's clock, written against env.Env
//	agent         an agent of one's own: simulated annealing
//	agent-python  agents that are programs: a script of one's own, and Optuna
//
// Each is a command like codesign over its own catalogue, with an experiment file to run. The documents in docs show their code and the output
// of their commands; the tests here hold the documents to both. What a run prints is written into the documents by
//
//	go test ./examples -update
package examples
