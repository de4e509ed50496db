// Package simtest is the conformance suite of the Simulator contract. A simulator's own test calls it:
//
//	func TestContract(t *testing.T) {
//		simtest.Test(t, simulators.Instance{Simulator: mine})
//	}
//
// Each clause of the contract is a subtest with a name; a failure quotes the clause. Run it with -race as well: data races
// between concurrent calls show only there.
//
// The suite evaluates random designs (Points), every level of every axis that can be active (of an axis with more than 1,000 levels, 1,000
// evenly spread ones), and the whole space when it is small (Whole). The choice is the same in every run.
//
// What it cannot prove: that the numbers are right. That is the job of hand-computed, metamorphic and reference tests of the model.
package simtest
