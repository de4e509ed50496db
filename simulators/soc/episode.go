package soc

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/soc"
)

// table is what all episodes of soc/moves share. It never changes.
type table struct {
	*comprehensive
	moves   []move
	agents  []env.AgentSpec
	own     [][]int // per agent: the moves behind its levels; -1 is stay
	random  bool    // episodes begin at a random design
	horizon int
}

// newTable shares the moves out: one agent has all of them, or one each of the groups.
func newTable(c *comprehensive, shared, random bool, horizon int) (*table, error) {
	t := &table{comprehensive: c, moves: c.layout.moves(), random: random, horizon: horizon}
	groups := []string{env.SingleID}
	if shared {
		groups = []string{processing, memory, buses, mapping}
	}
	channels := t.channels()
	for _, group := range groups {
		labels, own := []string{stay}, []int{-1}
		for i, m := range t.moves {
			if !shared || m.group == group {
				labels, own = append(labels, m.name), append(own, i)
			}
		}
		actions, err := space.New(space.Param{Name: "move", Doc: "the change of the design", Kind: space.Nominal, Labels: labels})
		if err != nil {
			return nil, err
		}
		t.agents = append(t.agents, env.AgentSpec{ID: group, Actions: actions, Obs: channels})
		t.own = append(t.own, own)
	}
	return t, nil
}

// episode is one environment of soc/moves.
type episode struct {
	*table
	bench   bench
	board   *board
	result  *soc.Result // of the board, the bench's
	now     []env.Obs
	journal [][]string
	steps   int
	running bool
}

var (
	_ env.Env       = (*episode)(nil)
	_ env.Speccer   = (*episode)(nil)
	_ env.Explainer = (*episode)(nil)
)

// Spec implements env.Speccer: points and results are those of soc/comprehensive.
func (e *episode) Spec() simulators.Spec { return e.spec }

// Agents implements env.Env.
func (e *episode) Agents() []env.AgentSpec {
	agents := slices.Clone(e.agents)
	for i := range agents {
		agents[i].Obs = slices.Clone(agents[i].Obs)
	}
	return agents
}

// Reset implements env.Env: the episode begins at the start design or, if so set, at a random one.
func (e *episode) Reset(_ context.Context, root uint64) ([]env.Obs, error) {
	start := e.start
	if e.random {
		start, _ = e.repair(e.layout.space.Sample(seed.New(root, "soc", "start")))
	}
	if refused := e.place(e.layout.at(start)); refused != nil { // of a random start at most: the start design was checked
		if refused := e.place(e.layout.at(e.start)); refused != nil {
			return nil, fmt.Errorf("soc/moves: the start design: %s", refused.reason)
		}
	}
	e.steps, e.running, e.journal = 0, true, nil
	e.observe()
	return e.seen(), nil
}

// place simulates a board and makes it the current one, unless the model refuses it.
func (e *episode) place(b *board) *refusal {
	b.design(&e.bench.design)
	r, err := e.bench.scratch.Simulate(e.system, &e.bench.design)
	if err != nil {
		return e.refused(b.p, err)
	}
	e.board, e.result = b, r
	return nil
}

// Step implements env.Env: the agents' moves are made one after the other, one that an earlier one has made impossible is left out. A design that the model
// refuses is reported, and not kept.
func (e *episode) Step(_ context.Context, actions []env.Action) ([]env.Outcome, env.Info, error) {
	if !e.running {
		return nil, env.Info{}, env.ErrNoEpisode
	}
	if err := env.CheckActions(e.agents, e.now, actions); err != nil {
		return nil, env.Info{}, err
	}
	before, old := potential(e.result), e.board
	next := old
	var made []string
	for i, action := range actions {
		at := e.own[i][action[0]]
		if at < 0 {
			continue
		}
		if edits := e.moves[at].edits(next); edits != nil {
			next = e.layout.at(next.after(edits))
			made = append(made, e.moves[at].name)
		}
	}
	info := env.Info{Point: slices.Clone(next.p)}
	if refused := e.place(next); refused != nil {
		info.Result = simulators.Infeasible(refused.reason, refused.violation)
		e.place(old) // it was simulated before
	} else {
		info.Result = e.report(e.result)
		e.journal = append(e.journal, made)
	}
	info.Score = e.score(info.Result)
	e.steps++
	outcome := env.Outcome{Reward: before - potential(e.result), Terminated: e.result.Distance.Met()}
	if outcome.Terminated {
		outcome.Reward++
	}
	outcome.Truncated = !outcome.Terminated && e.steps == e.horizon
	e.running = !outcome.Done()
	e.observe()
	outcomes := make([]env.Outcome, len(e.agents))
	for i, obs := range e.seen() {
		outcomes[i] = outcome
		outcomes[i].Obs = obs
	}
	return outcomes, info, nil
}

// Journal lists the names of the moves that were made in the episode, a list a step that was kept.
func (e *episode) Journal() [][]string { return e.journal }

// potential is how far a design is from its budgets on the scale of the rewards.
func potential(r *soc.Result) float64 { return math.Log2(1 + r.Distance.Sum(soc.Eliminate)) }

// score is minus the distance from the budgets, with how much each is exceeded.
func (e *episode) score(r simulators.Result) objective.Score {
	if r.Values == nil {
		return objective.Score{Violations: []float64{1, 1, 1, 1, r.Violation}}
	}
	d := &e.result.Distance
	return objective.Score{
		Objectives: []float64{-d.Sum(soc.Dampen)},
		Violations: []float64{worst(d.LatencyFrac), d.PowerFrac, d.AreaFrac, d.DRAMFrac, 0},
	}
}
