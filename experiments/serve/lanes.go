package serve

import (
	"context"
	"math"
	"slices"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/process"
)

// lanes is the environments that step together.
type lanes struct {
	offer   *offer
	vector  *env.Vector
	agents  []env.AgentSpec
	axes    int // of all agents
	numbers int // observed by all agents
	levels  int // of all axes of all agents
}

func newLanes(f *offer, n int) (*lanes, error) {
	v, err := f.vector(n)
	if err != nil {
		return nil, err
	}
	l := &lanes{offer: f, vector: v, agents: v.Agents()}
	for _, a := range l.agents {
		l.axes += a.Actions.Len()
		l.numbers += len(a.Obs)
		for axis := range a.Actions.Len() {
			l.levels += a.Actions.Levels(axis)
		}
	}
	return l, nil
}

// describe is the agents as the protocol has them.
func (l *lanes) describe() []wire.Player {
	players := make([]wire.Player, len(l.agents))
	for i, a := range l.agents {
		players[i] = wire.Player{ID: a.ID, Axes: process.DescribeAxes(a.Actions), Observations: make([]wire.Channel, len(a.Obs))}
		for k, c := range a.Obs {
			players[i].Observations[k] = wire.Channel{Name: c.Name, Unit: c.Unit, Low: bound(c.Low), High: bound(c.High)}
		}
	}
	return players
}

// bound is nil for one that does not exist.
func bound(v float64) *float64 {
	if math.IsInf(v, 0) {
		return nil
	}
	return &v
}

// reset answers Reset.
func (s *server) reset(ctx context.Context, r *wire.Reset) (wire.Reply, error) {
	n := max(r.Lanes, 1)
	if n > wire.MaxRows {
		return nil, refuse("%d lanes: at most %d", n, wire.MaxRows)
	}
	if n != s.lanes.vector.Lanes() {
		fresh, err := newLanes(s.offer, n)
		if err != nil {
			return nil, err
		}
		old := s.lanes
		s.lanes = fresh
		if err := old.vector.Close(); err != nil {
			return nil, err
		}
	}
	if _, err := s.lanes.vector.Reset(ctx, r.Seed); err != nil {
		return nil, err
	}
	return &wire.Started{Observations: s.lanes.observations(), Masks: s.lanes.masks()}, nil
}

// step answers Step.
func (l *lanes) step(ctx context.Context, r *wire.Step) (wire.Reply, error) {
	if l.vector.Observations() == nil {
		return nil, refuse("step: %w", env.ErrNoEpisode)
	}
	actions, err := l.actions(r.Actions)
	if err != nil {
		return nil, err
	}
	outcomes, infos, err := l.vector.Step(ctx, actions)
	if err != nil {
		if l.vector.Observations() != nil { // it changed nothing
			return nil, refusal{err}
		}
		return nil, err
	}
	reply := &wire.Stepped{Observations: l.observations(), Rewards: wire.NewTable(len(outcomes), len(l.agents)), Masks: l.masks()}
	ended := 0
	for lane, agents := range outcomes {
		rewards := reply.Rewards.Data[lane*len(agents) : (lane+1)*len(agents)]
		for i, o := range agents {
			rewards[i] = o.Reward
		}
		switch {
		case agents[0].Terminated:
			reply.Terminated = append(reply.Terminated, uint32(lane))
			ended++
		case agents[0].Truncated:
			reply.Truncated = append(reply.Truncated, uint32(lane))
			ended++
		}
	}
	if ended > 0 {
		reply.Final = wire.NewTable(ended, l.numbers)
		row := 0
		for _, agents := range outcomes {
			if agents[0].Done() {
				at := row * l.numbers
				for _, o := range agents {
					at += copy(reply.Final.Data[at:], o.Obs.Values)
				}
				row++
			}
		}
	}
	if r.Results {
		l.results(reply, infos)
	}
	return reply, nil
}

// results adds what was evaluated.
func (l *lanes) results(reply *wire.Stepped, infos []env.Info) {
	spec := l.offer.spec
	reply.Points = wire.NewLevels(len(infos), spec.Space.Len())
	for i, info := range infos {
		p := info.Point
		if repair := l.offer.instance.Repair; repair != nil {
			p, _ = repair(p)
		}
		setLevels(reply.Points.Row(i), p)
	}
	reply.Values, reply.Reasons = valuesOf(len(infos), len(spec.Metrics), func(i int) simulators.Result { return infos[i].Result })
	reply.Objectives, reply.Violations = l.offer.scores(infos)
}

// actions is the agents' actions in every lane.
func (l *lanes) actions(table wire.Levels) ([][]env.Action, error) {
	n := l.vector.Lanes()
	if table.Rows != n || table.Cols != l.axes {
		return nil, refuse("actions of %d lanes with %d levels each, for %d lanes with %d axes", table.Rows, table.Cols, n, l.axes)
	}
	lanes, actions, levels := make([][]env.Action, n), make([]env.Action, n*len(l.agents)), make([]int, n*l.axes)
	for lane := range lanes {
		row := table.Row(lane)
		lanes[lane] = actions[lane*len(l.agents) : (lane+1)*len(l.agents) : (lane+1)*len(l.agents)]
		for i, a := range l.agents {
			k := a.Actions.Len()
			action := space.Point(levels[:k:k])
			if err := setPoint(a.Actions, action, row[:k]); err != nil {
				return nil, refuse("lane %d: agent %q: %w", lane, a.ID, err)
			}
			lanes[lane][i], levels, row = action, levels[k:], row[k:]
		}
	}
	return lanes, nil
}

// observations is what the next actions answer to.
func (l *lanes) observations() wire.Table {
	now := l.vector.Observations()
	table := wire.NewTable(len(now), l.numbers)
	at := 0
	for _, agents := range now {
		for _, o := range agents {
			at += copy(table.Data[at:], o.Values)
		}
	}
	return table
}

// masks is the levels that are legal now; no rows when all are.
func (l *lanes) masks() wire.Levels {
	now := l.vector.Observations()
	masked := func(agents []env.Obs) bool {
		return slices.ContainsFunc(agents, func(o env.Obs) bool { return o.Mask != nil })
	}
	if !slices.ContainsFunc(now, masked) {
		return wire.Levels{}
	}
	table := wire.NewLevels(len(now), l.levels)
	at := 0
	for _, agents := range now {
		for i, o := range agents {
			for axis := range l.agents[i].Actions.Len() {
				for level := range l.agents[i].Actions.Levels(axis) {
					if o.Mask == nil || o.Mask[axis][level] {
						table.Data[at] = 1
					}
					at++
				}
			}
		}
	}
	return table
}
