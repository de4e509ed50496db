package sweep

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/trained"
)

// PolicyPath is where a study's trained policy lies in a results folder.
func PolicyPath(dir string, study int) string {
	return filepath.Join(dir, PoliciesName, fmt.Sprintf("%06d.policy", study))
}

// Evaluate is the plan of evaluating a trained policy, without learning, on all scenarios of the file: of the file's agents only the one that the
// policy was trained as takes part. A file without such an agent, or with a scenario that the policy does not fit, is an error.
func (p *Plan) Evaluate(policy *trained.Policy) (*Plan, error) {
	hash, err := policy.Hash()
	if err != nil {
		return nil, err
	}
	at, err := p.trainedAs(policy)
	if err != nil {
		return nil, err
	}
	only := &Plan{File: p.File, Scenarios: p.Scenarios, evaluated: policy, identity: p.identity}
	var errs []error
	for _, s := range p.Studies {
		if s.Agent.agent != p.Studies[at].Agent.agent || s.Agent.Label != p.Studies[at].Agent.Label {
			continue
		}
		s.Index, s.Agent.Policy = len(only.Studies), hash
		s.Agent.Label += " policy=" + hash[:12]
		if s.Repeat == 0 {
			if err := only.fits(s); err != nil {
				at := p.File.At("scenario", slices.Index(p.Scenarios, s.Scenario))
				errs = append(errs, p.File.Errorf(at, "scenario %s: the policy (%v) does not fit: %w", s.Scenario.Name, policy, err))
			}
		}
		only.Studies = append(only.Studies, s)
	}
	return only, file.Join(errs...)
}

// policyHash names the policy that the plan evaluates; empty = it evaluates none.
func (p *Plan) policyHash() string {
	if p.evaluated == nil || len(p.Studies) == 0 {
		return ""
	}
	return p.Studies[0].Agent.Policy
}

// policyName is a policy's hash in a message.
func policyName(hash string) string {
	if hash == "" {
		return "learning agents"
	}
	return fmt.Sprintf("the trained policy %.12s", hash)
}

// trainedAs is the first study whose agent has the kind, groups and options of the policy.
func (p *Plan) trainedAs(policy *trained.Policy) (study int, err error) {
	var kinds []string
	var nearest []error
	line := p.File.At("agent")
	for i, s := range p.Studies {
		if s.Agent.Factory.Name != policy.Kind {
			if !slices.Contains(kinds, s.Agent.Factory.Name) {
				kinds = append(kinds, s.Agent.Factory.Name)
			}
			continue
		}
		differences := s.Agent.differs(policy)
		if len(differences) == 0 {
			return i, nil
		}
		if nearest == nil || len(differences) < len(nearest) {
			nearest, line = differences, p.File.At("agent", s.Agent.agent)
		}
	}
	if nearest != nil {
		return 0, p.File.Errorf(line, "the policy was trained as another %s: %w", policy.Kind, errors.Join(nearest...))
	}
	return 0, p.File.Errorf(line, "the policy is of agent %s, which is not in the file (%s)", policy.Kind, strings.Join(kinds, ", "))
}

// differs lists the options in which a cell differs from what a policy was trained as.
func (c Cell) differs(policy *trained.Policy) []error {
	var list []error
	if string(c.Groups) != policy.Groups {
		list = append(list, fmt.Errorf("groups %q, here %q", policy.Groups, string(c.Groups)))
	}
	here := c.options()
	for _, o := range c.Factory.Options {
		if want, got := policy.Options[o.Name], here[o.Name]; !bytes.Equal(want, got) {
			list = append(list, fmt.Errorf("%s = %s, here %s", o.Name, want, got))
		}
	}
	return list
}

// options are the cell's options as JSON.
func (c Cell) options() map[string]json.RawMessage {
	options := map[string]json.RawMessage{}
	for name, value := range c.Options.Map() {
		text, err := json.Marshal(value)
		if err != nil {
			panic(fmt.Sprintf("sweep: option %s of %s: %v", name, c.Label, err)) // strings, numbers and booleans always marshal
		}
		options[name] = text
	}
	return options
}

// fits reports what keeps the plan's policy from acting in a study.
func (p *Plan) fits(s Study) error {
	if s.Mode.String() != p.evaluated.Mode {
		return fmt.Errorf("it %s, here it %s", p.evaluated.Mode, s.Mode)
	}
	if err := p.evaluated.Fits(s.agents()); err != nil {
		return err
	}
	if state := trained.Channels(s.Scenario.state); s.Mode == Steps && !slices.Equal(state, p.evaluated.State) {
		return fmt.Errorf("its critics learned from the central state %v, here it is %v", p.evaluated.State, state)
	}
	if s.Agent.program != nil {
		return errors.New("it is a program: it learns nothing that could be loaded")
	}
	_, err := p.learner(s)
	return err
}

// agents are who acts in a study; in the search for designs one agent on the whole space.
func (s Study) agents() []env.AgentSpec {
	if s.Mode == Steps {
		return s.Scenario.walkers
	}
	return []env.AgentSpec{{ID: env.SingleID, Actions: s.spec().Space}}
}

// checkSaving reports a file that asks for policies of agents that learn none.
func (p *Plan) checkSaving() error {
	if !p.File.SavePolicies {
		return nil
	}
	var kinds []string
	for _, s := range p.Studies {
		if s.Repeat > 0 || s.Agent.program != nil {
			continue
		}
		if learner, err := p.learner(s); err == nil && agents.PersistentOf(learner) != nil {
			return nil
		}
		if !slices.Contains(kinds, s.Agent.Factory.Name) {
			kinds = append(kinds, s.Agent.Factory.Name)
		}
	}
	if len(p.Studies) == 0 {
		return nil // reported already
	}
	return p.File.Errorf(p.File.At("save_policies"), "none of the agents learns a policy that can be saved: %s", strings.Join(kinds, ", "))
}

// learned is what a finished study has learned, as a file; nil where the file does not ask for it or there is nothing.
func (p *Plan) learned(s Study, learner any, trials int) ([]byte, error) {
	kept := agents.PersistentOf(learner)
	if !p.File.SavePolicies || p.evaluated != nil || kept == nil {
		return nil, nil
	}
	var parameters bytes.Buffer
	if err := kept.SavePolicy(&parameters); err != nil {
		return nil, err
	}
	spec := s.spec()
	policy := trained.Policy{
		Kind: s.Agent.Factory.Name, Options: s.Agent.options(), Groups: string(s.Agent.Groups), Mode: s.Mode.String(),
		Agents: trained.AgentsOf(s.agents()), Parameters: parameters.Bytes(),
		Origin: trained.Origin{
			Experiment: p.File.Name, Scenario: s.Scenario.Name, Simulator: spec.Name, Version: spec.Version,
			Label: s.Agent.Label, Repeat: s.Repeat, Seed: s.Seed, Trials: trials,
		},
	}
	if s.Mode == Steps {
		policy.State = trained.Channels(s.Scenario.state)
	}
	return policy.Bytes()
}

// keepPolicy writes what a study has learned into the folder, if anything.
func (r *runner) keepPolicy(s Study, policy []byte) error {
	if policy == nil {
		return nil
	}
	if err := os.MkdirAll(filepath.Join(r.dir.path, PoliciesName), 0o755); err != nil {
		return err
	}
	return writeFile(PolicyPath(r.dir.path, s.Index), policy)
}
