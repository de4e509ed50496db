package sweep

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/process"
)

// commandSetting is the name under which a dataset records the command of a program, beside the program's settings.
const commandSetting = "command"

// openProgram starts the program that the scenario's command names, or takes it as it is recorded.
func (s *Scenario) openProgram(f *file.File, i int, found *findings) error {
	declared := f.Scenarios[i]
	if declared.Fidelity != "" {
		return f.Errorf(f.At("scenario", i, "fidelity"), "a program has no fidelities: give it a setting")
	}
	options := process.Options{
		Command: declared.Command, Folder: f.Folder, Set: declared.Set, Program: "codesign",
		StepTimeout: time.Duration(f.TimeoutS * float64(time.Second)),
	}
	program, err := found.program(s.Name, options)
	if err != nil {
		return f.Errorf(f.At("scenario", i, "simulator"), "%v", err)
	}
	s.program, s.command = program, declared.Command
	for _, d := range program.Declared() {
		if d.Name == commandSetting {
			return f.Errorf(f.At("scenario", i, "simulator"), "the program has a setting %q, which is the name of what is recorded of its command: rename it", d.Name)
		}
	}
	if !program.Simulates() {
		spec := program.Spec()
		return s.openEnvironment(f, i, env.Factory{
			Name: spec.Name, Doc: spec.Doc, Version: spec.Version, Settings: program.Declared(), Horizon: program.Horizon(),
			New: func(simulators.Settings) (env.Maker, error) { return program.Make, nil }, // it was started with the settings
		})
	}
	s.Settings, s.instance = program.Settings(), program.Instance()
	open := func(set map[string]any) (simulators.Simulator, error) {
		options.Set = set
		other, err := found.program(s.Name, options)
		if err == nil {
			s.reseeded = append(s.reseeded, other)
		}
		return other, err
	}
	if err := s.average(f, open); err != nil {
		return err
	}
	return s.openDesigns(f, i)
}

// program starts a scenario's program; where programs are to be left alone it is as the manifest has it.
func (found *findings) program(scenario string, o process.Options) (*process.Program, error) {
	if found == nil || !found.quiet {
		return process.Open(context.Background(), o)
	}
	for _, p := range found.programs {
		if p.Scenario == scenario && len(p.Hello) > 0 {
			return process.Recall(p.Hello, o)
		}
	}
	return nil, fmt.Errorf("the manifest does not say what the program of scenario %s is, and it is not started for that", scenario)
}

// commandText is a command as a shell would read it back.
func commandText(command []string) string {
	words := make([]string, len(command))
	for i, word := range command {
		words[i] = quote(word)
	}
	return strings.Join(words, " ")
}

// recorded is the scenario's settings as a dataset records them, the command of a program and how many evaluations a trial has among them.
func (s *Scenario) recorded() map[string]any {
	settings := s.Settings.Map()
	if s.averaged > 1 {
		settings[evaluationsSetting] = s.averaged
	}
	if s.program != nil {
		settings[commandSetting] = commandText(s.command)
	}
	return settings
}

// identity tells two programs of one command apart; empty without a program: the catalogue's simulators are part of the build.
func (s *Scenario) identity() string {
	if s.screen != nil {
		return "|" + s.screen.about
	}
	if s.program == nil {
		return ""
	}
	return "|" + s.program.Identity()
}

// Program is what a manifest says of a scenario's program.
type Program struct {
	Scenario      string   `json:"scenario"`
	Command       []string `json:"command"`
	Simulator     string   `json:"simulator"`
	Version       string   `json:"simulator_version"`
	Identity      string   `json:"identity"` // hash of what it says of itself
	Deterministic bool     `json:"deterministic"`
	// Hello is what the program says of itself, so that results can be read without starting it.
	Hello json.RawMessage `json:"hello,omitempty"`
}

// programs lists the programs of the plan's scenarios.
func (p *Plan) programs() []Program {
	var list []Program
	for _, s := range p.Scenarios {
		if s.program != nil {
			spec := s.program.Spec()
			list = append(list, Program{s.Name, s.command, spec.Name, spec.Version, s.program.Identity(), s.program.Deterministic(), s.program.Hello()})
		}
	}
	return list
}

// outside says why the results of the scenario's program are outside the reproducibility promise; empty when they are not.
func (s *Scenario) outside() string {
	if s.program == nil || s.program.Deterministic() {
		return ""
	}
	return fmt.Sprintf("the program %s says that it is not deterministic", commandText(s.command))
}

// Close ends the programs that the plan started.
func (p *Plan) Close() error {
	var errs []error
	for _, s := range p.Scenarios {
		if s.program != nil {
			errs = append(errs, s.program.Close())
		}
		for _, program := range s.reseeded {
			errs = append(errs, program.Close())
		}
	}
	return errors.Join(errs...)
}
