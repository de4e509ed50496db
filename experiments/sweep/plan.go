package sweep

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/trained"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

// Catalog is what an experiment file can name.
type Catalog struct {
	Simulators   []simulators.Factory
	Environments []env.Factory // in one name space with Simulators
	Agents       []agents.Factory
}

// Plan is an experiment file checked against a catalogue, ready to run.
type Plan struct {
	File      *file.File
	Scenarios []*Scenario
	Studies   []Study // in the order of the dataset

	found     *findings       // what it was made again from, to read results or to play studies for another process; nil = to be run
	evaluated *trained.Policy // evaluated instead of learning; nil = none
	identity  string          // see Identity; empty = follows from the rest
}

// Study is one scenario × agent cell × repeat.
type Study struct {
	Index    int
	Scenario *Scenario
	Mode     Mode
	Agent    Cell
	Repeat   int
	Seed     uint64
}

// Cell is one agent with one setting of its hyper-parameters.
type Cell struct {
	Factory agents.Factory
	Label   string // for people: name, or kind and the options that the file gives
	Options simulators.Settings
	Policy  string       // hash of the trained policy that is evaluated, without learning; empty = the agent learns
	Groups  env.Grouping // how a policy that designs shares the axes; empty = an agent of whole designs where the kind has one

	agent   int            // index in the file
	place   int            // among the agent's cells
	given   map[string]any // the options that the file gives
	program *outsider      // the agent is a program; nil = of the catalogue
}

// NewPlan checks the file against the catalogue: names, settings, axes, levels, objectives, hyper-parameters. Every mistake is reported at
// once, with its line. The plan must be closed.
func NewPlan(f *file.File, c Catalog) (*Plan, error) { return newPlan(f, c, nil) }

// findings are what a plan once found outside its file: warm starts, and what programs said of the agents that they are.
type findings struct {
	warmStart func(*file.File, *Scenario) error
	agents    []AgentProgram
	programs  []Program // of scenarios
	quiet     bool      // programs of scenarios are not started
}

