package trained_test

import (
	"fmt"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/trained"
)

// A policy that was trained for two levels does not fit three.
func ExamplePolicy_Fits() {
	array := func(rows ...float64) []env.AgentSpec {
		s, err := space.New(space.Param{Name: "rows", Unit: "PE", Kind: space.Ordinal, Values: rows})
		if err != nil {
			panic(err)
		}
		return []env.AgentSpec{{ID: env.SingleID, Actions: s}}
	}
	policy := trained.Policy{Kind: "ppo", Agents: trained.AgentsOf(array(8, 16))}
	fmt.Println(policy.Fits(array(8, 16)))
	fmt.Println(policy.Fits(array(8, 16, 32)))
	// Output:
	// <nil>
	// agent "designer": axis "rows" is ordinal [8 16] PE, here it is ordinal [8 16 32] PE
}
