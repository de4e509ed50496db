package agentsbench

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/internal/functions"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

// Entry is an agent to be measured, with its default options. A policy is measured as a designer, its agents sharing the axes by Groups.
type Entry struct {
	Factory agents.Factory
	Groups  env.Grouping // "" = the agent as an experiment file without groups makes it
}

// Entries finds agents by name: the name of the catalogue, or "name/grouping" for a policy whose agents share the axes.
func Entries(catalogue []agents.Factory, names ...string) ([]Entry, error) {
	known := make([]string, len(catalogue))
	for i, f := range catalogue {
		known[i] = f.Name
	}
	entries := make([]Entry, len(names))
	var errs []error
	for i, text := range names {
		name, groups, grouped := strings.Cut(text, "/")
		at := slices.Index(known, name)
		switch {
		case at < 0:
			errs = append(errs, suggest.Unknown("agent", name, known))
			continue
		case grouped && slices.Index(env.Groupings(), groups) < 0:
			errs = append(errs, suggest.Unknown("grouping", groups, env.Groupings()))
		case grouped && catalogue[at].NewPolicy == nil:
			errs = append(errs, fmt.Errorf("agent %q has no policy: it cannot be grouped by %q", name, groups))
		}
		entries[i] = Entry{catalogue[at], env.Grouping(groups)}
	}
	return entries, errors.Join(errs...)
}

// Name is the agent's name in rows: "ga", or "mappo/axis" with its grouping.
func (e Entry) Name() string {
	if e.Groups == "" {
		return e.Factory.Name
	}
	return e.Factory.Name + "/" + string(e.Groups)
}

// new makes the agent of one run. An error means that the agent is not for this function.
func (e Entry) new(f functions.Function, task study.Task, root uint64) (agents.Agent, error) {
	p := agents.Problem{Space: f.Space, Objectives: f.Objectives, Constraints: f.Constraints, Budget: task.Trials}
	if err := e.Factory.Enumerable(p); err != nil {
		return nil, err
	}
	var given map[string]any
	if e.Groups != "" && e.Factory.SharesAxes() {
		given, e.Groups = map[string]any{agents.GroupsOption: string(e.Groups)}, ""
	}
	options, err := simulators.NewSettings(e.Factory.Options, given)
	if err != nil {
		return nil, err
	}
	rng := seed.New(root, "agent", e.Factory.Name)
	if e.Factory.New != nil && e.Groups == "" {
		return e.Factory.New(p, options, rng)
	}
	split, err := env.NewSplit(f.Space, e.Groups)
	if err != nil {
		return nil, err
	}
	policy, err := e.Factory.NewPolicy(split.Specs(nil), options, rng)
	if err != nil {
		return nil, err
	}
	return agents.Designer(p, policy, split, task.Reward)
}