// newPlan is NewPlan, or with findings the plan of a file that was planned before.
func newPlan(f *file.File, c Catalog, found *findings) (*Plan, error) {
	p := &Plan{File: f, found: found}
	if err := p.open(c); err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

func (p *Plan) open(c Catalog) error {
	f := p.File
	var errs []error
	warm := readWarmStart
	if p.found != nil {
		warm = p.found.warmStart
	}
	for i := range f.Scenarios {
		s, err := openScenario(f, i, c, p.found)
		if err == nil {
			err = warm(f, s)
		}
		errs = append(errs, err)
		p.Scenarios = append(p.Scenarios, s)
	}
	var cells []Cell
	for i := range f.Agents {
		more, err := openCells(f, i, c)
		errs = append(errs, err)
		cells = append(cells, more...)
	}
	if err := file.Join(errs...); err != nil {
		return err
	}
	for i, s := range p.Scenarios {
		for _, cell := range cells {
			if !f.Keeps(i, cell.agent, cell.given) {
				continue
			}
			more, err := p.studies(s, cell)
			if err != nil {
				errs = append(errs, f.Errorf(f.At("agent", cell.agent), "%v", err))
			}
			p.Studies = append(p.Studies, more...)
		}
	}
	return file.Join(distinct(append(errs, p.checkSaving(), p.checkRaces(), p.checkStops()))...)
}

// SameDesigns groups the scenarios, by index, that are about the same designs and differ in what is asked of them: the same simulator,
// settings, fidelity and levels. What one of them has evaluated, all have.
func (p *Plan) SameDesigns() [][]int {
	var groups [][]int
	var about []file.Scenario
	for i, s := range p.File.Scenarios {
		s.Name, s.Objective, s.Optimum = "", nil, nil
		at := slices.IndexFunc(about, func(known file.Scenario) bool { return reflect.DeepEqual(known, s) })
		if at < 0 {
			at, about, groups = len(about), append(about, s), append(groups, nil)
		}
		groups[at] = append(groups[at], i)
	}
	return groups
}

// studies lists the repeats of a cell on a scenario. The agent is made once to see whether it can be.
func (p *Plan) studies(s *Scenario, cell Cell) ([]Study, error) {
	mode, err := s.mode(cell)
	if err != nil {
		return nil, err
	}
	if cell.program != nil {
		if cell, err = p.introduced(s, mode, cell); err != nil {
			return nil, fmt.Errorf("agent %s on scenario %s: %w", cell.Label, s.Name, err)
		}
	}
	list := make([]Study, p.File.Repeats)
	for r := range list {
		list[r] = Study{
			Index: len(p.Studies) + r, Scenario: s, Mode: mode, Agent: cell, Repeat: r, Seed: seed.Derive(p.File.Seed, "repeat", strconv.Itoa(r)),
		}
	}
	if cell.program == nil {
		if _, err := p.learner(list[0]); err != nil {
			return nil, fmt.Errorf("agent %s on scenario %s: %w", cell.Label, s.Name, err)
		}
	}
	return list, nil
}

// openCells makes the cells of the i-th agent of the file.
func openCells(f *file.File, i int, c Catalog) ([]Cell, error) {
	a := f.Agents[i]
	if a.Command != nil {
		return outsideCells(f, i)
	}
	at := slices.IndexFunc(c.Agents, func(known agents.Factory) bool { return known.Name == a.Kind })
	if at < 0 {
		var names []string
		for _, known := range c.Agents {
			names = append(names, known.Name)
		}
		return nil, f.Errorf(f.At("agent", i, "kind"), "%v", suggest.Unknown("agent", a.Kind, names))
	}
	if a.Groups != "" && c.Agents[at].NewPolicy == nil {
		return nil, f.Errorf(f.At("agent", i, "groups"), "agent %s searches whole designs: it cannot be split into groups", a.Kind)
	}
	grouping := env.Grouping(a.Groups)
	own := c.Agents[at].SharesAxes()
	if own {
		grouping = ""
	}
	var cells []Cell
	var errs []error
	for place, given := range f.Cells(i) {
		asked := maps.Clone(given)
		if own && a.Groups != "" {
			given[agents.GroupsOption] = a.Groups
		}
		options, err := simulators.NewSettings(c.Agents[at].Options, given)
		if err != nil {
			errs = append(errs, f.Errorf(f.At("agent", i, refused(c.Agents[at].Options, given)), "agent %s: %v", a.Kind, err))
			continue
		}
		cells = append(cells, Cell{Factory: c.Agents[at], Label: label(a, given), Options: options, Groups: grouping, agent: i, place: place, given: asked})
	}
	return cells, errors.Join(distinct(errs)...)
}

// distinct drops repeated mistakes: a bad option is in every cell of a grid.
func distinct(errs []error) []error {
	seen := map[string]bool{}
	var kept []error
	for _, err := range errs {
		if err != nil && !seen[err.Error()] {
			seen[err.Error()], kept = true, append(kept, err)
		}
	}
	return kept
}

// label is the agent's kind with the options that the file gives, in the file's order. An agent with a name of its own is told by that, and by the options
// that are a grid.
func label(a file.Agent, given map[string]any) string {
	named := a.Name != cmp.Or(a.Kind, strings.Join(a.Command, " "))
	words := []string{a.Name}
	for _, o := range a.Options {
		if named && len(o.Values) == 1 {
			continue
		}
		words = append(words, fmt.Sprintf("%s=%v", o.Name, given[o.Name]))
	}
	return strings.Join(words, " ")
}

// Trials is the number of trials of the whole sweep, at most.
func (p *Plan) Trials() int {
	trials := 0
	for _, n := range p.trialsByScenario() {
		trials += n
	}
	return trials
}

func (p *Plan) trialsByScenario() map[*Scenario]int {
	trials := map[*Scenario]int{}
	for _, s := range p.Studies {
		trials[s.Scenario] += p.File.Budget
	}
	for _, r := range p.races() {
		trials[p.Studies[r.settings[0][0]].Scenario] -= r.saved(p.File.Repeats)
	}
	return trials
}

// checkStops reports a scenario without bounds whose studies are to end when the bounds are met.
func (p *Plan) checkStops() error {
	if !p.File.StopOnSpec {
		return nil
	}
	var errs []error
	for i, s := range p.Scenarios {
		for _, g := range s.objectives {
			if g.err == nil && len(g.objective.Constraints()) == 0 {
				errs = append(errs, p.File.Errorf(p.File.At("scenario", i, "objective"), "scenario %s has no bounds that could be met: stop_on_spec needs at_most or at_least", s.Name))
				break
			}
		}
	}
	return errors.Join(errs...)
}

// Key names a study in journals: what it computes, without its place in the file.
func (s Study) Key() string {
	options, err := json.Marshal(s.Agent.Options.Map())
	if err != nil {
		panic(fmt.Sprintf("sweep: options of %s: %v", s.Agent.Label, err)) // strings, numbers and booleans always marshal
	}
	spec := s.spec()
	return fmt.Sprintf("%s|%s@%s|%s|%s|%d%s", s.Scenario.Name, spec.Name, spec.Version, s.Agent.Factory.Name, options, s.Repeat, s.Scenario.identity())
}

func (s Study) spec() simulators.Spec { return s.Scenario.spec(s.Mode) }

// Describe is what the dataset records of the study.
func (s Study) Describe() dataset.Study {
	o := s.Scenario.objectives[s.Mode].objective
	hyperparameters := s.Agent.Options.Map()
	if s.Agent.Groups != "" {
		hyperparameters["groups"] = string(s.Agent.Groups)
	}
	if s.Scenario.Warm.SHA256 != "" {
		hyperparameters["warm_start"] = s.Scenario.Warm.SHA256
	}
	if s.Scenario.screen != nil {
		hyperparameters["screened_by"] = s.Scenario.screen.about
	}
	if s.Agent.Policy != "" {
		hyperparameters["policy"] = s.Agent.Policy
	}
	return dataset.Study{
		Scenario: s.Scenario.Name, Spec: s.spec(), Fidelity: s.Scenario.Fidelity,
		Settings: s.Scenario.recorded(), Agent: s.Agent.Factory.Name, Label: s.Agent.Label,
		Hyperparameters: hyperparameters, Seed: s.Seed, Repeat: s.Repeat,
		Objectives: o.Objectives(), Constraints: o.Constraints(), Optimum: s.Scenario.Optimum,
	}
}
