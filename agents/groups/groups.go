package groups

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

// Group is one agent of a design space and the axes that it owns.
type Group struct {
	Name string
	Axes []string
}

// Option is the name of the option that says how axes are shared out.
const Option = agents.GroupsOption

// Setting declares the option for a catalogue.
func Setting(standard string) simulators.Setting {
	return simulators.Setting{
		Name: Option, Doc: `designing: an agent for each axis, subsystem or single; learned; or "group: axis, axis; group: axis"`, Default: standard,
	}
}

// Split shares out the axes of a design space. The groups are a grouping ("axis", "subsystem" by Param.Group, "single"), a list as Parse reads it, or
// "learned": an agent an axis at first, and a Learner, which is nil otherwise. A space without axes has one agent.
func Split(s space.Space, groups string) (env.Split, *Learner, error) {
	if s.Len() == 0 {
		split, err := env.NewSplit(s, env.Single)
		return split, nil, err
	}
	if groups == Learned {
		split, err := env.NewSplit(s, env.PerAxis)
		return split, NewLearner(s), err
	}
	if slices.Contains(env.Groupings(), groups) {
		split, err := env.NewSplit(s, env.Grouping(groups))
		return split, nil, err
	}
	list, err := Parse(groups)
	if err != nil {
		return env.Split{}, nil, fmt.Errorf("groups: %w", err)
	}
	split, err := Of(s, list)
	return split, nil, err
}

// Of shares out the axes by a list of groups.
func Of(s space.Space, list []Group) (env.Split, error) {
	grouped, err := Regroup(s, list)
	if err != nil {
		return env.Split{}, fmt.Errorf("groups: %w", err)
	}
	return env.NewSplit(grouped, env.Subsystem)
}

// Parse reads groups such as "array: rows, columns; memory: sram".
func Parse(text string) ([]Group, error) {
	if !strings.Contains(text, ":") {
		return nil, suggest.Unknown("grouping", text, append(env.Groupings(), Learned, "group: axis, axis; group: axis"))
	}
	var groups []Group
	for part := range strings.SplitSeq(text, ";") {
		name, axes, found := strings.Cut(part, ":")
		if !found {
			return nil, fmt.Errorf(`%q is no group: must be "group: axis, axis"`, strings.TrimSpace(part))
		}
		g := Group{Name: strings.TrimSpace(name)}
		for axis := range strings.SplitSeq(axes, ",") {
			g.Axes = append(g.Axes, strings.TrimSpace(axis))
		}
		groups = append(groups, g)
	}
	return groups, nil
}

// Regroup is the space with its axes' groups set: each axis must be in exactly one of the groups.
func Regroup(s space.Space, groups []Group) (space.Space, error) {
	params := paramsOf(s)
	names := make([]string, len(params))
	owners := make([]string, len(params))
	for i, p := range params {
		names[i] = p.Name
	}
	var errs []error
	taken := map[string]bool{}
	for _, g := range groups {
		if g.Name == "" || taken[g.Name] {
			errs = append(errs, fmt.Errorf("group %q: names must be unique and not empty", g.Name))
			continue
		}
		taken[g.Name] = true
		for _, axis := range g.Axes {
			at := slices.Index(names, axis)
			switch {
			case at < 0:
				errs = append(errs, fmt.Errorf("group %q: %w", g.Name, suggest.Unknown("axis", axis, names)))
			case owners[at] != "":
				errs = append(errs, fmt.Errorf("axis %q is in the groups %q and %q: must be in one", axis, owners[at], g.Name))
			default:
				owners[at] = g.Name
			}
		}
	}
	var alone []string
	for i := range params {
		if params[i].Group = owners[i]; owners[i] == "" {
			alone = append(alone, names[i])
		}
	}
	if len(alone) > 0 {
		errs = append(errs, fmt.Errorf("in no group, where each axis must be in one: %s", strings.Join(alone, ", ")))
	}
	if err := errors.Join(errs...); err != nil {
		return space.Space{}, err
	}
	return space.New(params...)
}

// paramsOf is the axes as a list.
func paramsOf(s space.Space) []space.Param {
	params := make([]space.Param, s.Len())
	for i, p := range s.Params() {
		params[i] = p
	}
	return params
}
