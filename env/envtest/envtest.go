package envtest

import (
	"testing"

	"github.com/codesign-gym/codesign/env"
)

// Test proves that the environments of a maker keep the contract of env.Env, one subtest a clause. Run it with -race, too.
func Test(t *testing.T, m env.Maker) {
	t.Helper()
	for _, c := range clauses() {
		t.Run(c.name, func(t *testing.T) {
			if err := c.check(m); err != nil {
				t.Errorf("%v\nwhy it matters: %s", err, c.why)
			}
		})
	}
}

// clause is one sentence of the contract.
type clause struct {
	name, why string
	check     func(env.Maker) error
}

// clauses lists the contract.
func clauses() []clause {
	return []clause{
		{"agents are declared", "learners build their networks from the specs, and datasets their columns", checkAgents},
		{"agents never change", "learners read the specs once; all lanes and episodes must fit them", checkStable},
		{"observations fit the specs", "a number out of its bounds, or a mask that forbids everything, breaks learners far from here", checkObservations},
		{"outcomes are finite and end together", "one NaN spoils a learner for good; agents never leave an episode alone", checkOutcomes},
		{"infos describe the step", "datasets are written from infos alone", checkInfos},
		{"steps need a running episode", "a loop that forgets Reset must hear of it", checkEpisode},
		{"illegal actions are errors and change nothing", "a policy's mistake must neither pass unnoticed nor disturb the episode", checkIllegal},
		{"the seed and the actions decide everything", "runs are reproduced, and resumed by replaying their actions", checkDeterminism},
		{"environments are independent", "lanes and workers run environments of one maker side by side", checkIndependence},
		{"what is returned belongs to the caller", "learners normalise observations in place and reuse action buffers", checkOwnership},
		{"the maker serves many goroutines", "workers make their environments at the same time", checkConcurrency},
		{"optional abilities work", "centralised critics read the state without asking", checkAbilities},
	}
}
