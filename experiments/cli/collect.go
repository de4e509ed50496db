package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/agents"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

func (p Program) datasetCollect() *cobra.Command {
	var q collection
	var o sweep.Options
	c := &cobra.Command{
		Use: "collect SIMULATOR --rows N --out DIR", Short: "evaluate a spread of designs, or what a mixture of agents visits, into a results folder",
		Long: "Writes an experiment file and runs it: every scenario that --each makes is searched by every agent of --agents, the rows shared out evenly.\n" +
			"random, lhs (Latin hypercubes) and sobol spread designs and repeat none; equal seeds draw equal designs in every scenario, so that a row is a\n" +
			"pair of a design and a workload. Other agents search, towards --minimise or --maximise, and repeat designs: see dataset dedupe.\n" +
			"The folder is that of a run: best, trials and report read it, --resume continues it.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFirst(simulatorNames(p.Catalog)),
		RunE: func(c *cobra.Command, a []string) error {
			return p.collect(c, func() ([]byte, error) { return q.experiment(p.Catalog, a[0]) }, append([]string{"dataset", "collect", a[0]}, q.words(o.Out)...), o)
		},
	}
	c.Flags().StringSliceVar(&q.agents, "agents", []string{"random"}, "who chooses the designs: `kinds` of agents, see list agents")
	c.Flags().IntVar(&q.rows, "rows", 0, "how many `rows` to collect over all scenarios and agents, rounded up to a whole number each")
	c.Flags().Uint64Var(&q.seed, "seed", 0, "`seed` of the designs")
	c.Flags().StringArrayVar(&q.minimise, "minimise", nil, "a `metric` that agents minimise; repeatable (default: the simulator's first metric)")
	c.Flags().StringArrayVar(&q.maximise, "maximise", nil, "a `metric` that agents maximise; repeatable")
	q.flags(c, &o)
	return c
}

// collect runs the experiment file that a command writes; words are the command's own, for the manifest.
func (p Program) collect(c *cobra.Command, write func() ([]byte, error), words []string, o sweep.Options) error {
	if o.Out == "" {
		return usage(errors.New("--out is missing: name a new folder for the results"))
	}
	text, err := write()
	if err != nil {
		return usage(err)
	}
	f, err := file.Parse("", text) // without a name: its lines are nobody's
	if err != nil {
		return usage(err)
	}
	plan, err := sweep.NewPlan(f, p.Catalog)
	if err != nil {
		return usage(err)
	}
	o.Version = p.Version
	o.Command = append([]string{p.Name}, words...)
	return errors.Join(p.runPlan(c, plan, o, recheck{}, &network{}), plan.Close())
}

// flags are those that the commands share which collect.
func (q *collection) flags(c *cobra.Command, o *sweep.Options) {
	c.Flags().StringArrayVar(&q.set, "set", nil, "a setting, `key=value`; repeatable")
	c.Flags().StringArrayVar(&q.each, "each", nil, "a setting with several values, `key=value,value…`: a scenario for each; repeatable, all combinations")
	c.Flags().StringArrayVar(&q.fix, "fix", nil, "only these levels of an axis, `axis=level[,level…]`; repeatable")
	c.Flags().StringVar(&o.Out, "out", "", "new results `folder`")
	c.Flags().IntVar(&o.Workers, "workers", 0, "studies and evaluations at a time (0 = one a CPU); never changes results")
	c.Flags().BoolVar(&o.Resume, "resume", false, "continue an unfinished folder of the same collection")
	_ = c.MarkFlagDirname("out") // fails for an unknown flag only
}

// collection is what the flags of collect ask.
type collection struct {
	set, each, fix, agents, minimise, maximise []string
	rows                                       int
	seed                                       uint64
	options                                    map[string]string // of an agent's kind, lines of TOML
	more                                       string            // sections of TOML behind everything
}

// batchLag is how many evaluations are in flight for active learning, which plans batches.
const batchLag = 8

// spreadLag is how many evaluations are in flight for agents that do not look at results: what they ask never depends on it.
const spreadLag = 64

// spreads lists the agents that do not look at results.
func spreads() []string { return []string{"random", "lhs", "sobol"} }

// words are the flags as they are to be given again.
func (q collection) words(out string) []string {
	words := []string{"--rows", fmt.Sprint(q.rows), "--seed", fmt.Sprint(q.seed), "--agents", strings.Join(q.agents, ",")}
	return append(append(words, q.settingWords()...), "--out", out)
}

// settingWords are the flags that say what is evaluated, and towards what.
func (q collection) settingWords() (words []string) {
	for _, list := range []struct {
		flag   string
		values []string
	}{{"--set", q.set}, {"--each", q.each}, {"--fix", q.fix}, {"--minimise", q.minimise}, {"--maximise", q.maximise}} {
		for _, v := range list.values {
			words = append(words, list.flag, v)
		}
	}
	return words
}

