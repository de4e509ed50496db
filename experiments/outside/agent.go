package outside

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators/process"
)

// Agent is a program that answers ask and tell. It must be closed.
type Agent struct {
	ctx     context.Context // of the study: when it ends, the program is killed, whatever it is doing
	session *process.Session
	problem agents.Problem
	guard   agents.Guard
	limit   time.Duration // of one answer

	remembered []agents.Trial // of an earlier attempt: told to the program at the first ask, and proposed again
	asked      int            // of these, how many were proposed again
	informed   bool           // the program was told them
}

var _ agents.Agent = (*Agent)(nil)

// Open starts the program for a problem. Its answers are bounded by the timeout of the options.
func Open(ctx context.Context, o process.Options, p agents.Problem, seed uint32) (*Agent, error) {
	guard, err := agents.NewGuard(p)
	if err != nil {
		return nil, err
	}
	session, err := process.Begin(ctx, o, &wire.Problem{
		Axes: process.DescribeAxes(p.Space), Objectives: p.Objectives, Constraints: p.Constraints, Budget: p.Budget, Seed: uint64(seed),
	}, "ask", "tell")
	if err != nil {
		return nil, err
	}
	return &Agent{ctx: ctx, session: session, problem: p, guard: guard, limit: o.Timeout}, nil
}

// Kind is what the program calls its agent; empty when it has no word for it.
func (a *Agent) Kind() string {
	if said := a.session.Welcome().Agent; said != nil {
		return said.Kind
	}
	return ""
}

// Deterministic tells whether the program proposes the same designs again for the same seed and trials, as it says of itself.
func (a *Agent) Deterministic() bool { return !a.session.Welcome().Nondeterministic }

// Remember hands over the trials 0, 1, … of an earlier attempt, before the first ask and after what was known before it. The program is told them as given; those that it had been
// asked for are proposed again, without asking it.
func (a *Agent) Remember(trials []agents.Trial) { a.remembered = trials }

// Close ends the program.
func (a *Agent) Close() error { return a.session.Close() }

// Ask asks the program.
func (a *Agent) Ask(n int) ([]space.Point, error) {
	points := a.again(n)
	if len(points) == 0 {
		if err := a.inform(); err != nil {
			return nil, err
		}
		reply, err := a.session.Call(a.ctx, &wire.Ask{N: n}, a.limit)
		if err != nil {
			return nil, err
		}
		if points, err = a.points(reply, n); err != nil {
			return nil, a.session.Broken(err)
		}
	}
	a.guard.Ask(points...)
	return points, nil
}

// again is at most n remembered designs that were asked for.
func (a *Agent) again(n int) []space.Point {
	var points []space.Point
	for ; a.asked < len(a.remembered) && len(points) < n; a.asked++ {
		if t := a.remembered[a.asked]; !t.Given {
			points = append(points, slices.Clone(t.Point))
		}
	}
	return points
}

// inform tells the program what is remembered, once.
func (a *Agent) inform() error {
	if a.informed || len(a.remembered) == 0 {
		return nil
	}
	a.informed = true
	return a.tell(a.remembered, true)
}

// points checks what the program proposes.
func (a *Agent) points(reply wire.Reply, n int) ([]space.Point, error) {
	asked, ok := reply.(*wire.Asked)
	if !ok {
		return nil, errors.New("it answers ask with something else")
	}
	if asked.Points.Rows > n {
		return nil, fmt.Errorf("it was asked for at most %d designs and proposes %d", n, asked.Points.Rows)
	}
	points := make([]space.Point, asked.Points.Rows)
	for i := range points {
		row := asked.Points.Row(i)
		point := make(space.Point, len(row))
		for axis, level := range row {
			point[axis] = int(level)
		}
		if err := a.inside(point); err != nil {
			return nil, fmt.Errorf("it proposes the design %v: %w", row, err)
		}
		points[i] = a.problem.Space.Canonical(point)
	}
	return points, nil
}

// inside reports levels that the axes have not; what is at an inactive axis does not matter.
func (a *Agent) inside(p space.Point) error {
	s := a.problem.Space
	if len(p) != s.Len() {
		return fmt.Errorf("%d levels: the space has %d axes", len(p), s.Len())
	}
	var errs []error
	for axis, level := range p {
		if level >= s.Levels(axis) {
			errs = append(errs, fmt.Errorf("level %d of %q out of range [0, %d)", level, s.Param(axis).Name, s.Levels(axis)))
		}
	}
	return errors.Join(errs...)
}

// Tell tells the program. What it was told as remembered, it is not told again.
func (a *Agent) Tell(trials []agents.Trial) error {
	if err := a.guard.Tell(trials); err != nil {
		return err
	}
	fresh := trials
	if n := len(a.remembered); n > 0 {
		fresh = slices.DeleteFunc(slices.Clone(trials), func(t agents.Trial) bool { return t.ID >= 0 && t.ID < n })
	}
	for len(fresh) > 0 { // one message holds either given trials or others
		n := 1
		for n < len(fresh) && fresh[n].Given == fresh[0].Given {
			n++
		}
		if err := a.tell(fresh[:n], fresh[0].Given); err != nil {
			return err
		}
		fresh = fresh[n:]
	}
	return nil
}

func (a *Agent) tell(trials []agents.Trial, given bool) error {
	message := &wire.Tell{
		Points: wire.NewLevels(len(trials), a.problem.Space.Len()), Objectives: wire.NewTable(len(trials), a.problem.Objectives),
		Violations: wire.NewTable(len(trials), a.problem.Constraints+1), Given: given,
	}
	for i, t := range trials {
		for axis, level := range t.Point {
			message.Points.Row(i)[axis] = uint32(level)
		}
		message.Objectives.Set(i, t.Objectives)
		message.Violations.Set(i, t.Violations)
		if t.Objectives == nil {
			message.Reasons = append(message.Reasons, wire.Reason{At: i, Infeasible: t.Infeasible, Violation: max(t.Violations[len(t.Violations)-1], 0)})
		}
	}
	reply, err := a.session.Call(a.ctx, message, a.limit)
	if err != nil {
		return err
	}
	if _, ok := reply.(*wire.Told); !ok {
		return a.session.Broken(errors.New("it answers tell with something else"))
	}
	return nil
}
