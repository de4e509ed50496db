package sweep

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/outside"
	"github.com/codesign-gym/codesign/experiments/study"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/process"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

// outsider is an agent that is a program, with one setting of its options.
type outsider struct {
	command []string
	set     map[string]any // the options that the file gives
	varying bool           // it says that it is not deterministic
}

// AgentProgram is what a manifest says of an agent that is a program.
type AgentProgram struct {
	Scenario      string   `json:"scenario"`
	Label         string   `json:"label"`
	Command       []string `json:"command"`
	Kind          string   `json:"kind"` // as the program calls its agent
	Deterministic bool     `json:"deterministic"`
}

// defaultKind is the kind of a program that has no word for its agent.
const defaultKind = "program"

// outsideCells makes the cells of the i-th agent of the file, which is a program. It declares no options: it is handed those that the file gives, and
// refuses what it does not know.
func outsideCells(f *file.File, i int) ([]Cell, error) {
	a := f.Agents[i]
	if a.Groups != "" {
		return nil, f.Errorf(f.At("agent", i, "groups"), "agent %s is a program, which searches whole designs: it cannot be split into groups", a.Name)
	}
	declared := []simulators.Setting{{Name: commandSetting, Default: commandText(a.Command)}}
	for _, o := range a.Options {
		if o.Name == commandSetting {
			return nil, f.Errorf(f.At("agent", i, o.Name), "agent %s: the option %q is the name of what is recorded of its command: rename it", a.Name, o.Name)
		}
		declared = append(declared, simulators.Setting{Name: o.Name})
	}
	var cells []Cell
	for place, given := range f.Cells(i) {
		recorded := slices.Clone(declared)
		for k := range recorded[1:] {
			recorded[1+k].Default = given[recorded[1+k].Name]
		}
		options, err := simulators.NewSettings(recorded, nil)
		if err != nil {
			return nil, f.Errorf(f.At("agent", i), "agent %s: %v", a.Name, err)
		}
		cells = append(cells, Cell{
			Factory: agents.Factory{Name: defaultKind}, Label: label(a, given), Options: options, agent: i, place: place, given: given,
			program: &outsider{command: a.Command, set: given},
		})
	}
	return cells, nil
}

// introduced is the cell with what the program says of itself when it is started for the scenario; when a results folder is read, with what it said.
func (p *Plan) introduced(s *Scenario, m Mode, cell Cell) (Cell, error) {
	said := *cell.program
	kind := ""
	if p.found != nil {
		at := slices.IndexFunc(p.found.agents, func(o AgentProgram) bool { return o.Scenario == s.Name && o.Label == cell.Label })
		if at < 0 {
			return cell, errors.New("it was planned without what the program said of itself")
		}
		kind, said.varying = p.found.agents[at].Kind, !p.found.agents[at].Deterministic
	} else {
		agent, err := p.begin(context.Background(), Study{Scenario: s, Mode: m, Agent: cell})
		if err != nil {
			return cell, err
		}
		kind, said.varying = agent.Kind(), !agent.Deterministic()
		if err := agent.Close(); err != nil {
			return cell, err
		}
	}
	if kind != "" {
		cell.Factory.Name = kind
	}
	cell.program = &said
	return cell, nil
}

// begin starts the program of a study. It must be closed.
func (p *Plan) begin(ctx context.Context, s Study) (*outside.Agent, error) {
	return outside.Open(ctx, process.Options{
		Command: s.Agent.program.command, Folder: p.File.Folder, Set: s.Agent.program.set, Program: "codesign", Timeout: p.timeout(),
	}, p.problem(s), seed.New(s.Seed, "agent", s.Agent.Factory.Name).Uint32())
}

// outside runs a study whose agent is a program.
func (y *Player) outside(ctx context.Context, s Study, trials int, log Log, told func()) (_ Played, err error) {
	agent, err := y.plan.begin(ctx, s)
	if err != nil {
		if ctx.Err() != nil {
			return Played{ending: ending{Reason: study.Interrupted}}, nil
		}
		return Played{}, err
	}
	defer func() { err = errors.Join(err, agent.Close()) }()
	if !agent.Deterministic() && log.Kept() > 0 {
		again, err := recall(log)
		if err != nil {
			return Played{}, err
		}
		task := s.Scenario.task(s.Mode, y.plan.File)
		var recorded []agents.Trial
		for _, e := range again.kept {
			recorded = append(recorded, task.Trial(e.ID, e.Point, e.Result))
		}
		agent.Remember(recorded)
		log = again
	}
	return y.search(ctx, s, agent, trials, log, told)
}

// recalled is a log whose kept trials were read before they are served.
type recalled struct {
	Log
	kept   []wrap.Evaluation
	served int
}

// recall reads the kept trials of a log.
func recall(log Log) (*recalled, error) {
	r := &recalled{Log: log}
	for len(r.kept) < log.Kept() {
		e, ok, err := log.Next()
		if err != nil || !ok {
			return nil, errors.Join(err, fmt.Errorf("the journal ends at trial %d of %d", len(r.kept), log.Kept()))
		}
		r.kept = append(r.kept, e)
	}
	return r, nil
}

// Next implements wrap.Tape.
func (r *recalled) Next() (wrap.Evaluation, bool, error) {
	if r.served < len(r.kept) {
		r.served++
		return r.kept[r.served-1], true, nil
	}
	return r.Log.Next()
}

// agentPrograms lists the plan's agents that are programs.
func (p *Plan) agentPrograms() []AgentProgram {
	var list []AgentProgram
	for _, s := range p.Studies {
		if said := s.Agent.program; said != nil && s.Repeat == 0 {
			list = append(list, AgentProgram{s.Scenario.Name, s.Agent.Label, said.command, s.Agent.Factory.Name, !said.varying})
		}
	}
	return list
}

// varies says why the results of the program are outside the reproducibility promise; empty when they are not, or without a program.
func (o *outsider) varies() string {
	if o == nil || !o.varying {
		return ""
	}
	return fmt.Sprintf("the agent %s says that it is not deterministic", commandText(o.command))
}