// experiment is the experiment file of the collection.
func (q collection) experiment(c sweep.Catalog, name string) ([]byte, error) {
	at := slices.IndexFunc(c.Simulators, func(f simulators.Factory) bool { return f.Name == name })
	if at < 0 {
		return nil, suggest.Unknown("simulator", name, simulatorNames(c))
	}
	factory := c.Simulators[at]
	scenarios, err := q.scenarios(factory)
	if err != nil {
		return nil, err
	}
	fix, err := parseFix(q.fix)
	if err != nil {
		return nil, err
	}
	objective, err := q.objective(factory, scenarios[0].set)
	if err != nil {
		return nil, err
	}
	if len(q.agents) == 0 {
		return nil, errors.New("--agents names nobody who chooses the designs")
	}
	studies := len(scenarios) * len(q.agents)
	if q.rows < studies {
		return nil, fmt.Errorf("--rows %d is not enough: %s and %s need at least %d", q.rows, report.Counted(len(scenarios), "scenario"), report.Counted(len(q.agents), "agent"), studies)
	}
	lag := spreadLag
	for _, kind := range q.agents {
		if !slices.ContainsFunc(c.Agents, func(f agents.Factory) bool { return f.Name == kind }) {
			return nil, suggest.Unknown("agent", kind, agentNames(c))
		}
		switch {
		case kind == "active":
			lag = min(lag, batchLag)
		case !slices.Contains(spreads(), kind):
			lag = 1
		}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "name = %s\nseed = %d\nbudget = %d\nlag = %d\n", tomlValue(plainName("collect-"+name)), q.seed, (q.rows-1)/studies+1, lag)
	for _, s := range scenarios {
		fmt.Fprintf(&b, "\n[[scenario]]\nname = %s\nsimulator = %s\nobjective = %s\n", tomlValue(plainName(s.name)), tomlValue(name), tomlValue(objective))
		if len(s.set) > 0 {
			fmt.Fprintf(&b, "set = %s\n", tomlValue(s.set))
		}
		if len(fix) > 0 {
			levels := map[string]any{}
			for axis, names := range fix {
				levels[axis] = names
			}
			fmt.Fprintf(&b, "fix = %s\n", tomlValue(map[string]any{"levels": levels}))
		}
	}
	for _, kind := range q.agents {
		fmt.Fprintf(&b, "\n[[agent]]\nkind = %s\n%s", tomlValue(kind), q.options[kind])
	}
	b.WriteString(q.more)
	return []byte(b.String()), nil
}

// objective is what agents search towards.
func (q collection) objective(f simulators.Factory, set map[string]any) (map[string]any, error) {
	o := map[string]any{}
	if len(q.minimise) > 0 {
		o["minimise"] = q.minimise
	}
	if len(q.maximise) > 0 {
		o["maximise"] = q.maximise
	}
	if len(o) > 0 {
		return o, nil
	}
	instance, _, err := f.Open(set)
	if err != nil {
		return nil, err
	}
	return map[string]any{"minimise": []string{instance.Simulator.Spec().Keys()[0]}}, nil
}

// setScenario is one combination of the settings.
type setScenario struct {
	name string
	set  map[string]any
}

// scenarios lists the combinations of --each over --set. Each is named by the values that set it apart.
func (q collection) scenarios(f simulators.Factory) ([]setScenario, error) {
	common, err := parseSet(f.Settings, q.set)
	if err != nil {
		return nil, err
	}
	list := []setScenario{{"", common}}
	for _, word := range q.each {
		key, values, ok := strings.Cut(word, "=")
		if _, twice := common[key]; !ok || key == "" || values == "" || twice {
			return nil, fmt.Errorf("--each %q is not of the form key=value[,value…], once a setting", word)
		}
		var more []setScenario
		for _, s := range list {
			for value := range strings.SplitSeq(values, ",") {
				one, err := parseSet(f.Settings, []string{key + "=" + value})
				if err != nil {
					return nil, err
				}
				for k, v := range s.set {
					one[k] = v
				}
				more = append(more, setScenario{strings.TrimPrefix(s.name+" "+value, " "), one})
			}
		}
		list = more
	}
	if list[0].name == "" {
		list[0].name = f.Name
	}
	return list, nil
}

// tomlValue is a value as TOML: its texts are JSON's, which TOML reads alike.
func tomlValue(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var pairs []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			pairs = append(pairs, tomlValue(key)+" = "+tomlValue(v[key]))
		}
		return "{ " + strings.Join(pairs, ", ") + " }"
	case []string:
		var items []string
		for _, item := range v {
			items = append(items, tomlValue(item))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("cli: TOML of %v: %v", v, err)) // texts, numbers and booleans always marshal
	}
	return string(text)
}

func simulatorNames(c sweep.Catalog) []string {
	var names []string
	for _, f := range c.Simulators {
		names = append(names, f.Name)
	}
	return names
}

func agentNames(c sweep.Catalog) []string {
	var names []string
	for _, f := range c.Agents {
		names = append(names, f.Name)
	}
	return names
}

// plainName is a text with '-' for what no name in an experiment file may have.
func plainName(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '_' || r == '-' {
			return r
		}
		return '-'
	}, s)
}

// resultsName is the name of a made dataset: that of its folder.
func resultsName(dir string) string { return filepath.Base(filepath.Clean(dir)) }
