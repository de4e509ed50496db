package sweep

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/experiments/trained"
)

// shipment is a plan as it travels to another process: all that a plan is made of but the catalogue, what the settings name by path, and the programs.
type shipment struct {
	Path, Folder string // of the experiment file
	Source       []byte
	Warm         []shippedWarm
	Policy       []byte // that is evaluated
	Identity     string
	Agents       []AgentProgram
}

// shippedWarm is the warm start of one scenario.
type shippedWarm struct {
	Scenario string
	Known    []study.Known
	SHA256   string
}

// Ship is the plan for another process of the same build.
func (p *Plan) Ship() ([]byte, error) {
	out := shipment{Path: p.File.Path, Folder: p.File.Folder, Source: p.File.Source, Identity: p.Identity(), Agents: p.agentPrograms()}
	for _, s := range p.Scenarios {
		if s.Warm.applies {
			out.Warm = append(out.Warm, shippedWarm{s.Name, s.Warm.Known, s.Warm.SHA256})
		}
	}
	if p.evaluated != nil {
		var err error
		if out.Policy, err = p.evaluated.Bytes(); err != nil {
			return nil, err
		}
	}
	return json.Marshal(out)
}

// Receive is the plan that another process has shipped. It must be closed.
func Receive(shipped []byte, c Catalog) (*Plan, error) {
	var in shipment
	if err := json.Unmarshal(shipped, &in); err != nil {
		return nil, fmt.Errorf("the plan that was received: %w", err)
	}
	f, err := file.Parse(in.Path, in.Source)
	if err != nil {
		return nil, err
	}
	f.Folder = in.Folder
	plan, err := newPlan(f, c, &findings{warmStart: in.warmStart, agents: in.Agents})
	if err != nil {
		return nil, err
	}
	if in.Policy != nil {
		policy, err := trained.Parse(in.Policy)
		if err != nil {
			return nil, errors.Join(err, plan.Close())
		}
		evaluating, err := plan.Evaluate(policy)
		if err != nil {
			return nil, errors.Join(err, plan.Close())
		}
		plan = evaluating
	}
	if got := plan.Identity(); got != in.Identity {
		return nil, errors.Join(fmt.Errorf("the plan that was received is another one here: identity %.12s, not %.12s", got, in.Identity), plan.Close())
	}
	return plan, nil
}

// warmStart sets the warm start of a scenario as it was shipped.
func (in shipment) warmStart(_ *file.File, s *Scenario) error {
	for _, w := range in.Warm {
		if w.Scenario != s.Name {
			continue
		}
		if got := hashOf(w.Known); got != w.SHA256 {
			return fmt.Errorf("scenario %s: the warm start that was received is another one: %.12s, not %.12s", s.Name, got, w.SHA256)
		}
		s.Warm = Warm{Known: w.Known, SHA256: w.SHA256, applies: true}
	}
	return nil
}

// StudyIdentity is what a journal of the study must be of, in hexadecimal: processes that have the same one play the same study.
func (p *Plan) StudyIdentity(study int) string {
	return hex.EncodeToString(p.journalIdentity(p.Studies[study]))
}
