package sweep

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"time"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// Log is where the trials of a study are while it is played: those that an earlier attempt left are served first, the new ones are taken.
type Log interface {
	wrap.Tape
	wrap.Recorder
	Kept() int // trials to serve
}

// Player plays studies of a plan in this process, several at a time.
type Player struct {
	plan   *Plan
	pool   *wrap.Pool
	stores map[*Scenario]*wrap.Store // shared by scenarios about the same designs
	alone  []simulators.Simulator    // of each scenario, for single evaluations; nil = it has no designs
	// elsewhere evaluates the designs of a scenario, by index, in other processes; nil = they are evaluated here.
	elsewhere func(ctx context.Context, scenario int, points []space.Point) ([]simulators.Result, error)
	until     time.Time // end of the whole run; zero = none
}

// maxCached bounds the results kept in memory over all scenarios: about 50 MB.
const maxCached = 100_000

// cached is how many results are kept of each of so many groups of scenarios.
func cached(groups int) int { return max(1000, maxCached/groups) }

// WorkersHere is how many things at a time a number of workers means: 0 = one a CPU.
func WorkersHere(workers int) int {
	if workers <= 0 {
		return runtime.NumCPU()
	}
	return workers
}

// NewPlayer is a player that evaluates so many designs at a time; 0 = one a CPU.
func NewPlayer(p *Plan, workers int) *Player {
	player := &Player{plan: p, pool: wrap.NewPool(WorkersHere(workers)), stores: map[*Scenario]*wrap.Store{}}
	groups := p.SameDesigns()
	for _, group := range groups {
		store := wrap.NewStore(cached(len(groups)))
		for _, i := range group {
			player.stores[p.Scenarios[i]] = store
		}
	}
	player.alone = make([]simulators.Simulator, len(p.Scenarios))
	for i, s := range p.Scenarios {
		if sim := s.instance.Simulator; sim != nil {
			player.alone[i], _ = wrap.Stack(simulators.Instance{Simulator: sim}, wrap.Options{Timeout: p.trialTimeout()})
		}
	}
	return player
}

// Played is how a study went, and the policy that it learned where the file asks for it. It travels as JSON.
type Played struct {
	ending
	Policy []byte `json:"policy,omitempty"`
}

// Done tells whether the study came to its end; else it was interrupted.
func (p Played) Done() bool { return p.done() }

// Told is the number of trials that the agent was told.
func (p Played) Told() int { return p.Trials }

// Play runs the agent or policy of a study over its log; told, if not nil, is called after each told trial. The error is the simulator's, the
// agent's or the log's; the end of ctx is an interruption, not an error.
func (y *Player) Play(ctx context.Context, index int, log Log, told func()) (Played, error) {
	return y.PlayTo(ctx, index, y.plan.File.Budget, log, told)
}

// PlayTo is Play to so many trials, of an agent that knows the whole budget, within the file's time limits.
func (y *Player) PlayTo(ctx context.Context, index, trials int, log Log, told func()) (Played, error) {
	within, cancel := y.limited(ctx)
	defer cancel()
	played, err := y.play(within, y.plan.Studies[index], trials, log, told)
	if err == nil && played.Reason == study.Interrupted && ctx.Err() == nil {
		played.Reason = study.TimeSpent
	}
	return played, err
}

// limited ends with the time of one study, or of the whole run.
func (y *Player) limited(ctx context.Context) (context.Context, context.CancelFunc) {
	until := y.until
	if s := y.plan.File.Limits.StudyS; s > 0 {
		if end := time.Now().Add(time.Duration(s * float64(time.Second))); until.IsZero() || end.Before(until) {
			until = end
		}
	}
	if until.IsZero() {
		return context.WithCancel(ctx)
	}
	return context.WithDeadline(ctx, until)
}

func (y *Player) play(ctx context.Context, s Study, trials int, log Log, told func()) (Played, error) {
	if s.Mode == Steps {
		return y.steps(ctx, s, trials, log, told)
	}
	if s.Agent.program != nil {
		return y.outside(ctx, s, trials, log, told)
	}
	agent, err := y.plan.agent(s)
	if err != nil {
		return Played{}, err
	}
	if err := y.plan.load(agent); err != nil {
		return Played{}, err
	}
	return y.search(ctx, s, agent, trials, log, told)
}

// search runs an agent of designs over the study's log.
func (y *Player) search(ctx context.Context, s Study, agent agents.Agent, trials int, log Log, told func()) (Played, error) {
	task := s.Scenario.task(s.Mode, y.plan.File)
	task.Trials = trials
	instance, options := s.Scenario.instance, wrap.Options{Tape: log, Recorder: log, Limit: task.Trials, Store: y.stores[s.Scenario]}
	if s.Scenario.recheck != nil {
		var err error
		if instance, options, err = y.rechecked(s, task, log); err != nil {
			return Played{}, err
		}
	} else if y.elsewhere == nil {
		options.Pool, options.Timeout = y.pool, y.plan.trialTimeout()
	} else {
		instance.Simulator = away{instance.Simulator, slices.Index(y.plan.Scenarios, s.Scenario), y.elsewhere}
	}
	searching, err := s.Scenario.screened(y.plan.problem(s), agent)
	if err != nil {
		return Played{}, err
	}
	sim, counter := wrap.Stack(instance, options)
	e, err := study.RunAgent(ctx, task, sim, searching, told)
	return y.played(s, agent, newEnding(e, counter.Time(), counter.Evaluations()), err)
}

// steps runs a policy in the study's environment, whose steps are executed again where the log has them already.
func (y *Player) steps(ctx context.Context, s Study, trials int, log Log, told func()) (_ Played, err error) {
	vector, err := env.Vectorize(s.Scenario.maker, y.plan.File.Lanes)
	if err != nil {
		return Played{}, err
	}
	defer func() { err = errors.Join(err, vector.Close()) }()
	policy, err := y.plan.policy(s, vector.Agents())
	if err != nil {
		return Played{}, err
	}
	if err := errors.Join(study.ShareState(policy, vector), y.plan.load(policy)); err != nil {
		return Played{}, err
	}
	task := s.Scenario.task(s.Mode, y.plan.File)
	task.Trials = trials
	e, err := study.RunPolicy(ctx, task, vector, policy, seed.Derive(s.Seed, "env"), steps{log}, told)
	return y.played(s, policy, newEnding(e, e.StepTime, e.Trials), err)
}

// played adds what a finished study has learned.
func (y *Player) played(s Study, learner any, e ending, err error) (Played, error) {
	if err != nil || !e.done() {
		return Played{ending: e}, err
	}
	policy, err := y.plan.learned(s, learner, e.Trials)
	return Played{e, policy}, err
}

// Evaluate evaluates designs of a scenario, by index, alone: without cache and repair, which are the asking side's, but isolated and within the
// file's time limit.
func (y *Player) Evaluate(ctx context.Context, scenario int, points []space.Point) ([]simulators.Result, error) {
	if scenario < 0 || scenario >= len(y.alone) || y.alone[scenario] == nil {
		return nil, fmt.Errorf("scenario %d has no designs to evaluate", scenario)
	}
	for _, p := range points {
		if err := y.alone[scenario].Spec().Space.Check(p); err != nil {
			return nil, err
		}
	}
	return y.alone[scenario].Evaluate(ctx, points)
}

// away is a simulator whose designs are evaluated in other processes.
type away struct {
	simulators.Simulator
	scenario int
	evaluate func(ctx context.Context, scenario int, points []space.Point) ([]simulators.Result, error)
}

func (a away) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	return a.evaluate(ctx, a.scenario, points)
}
