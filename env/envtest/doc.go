// Package envtest is the conformance suite of env.Env: what every environment must do so that policies, vectors, datasets and resumed
// runs may rely on it. It takes the ideas of Gymnasium's check_env and of PettingZoo's parallel_api_test and seed_test.
//
//	func TestConforms(t *testing.T) { envtest.Test(t, maker) }
//
// Each clause of the contract is a subtest of its own; a failure says what was seen and why it matters. The suite plays short episodes of
// legal random actions from fixed seeds, on fresh environments, and compares them with twins that are treated differently.
//
// Not covered: that the specification describes the environment well, speed, and what happens when its context ends.
package envtest
