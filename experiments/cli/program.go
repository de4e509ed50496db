package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/process"
)

// programFlag adds --command, with which a command takes a program in the place of a simulator's name.
func programFlag(c *cobra.Command, words *string) {
	c.Flags().StringVar(words, "command", "", "a `program` that speaks docs/protocol.md, in place of a simulator's name: words between spaces, or a JSON list of words")
}

// namedOrProgram checks the arguments of a command that takes either the name of a simulator or --command.
func namedOrProgram(program *string, named, without cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, a []string) error {
		if *program == "" {
			return args(named)(c, a)
		}
		return args(without)(c, a)
	}
}

// external is a program as a catalogue lists simulators.
type external struct {
	factory       simulators.Factory
	deterministic bool
	running       []*process.Program
}

// openExternal starts the program of --command. It must be closed.
func (p Program) openExternal(ctx context.Context, flag string) (*external, error) {
	words := strings.Fields(flag)
	if strings.HasPrefix(strings.TrimSpace(flag), "[") {
		words = nil
		if err := json.Unmarshal([]byte(flag), &words); err != nil {
			return nil, usage(fmt.Errorf("--command %s: not a JSON list of words: %w", flag, err))
		}
	}
	options := process.Options{Command: words, Program: p.Name + " " + p.Version}
	plain, err := process.Open(ctx, options)
	if err != nil {
		return nil, usage(err)
	}
	e := &external{deterministic: plain.Deterministic(), running: []*process.Program{plain}}
	spec := plain.Spec()
	e.factory = simulators.Factory{Name: spec.Name, Doc: spec.Doc, Settings: plain.Declared(), New: func(s simulators.Settings) (simulators.Instance, error) {
		if maps.Equal(s.Map(), plain.Settings().Map()) {
			return plain.Instance(), nil
		}
		options.Set = s.Map()
		set, err := process.Open(ctx, options)
		if err != nil {
			return simulators.Instance{}, err
		}
		e.running = append(e.running, set)
		return set.Instance(), nil
	}}
	return e, nil
}

// kill ends the program at once.
func (e *external) kill() {
	for _, p := range e.running {
		p.Kill()
	}
}

// close ends the program.
func (e *external) close() error {
	var errs []error
	for _, p := range e.running {
		errs = append(errs, p.Close())
	}
	return errors.Join(errs...)
}

// withProgram lets use work with a catalogue in which the program of --command comes first, under the name that it is given; without
// --command with the program's own catalogue and the name that was given.
func (p Program) withProgram(ctx context.Context, flag string, names []string, use func(c sweep.Catalog, name string, deterministic bool) error) error {
	name := ""
	if len(names) > 0 {
		name = names[0]
	}
	if flag == "" {
		return use(p.Catalog, name, true)
	}
	e, err := p.openExternal(ctx, flag)
	if err != nil {
		return err
	}
	// Who waits for input cannot be woken, but what was started must not outlive the command.
	stop := context.AfterFunc(ctx, func() {
		e.kill()
		os.Exit(status(errInterrupted))
	})
	defer stop()
	c := p.Catalog
	c.Simulators = append([]simulators.Factory{e.factory}, c.Simulators...)
	err = errors.Join(use(c, e.factory.Name, e.deterministic), e.close())
	if ctx.Err() != nil { // whatever else went wrong did so because of it
		e.kill()
		return ctx.Err()
	}
	return err
}
