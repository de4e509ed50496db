package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/serve"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

func (p Program) env() *cobra.Command {
	var f envFlags
	c := &cobra.Command{
		Use: "env [NAME]", Short: "the stdio protocol that other languages speak: a simulator, an environment or an agent for a client",
		Long: "Answers requests, a JSON line each, on standard input and output: evaluate, repair and detail for a simulator; reset and step for\n" +
			"a simulator with an objective and for an environment with state; ask and tell with --agent. See docs/protocol.md.\n" +
			"Without anything to minimise or maximise it is the first metric that is minimised.",
		Args: namedOrProgram(&f.program, cobra.MaximumNArgs(1), cobra.NoArgs), ValidArgsFunction: completeFirst(p.Catalog.Names()),
		RunE: func(c *cobra.Command, a []string) error {
			if f.program == "" {
				signal.Reset(os.Interrupt, syscall.SIGTERM) // nothing is to be finished: a signal ends it, while it waits for a request too
			}
			return p.withProgram(c.Context(), f.program, a, func(catalog sweep.Catalog, name string, deterministic bool) error {
				p.Catalog = catalog
				o, err := f.options(p, name)
				if err != nil {
					return err
				}
				o.Nondeterministic = !deterministic
				return serve.Serve(c.Context(), catalog, p.Name+" "+p.Version, o, c.InOrStdin(), c.OutOrStdout())
			})
		},
	}
	f.declare(c)
	return c
}

// envFlags are the flags of `env`.
type envFlags struct {
	set, fix           []string
	minimise, maximise []string
	atMost, atLeast    []string
	objective          string
	groups             string
	agentOptions       []string
	program            string
	o                  serve.Options
}

func (f *envFlags) declare(c *cobra.Command) {
	flags := c.Flags()
	programFlag(c, &f.program)
	flags.StringArrayVar(&f.set, "set", nil, "a setting, `key=value`; repeatable")
	flags.StringArrayVar(&f.fix, "fix", nil, "fix or narrow an axis, `axis=level[,level…]`; repeatable")
	flags.StringArrayVar(&f.minimise, "minimise", nil, "a `term` to minimise: a metric or an expression over metrics; repeatable")
	flags.StringArrayVar(&f.maximise, "maximise", nil, "a `term` to maximise; repeatable")
	flags.StringArrayVar(&f.atMost, "at-most", nil, "a bound, `term=value`; repeatable")
	flags.StringArrayVar(&f.atLeast, "at-least", nil, "a bound, `term=value`; repeatable")
	flags.StringVar(&f.objective, "objective", "", "the whole objective as a `JSON` object with the keys of an experiment file's, instead of the four above")
	flags.IntVar(&f.o.Horizon, "horizon", 0, "designs an episode (0 = 1)")
	flags.StringVar(&f.groups, "groups", "", "which agent owns which axis: "+strings.Join(env.Groupings(), ", ")+" (empty = one agent owns all)")
	flags.StringVar(&f.o.Agent, "agent", "", "the `kind` of an agent that answers ask and tell (see `list agents`)")
	flags.StringArrayVar(&f.agentOptions, "option", nil, "a hyper-parameter of the agent, `key=value`; repeatable")
	flags.IntVar(&f.o.Budget, "budget", 0, "trials that the agent is to plan for (0 = not known)")
	flags.Uint64Var(&f.o.Seed, "seed", 0, "of the agent")
	flags.IntVar(&f.o.Workers, "workers", 0, "evaluations at a time (0 = one a CPU); never changes results")
}

// options are what the flags say.
func (f *envFlags) options(p Program, name string) (serve.Options, error) {
	o := f.o
	o.Name = name
	var errs []error
	var err error
	o.Set, err = parseSet(p.declared(o.Name), f.set)
	errs = append(errs, err)
	o.AgentOptions, err = parseOptions("option", p.agentOptions(o.Agent), f.agentOptions)
	errs = append(errs, err)
	o.Fix, err = parseFix(f.fix)
	errs = append(errs, err)
	o.Objective, err = f.target()
	errs = append(errs, err)
	o.Groups = env.Grouping(f.groups)
	if o.Workers < 0 || o.Workers > maxWorkers {
		errs = append(errs, fmt.Errorf("--workers %d out of range [0, %d], 0 = one a CPU", o.Workers, maxWorkers))
	}
	if o.Agent == "" && (len(f.agentOptions) > 0 || o.Budget != 0 || o.Seed != 0) {
		errs = append(errs, errors.New("--option, --budget and --seed are of an agent: name it with --agent"))
	}
	return o, usage(errors.Join(errs...))
}

// declared lists the settings of a simulator or environment; nil for an unknown one.
func (p Program) declared(name string) []simulators.Setting {
	for _, f := range p.Catalog.Simulators {
		if f.Name == name {
			return f.Settings
		}
	}
	for _, f := range p.Catalog.Environments {
		if f.Name == name {
			return f.Settings
		}
	}
	return nil
}

// agentOptions lists the hyper-parameters of an agent; nil for an unknown one.
func (p Program) agentOptions(kind string) []simulators.Setting {
	at := indexAgent(p.Catalog.Agents, kind)
	if at < 0 {
		return nil
	}
	return p.Catalog.Agents[at].Options
}

func indexAgent(list []agents.Factory, kind string) int {
	for i, f := range list {
		if f.Name == kind {
			return i
		}
	}
	return -1
}

// target is the objective that the flags state; nil when they state none.
func (f *envFlags) target() (*objective.Config, error) {
	atMost, wrongMost := parseBounds("at-most", f.atMost)
	atLeast, wrongLeast := parseBounds("at-least", f.atLeast)
	if err := errors.Join(wrongMost, wrongLeast); err != nil {
		return nil, err
	}
	given := len(f.minimise)+len(f.maximise)+len(atMost)+len(atLeast) > 0
	if f.objective == "" {
		if !given {
			return nil, nil
		}
		return &objective.Config{Kind: objective.Spec, Minimise: f.minimise, Maximise: f.maximise, AtMost: atMost, AtLeast: atLeast}, nil
	}
	if given {
		return nil, errors.New("--objective is the whole objective: leave out --minimise, --maximise, --at-most and --at-least")
	}
	var table map[string]any
	if err := json.Unmarshal([]byte(f.objective), &table); err != nil || table == nil {
		return nil, fmt.Errorf("--objective %s is not a JSON object, such as {\"minimise\": [\"latency_ns\"]}", f.objective)
	}
	cfg, err := objective.Parse(table)
	return &cfg, err
}
