package trained

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
)

// Agent is one agent that a policy acts for.
type Agent struct {
	ID   string   `json:"id"`
	Axes []Axis   `json:"axes"`
	Sees []string `json:"sees,omitempty"` // channels
}

// Axis is one axis that an agent acts on.
type Axis struct {
	Name   string   `json:"name"`
	Unit   string   `json:"unit,omitempty"`
	Kind   string   `json:"kind"`
	Levels []string `json:"levels"`         // of a permutation what is permuted
	When   []string `json:"when,omitempty"` // "axis: level, level"
}

// AgentsOf describes the agents of an environment.
func AgentsOf(specs []env.AgentSpec) []Agent {
	agents := make([]Agent, len(specs))
	for i, spec := range specs {
		agents[i] = Agent{ID: spec.ID, Axes: axesOf(spec.Actions), Sees: Channels(spec.Obs)}
	}
	return agents
}

// Channels names channels with their units.
func Channels(channels []env.Channel) []string {
	var names []string
	for _, c := range channels {
		names = append(names, strings.TrimSpace(c.Name+" "+c.Unit))
	}
	return names
}

func axesOf(s space.Space) []Axis {
	axes := make([]Axis, s.Len())
	for i, p := range s.Params() {
		axis := Axis{Name: p.Name, Unit: p.Unit, Kind: p.Kind.String(), Levels: p.Labels}
		if p.Kind == space.Ordinal {
			axis.Levels = nil
			for level := range p.Levels() {
				axis.Levels = append(axis.Levels, p.LevelName(level))
			}
		}
		for _, c := range p.When {
			axis.When = append(axis.When, c.Param+": "+strings.Join(c.In, ", "))
		}
		axes[i] = axis
	}
	return axes
}

// Fits reports how the agents of a scenario differ from those that the policy was made for.
func (p *Policy) Fits(specs []env.AgentSpec) error {
	here := AgentsOf(specs)
	if len(here) != len(p.Agents) {
		return fmt.Errorf("it is of %d agents, here are %d", len(p.Agents), len(here))
	}
	var errs []error
	for i, want := range p.Agents {
		if err := want.differs(here[i]); err != nil {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// differs reports how an agent differs from that of the policy.
func (a Agent) differs(here Agent) error {
	if a.ID != here.ID {
		return fmt.Errorf("it is of an agent %q, here is %q in its place", a.ID, here.ID)
	}
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("agent %q: "+format, append([]any{a.ID}, args...)...))
	}
	if !slices.Equal(a.Sees, here.Sees) {
		bad("it learned to see %s, here it sees %s", list(a.Sees), list(here.Sees))
	}
	names := func(axes []Axis) (names []string) {
		for _, axis := range axes {
			names = append(names, axis.Name)
		}
		return names
	}
	if got, want := names(here.Axes), names(a.Axes); !slices.Equal(got, want) {
		bad("it acts on the axes %s, here are %s", list(want), list(got))
		return errors.Join(errs...)
	}
	for i, want := range a.Axes {
		got := here.Axes[i]
		if got.Kind != want.Kind || got.Unit != want.Unit || !slices.Equal(got.Levels, want.Levels) {
			bad("axis %q is %s, here it is %s", want.Name, want, got)
		}
		if !slices.Equal(got.When, want.When) {
			bad("axis %q is active when %s, here when %s", want.Name, list(want.When), list(got.When))
		}
	}
	return errors.Join(errs...)
}

// String is the kind of an axis and its levels.
func (a Axis) String() string {
	return strings.TrimSpace(fmt.Sprintf("%s [%s] %s", a.Kind, strings.Join(a.Levels, " "), a.Unit))
}

func list(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return "[" + strings.Join(names, "; ") + "]"
}
