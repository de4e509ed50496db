package study

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// RunAgent searches with an agent over a wrapped simulator until the task is done or ctx ends. progress, if not nil, is called after each
// told trial. The error is the simulator's or the agent's own; an interruption is an Ending, not an error. Nothing runs on when it returns.
func RunAgent(ctx context.Context, task Task, sim simulators.Simulator, agent agents.Agent, progress func()) (Ending, error) {
	l := loop{task: task, sim: sim, agent: agent, space: sim.Spec().Space, progress: progress}
	flying, cancel := context.WithCancel(ctx)
	defer cancel()
	err := l.run(flying)
	cancel() // after an error, what is in flight is not wanted any more
	for _, f := range l.flying {
		<-f.done
	}
	return interruption(ctx, l.ending, err)
}

// interruption makes an error that is the end of ctx an Ending.
func interruption(ctx context.Context, e Ending, err error) (Ending, error) {
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		e.Reason, err = Interrupted, nil
	}
	return e, err
}

// loop is the state of one study. Invariant: told + len(flying) = asked <= task.Trials, and len(flying) <= task.Lag.
type loop struct {
	task     Task
	sim      simulators.Simulator
	agent    agents.Agent
	space    space.Space
	progress func()

	flying      []*flight // asked and not told, in ID order
	asked, told int
	finished    bool // the agent proposed nothing
	ending      Ending
}

// flight is one trial between ask and tell.
type flight struct {
	point  space.Point
	result simulators.Result
	err    error
	done   chan struct{}
}

func (l *loop) run(ctx context.Context) error {
	if err := l.tellWarm(ctx); err != nil {
		return err
	}
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := l.fill(ctx); err != nil {
			return err
		}
		if len(l.flying) == 0 {
			break
		}
		if err := l.tellOldest(); err != nil {
			return err
		}
	}
	switch {
	case l.ending.Reason != "": // too many failed, or the spec is reached
	case l.asked == l.task.Trials:
		l.ending.Reason = BudgetSpent
	default:
		l.ending.Reason = AgentFinished
	}
	return nil
}

// tellWarm tells what is known from earlier studies.
func (l *loop) tellWarm(ctx context.Context) error {
	if len(l.task.Warm) == 0 || ctx.Err() != nil {
		return ctx.Err()
	}
	trials := l.task.warm()
	start := time.Now()
	err := l.agent.Tell(trials)
	l.ending.TellTime += time.Since(start)
	if err != nil {
		return fmt.Errorf("agent: tell %d warm-start trials: %w", len(trials), err)
	}
	return nil
}

// fill launches trials as long as there is room: the start designs, then what the agent proposes.
func (l *loop) fill(ctx context.Context) error {
	for n := l.room(); n > 0; n = l.room() {
		if l.asked < len(l.task.Starts) {
			l.launch(ctx, l.task.Starts[l.asked])
			continue
		}
		points, err := l.ask(n)
		if err != nil {
			return err
		}
		l.finished = len(points) == 0
		for _, p := range points {
			l.launch(ctx, p)
		}
	}
	return nil
}

// room is how many trials may be asked for now. All start designs are told before the agent is asked for the first time.
func (l *loop) room() int {
	waiting := l.asked >= len(l.task.Starts) && l.told < len(l.task.Starts)
	if l.finished || waiting || l.ending.Reason != "" {
		return 0
	}
	return min(l.task.Lag-len(l.flying), l.task.Trials-l.asked)
}

// ask takes at most n designs from the agent.
func (l *loop) ask(n int) ([]space.Point, error) {
	start := time.Now()
	points, err := l.agent.Ask(n)
	l.ending.AskTime += time.Since(start)
	if err != nil {
		return nil, fmt.Errorf("agent: ask for trial %d: %w", l.asked, err)
	}
	if len(points) > n {
		return nil, fmt.Errorf("agent: asked for at most %d designs, it proposed %d", n, len(points))
	}
	for i, p := range points {
		if err := l.space.Check(p); err != nil {
			return nil, fmt.Errorf("agent: trial %d: %w", l.asked+i, err)
		}
	}
	return points, nil
}

// launch starts the evaluation of the next trial: in this goroutine when trials go one at a time, else in one of its own.
func (l *loop) launch(ctx context.Context, p space.Point) {
	f := &flight{point: p, done: make(chan struct{})}
	l.flying = append(l.flying, f)
	ctx = wrap.WithTrial(ctx, l.asked)
	l.asked++
	if l.task.Lag == 1 {
		f.evaluate(ctx, l.sim)
		return
	}
	go f.evaluate(ctx, l.sim)
}

func (f *flight) evaluate(ctx context.Context, sim simulators.Simulator) {
	defer close(f.done)
	results, err := sim.Evaluate(ctx, []space.Point{f.point})
	if err != nil {
		f.err = err
		return
	}
	f.result = results[0]
}

// tellOldest waits for the trial that was asked first and tells it.
func (l *loop) tellOldest() error {
	f := l.flying[0]
	<-f.done
	if f.err != nil {
		return fmt.Errorf("trial %d: %w", l.told, f.err)
	}
	l.flying = l.flying[1:]
	id, given := l.told, l.told < len(l.task.Starts)
	l.told++
	result, score := l.task.Score(f.result)
	start := time.Now()
	err := l.agent.Tell([]agents.Trial{told(id, given, f.point, result, score)})
	l.ending.TellTime += time.Since(start)
	if err != nil {
		return fmt.Errorf("agent: tell trial %d: %w", id, err)
	}
	l.task.count(&l.ending, id, result, score)
	if l.progress != nil {
		l.progress()
	}
	return nil
}
