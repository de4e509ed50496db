package agents

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Trial is one evaluated design as an agent is told of it.
type Trial struct {
	ID         int         // 0, 1, … in the order of asking; start designs come first in the same sequence, warm-start rows are negative
	Point      space.Point // canonical; must not be changed
	Objectives []float64   // maximised; nil when the design was not evaluated: infeasible or failed
	Violations []float64   // one a constraint, <= 0 holds, 1 each when Objectives is nil; the last is Result.Violation, 0 = unknown
	Infeasible string      // the reason, also of a failed evaluation; empty when Objectives is set
	Given      bool        // not asked for: a start design (it cost a trial) or a warm-start row (it did not); told before the first Ask
	// Task is above 0 for a warm-start row of another task, 1, 2, …: the same space with another workload, device or other setting, where its numbers
	// were measured. Agents that do not look at it take the row for one of their own task.
	Task int
}

// Feasible tells whether the design was evaluated and every constraint holds. Package rank puts these trials first.
func (t Trial) Feasible() bool { return t.Objectives != nil && t.Violation() == 0 }

// Violation is the sum of the positive violations: 0 when every constraint holds. It compares evaluated designs only; where Objectives is nil,
// the constraints' entries say nothing of the design, and package rank looks at the last one alone.
func (t Trial) Violation() float64 {
	total := 0.0
	for _, v := range t.Violations {
		total += max(v, 0)
	}
	return total
}

// Agent searches designs.
//
// Ask proposes at most n >= 1 designs, canonical points of the agent's space; fewer is allowed, none means that the agent has finished
// (a finished agent stays finished). Tell reports trials in ascending ID order, each asked trial once, but possibly only after later asks:
// with `lag` trials in flight, trial t is asked when exactly the trials 0 … t-lag are told. Given trials, if any, are told before the first Ask.
// What Ask returns depends on the seed and the told trials only, never on time, n of earlier calls beyond the points they gave, or what else runs.
// Trials that break this, that are outside the space, or that hold a number which is not finite are an error of Tell that changes nothing:
// Guard finds them. Points that Ask returned belong to the caller; the trials' slices stay valid and must not be changed. An Agent serves one
// goroutine.
// agenttest.Test proves all this.
type Agent interface {
	Ask(n int) ([]space.Point, error)
	Tell(trials []Trial) error
}

// Policy learns in environments, one or several agents at once.
//
// Act returns for each lane (a running environment) one action for each of its agents, legal under the masks. Learn is then told the outcomes
// of exactly those actions, parallel to them. When an outcome ends an episode, its Obs is the last one of that episode and the next Act sees
// the first one of the next. In one-step environments (see Designer) Act may be called again before Learn; each Learn is then for the oldest
// Act that has not been learned. The number of lanes may differ from one Act to the next only there. Observations, outcomes and returned
// actions must not be changed. Both methods depend on the seed and the calls only. A Policy serves one goroutine. agenttest.TestPolicy proves
// all this.
type Policy interface {
	Act(lanes [][]env.Obs) ([][]env.Action, error)
	Learn(lanes [][]env.Outcome) error
}

// CentralPolicy is an optional ability of a Policy: critics that see an environment's own central state (env.Stater) instead of the agents'
// observations while they learn. Central tells whether this policy has such critics.
//
// UseState hands the state over, before the first Act and before what was learned earlier is loaded: read(lane) is the state of a lane when Act is
// called and, while the lane's episode goes on, when Learn is.
type CentralPolicy interface {
	Policy
	Central() bool
	UseState(channels []env.Channel, read func(lane int) []float64) error
}

// Problem is what an agent is made for.
type Problem struct {
	Space       space.Space
	Objectives  int // how many are maximised, >= 1
	Constraints int // entries of Trial.Violations without the last
	Budget      int // trials of the study; 0 = unknown
	// Advise is the simulator's advice on a design (simulators.Instance); nil = it gives none.
	Advise func(p space.Point) []simulators.Advice
}

// Factory is what the catalogue lists. At least one of New and NewPolicy is set. The functions check what Options cannot say (one option
// against another) and report every mistake at once.
type Factory struct {
	Name, Doc string               // Name is the `kind` of experiment files; the first line of Doc is one sentence
	Options   []simulators.Setting // hyper-parameters; the defaults are those of the family's typed Options
	// Enumerates says that the agent does nothing but propose every design once: see Enumerable.
	Enumerates bool
	New        func(p Problem, options simulators.Settings, rng *rand.Rand) (Agent, error)
	NewPolicy  func(specs []env.AgentSpec, options simulators.Settings, rng *rand.Rand) (Policy, error)
}

// GroupsOption is the option of a kind that shares out the axes of a design space among several agents itself. Its value is then what groups an
// experiment file asks for; of a kind without it, the policy acts for each group.
const GroupsOption = "groups"

// SharesAxes tells whether the kind has that option.
func (f Factory) SharesAxes() bool {
	return slices.ContainsFunc(f.Options, func(o simulators.Setting) bool { return o.Name == GroupsOption })
}

// Enumerable reports a space that is too large for an agent that enumerates it: the study of the problem would see a corner of it only.
func (f Factory) Enumerable(p Problem) error {
	size := p.Space.Size()
	if !f.Enumerates || p.Budget == 0 || size.Cmp(big.NewInt(int64(p.Budget))) <= 0 {
		return nil
	}
	return fmt.Errorf("%s: a space of %s designs is too large to enumerate in a budget of %d trials: raise the budget, fix some axes, or sample with sobol",
		f.Name, size, p.Budget)
}
