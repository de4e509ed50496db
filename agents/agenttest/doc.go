// Package agenttest proves that an agent keeps the contract of package agents, and measures agents on functions with a known optimum.
//
// An author of an agent calls it in three lines:
//
//	func TestConformance(t *testing.T) {
//		agenttest.Test(t, mine.Factory())
//	}
//
// Test runs each clause of the contract as a named sub-test on small spaces of every kind (mixed with a permutation and conditional axes,
// binary, of one point, without axes) with made-up results, and says on failure what the clause asks for and why:
//
//	points          canonical points of the space, at most as many as asked for
//	determinism     the same seed and told trials give the same points, whatever other agents do meanwhile
//	asking          how earlier points were asked for, one by one or together, does not matter
//	in-flight       trials may be told long after they were asked, in ID order
//	infeasible      infeasible and failed designs, with and without a violation, all of them or some
//	given           start designs and warm-start rows before the first Ask, more than any population, repeated, infeasible
//	objectives      two objectives and two constraints
//	refusal         wrong trials are an error that changes nothing: not finite, told already, outside the space, neither asked for nor given
//	finished        who proposes nothing has finished, and stays so
//	ownership       told trials and points that were handed out are not changed
//	steady-work     memory allocated per trial does not grow with the number of trials (20,000)
//
// A clause that an agent cannot keep by its nature (a Gaussian process does work that grows) is named in the call and skipped visibly.
// TestPolicy does the same for a Policy: legal and canonical actions under masks, determinism, ownership, several lanes, acts ahead of
// learning, and all of the above through agents.Designer.
//
// # Functions
//
// Functions are the test functions of package internal/functions, on discrete and mixed spaces with known optima. RequireMedian compares an
// agent's median over fixed seeds with a bound.
package agenttest
