package env

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// Grouping says which agent owns which axis of a design space. The zero value means Single.
type Grouping string

// The groupings.
const (
	Single    Grouping = "single"    // one agent, SingleID, owns every axis
	Subsystem Grouping = "subsystem" // one agent a Param.Group, named like it; axes without a group belong to RestID
	PerAxis   Grouping = "axis"      // one agent an axis, named like it
)

// The names of agents that no axis and no group names.
const (
	SingleID = "designer"
	RestID   = "rest"
)

// Groupings lists the names of the groupings.
func Groupings() []string { return []string{string(Single), string(Subsystem), string(PerAxis)} }

// Split maps the points of a design space to the actions of the agents that share it, and back. The agents are in the order of their first
// axis; each one's space holds its own axes in the order of the whole. A condition on an axis that another agent owns is dropped from the
// agent's space, because the agent cannot know the other's choice: such an axis always takes a level, and Join sets it to 0 where the whole
// design makes it inactive. A Split is immutable and safe for concurrent use.
type Split struct {
	whole  space.Space
	agents []part
}

// part is one agent's share of the whole space.
type part struct {
	id    string
	axes  []int // own axis -> axis of the whole
	space space.Space
}

// NewSplit shares the space out.
func NewSplit(s space.Space, g Grouping) (Split, error) {
	owner, err := g.owner()
	if err != nil {
		return Split{}, err
	}
	split := Split{whole: s}
	if g == Single || g == "" {
		split.agents = []part{{id: SingleID}}
	}
	for axis, param := range s.Params() {
		id := owner(param)
		at := slices.IndexFunc(split.agents, func(a part) bool { return a.id == id })
		if at < 0 {
			at, split.agents = len(split.agents), append(split.agents, part{id: id})
		}
		split.agents[at].axes = append(split.agents[at].axes, axis)
	}
	if len(split.agents) == 0 {
		return Split{}, fmt.Errorf("grouping %q: the space has no axis, hence no agent", g)
	}
	for i := range split.agents {
		a := &split.agents[i]
		if a.space, err = ownSpace(s, a.axes); err != nil {
			return Split{}, fmt.Errorf("agent %q: %w", a.id, err)
		}
	}
	return split, nil
}

// owner is the function from an axis to the name of its agent.
func (g Grouping) owner() (func(space.Param) string, error) {
	switch g {
	case Single, "":
		return func(space.Param) string { return SingleID }, nil
	case Subsystem:
		return func(p space.Param) string {
			if p.Group == "" {
				return RestID
			}
			return p.Group
		}, nil
	case PerAxis:
		return func(p space.Param) string { return p.Name }, nil
	}
	return nil, suggest.Unknown("grouping", string(g), Groupings())
}

// ownSpace is the space of some axes, without the conditions on others.
func ownSpace(whole space.Space, axes []int) (space.Space, error) {
	params := make([]space.Param, len(axes))
	for i, axis := range axes {
		params[i] = whole.Param(axis)
		params[i].When = nil
		for _, when := range whole.Param(axis).When {
			if earlier, err := whole.Axis(when.Param); err == nil && slices.Contains(axes, earlier) {
				params[i].When = append(params[i].When, when)
			}
		}
	}
	return space.New(params...)
}

// Specs says what each agent acts on, given what all of them see.
func (s Split) Specs(obs []Channel) []AgentSpec {
	specs := make([]AgentSpec, len(s.agents))
	for i, a := range s.agents {
		specs[i] = AgentSpec{ID: a.id, Actions: a.space, Obs: slices.Clone(obs)}
	}
	return specs
}

// Join is the canonical design that the agents' actions make together: one canonical action an agent, in the order of Specs.
func (s Split) Join(actions []Action) space.Point {
	p := make(space.Point, s.whole.Len())
	for i, a := range s.agents {
		for own, axis := range a.axes {
			p[axis] = actions[i][own]
		}
	}
	return s.whole.Canonical(p)
}

// Cut is the agents' shares of a canonical design. Join(Cut(p)) equals p.
func (s Split) Cut(p space.Point) []Action {
	actions := make([]Action, len(s.agents))
	for i, a := range s.agents {
		actions[i] = make(Action, len(a.axes))
		for own, axis := range a.axes {
			actions[i][own] = p[axis]
		}
	}
	return actions
}

// Owner is the place of the agent that owns an axis of the whole, and the axis' place in the agent's own space.
func (s Split) Owner(axis int) (agent, own int) {
	for agent, a := range s.agents {
		if own := slices.Index(a.axes, axis); own >= 0 {
			return agent, own
		}
	}
	panic(fmt.Sprintf("env: axis %d is nobody's", axis))
}
