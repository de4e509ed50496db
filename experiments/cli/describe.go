package cli

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/proxy"
)

func (p Program) describe() *cobra.Command {
	var set []string
	var program string
	c := &cobra.Command{
		Use: "describe NAME", Short: "all about a simulator, environment or agent: axes, units, ranges, size, metrics, settings, equations",
		Args: namedOrProgram(&program, cobra.ExactArgs(1), cobra.NoArgs), ValidArgsFunction: completeFirst(p.names()),
		RunE: func(c *cobra.Command, a []string) error {
			return p.withProgram(c.Context(), program, a, func(catalog sweep.Catalog, name string, _ bool) error {
				p.Catalog = catalog
				w := newTable(c.OutOrStdout())
				return errors.Join(p.describeTo(w, name, set), w.Flush())
			})
		},
	}
	c.Flags().StringArrayVar(&set, "set", nil, "a setting, `key=value`; repeatable")
	programFlag(c, &program)
	return c
}

func (p Program) names() []string {
	names := p.Catalog.Names()
	for _, f := range p.Catalog.Agents {
		names = append(names, f.Name)
	}
	return names
}

func (p Program) describeTo(w io.Writer, name string, set []string) error {
	if f, known, err := proxy.Resolve(p.Catalog.Simulators, name, "."); err != nil {
		return usage(err)
	} else if known {
		return describeSimulator(w, f, set)
	}
	for _, f := range p.Catalog.Environments {
		if f.Name == name {
			return describeEnvironment(w, f, set)
		}
	}
	for _, f := range p.Catalog.Agents {
		if f.Name == name {
			if len(set) > 0 {
				return usage(fmt.Errorf("--set is for simulators and environments: the options of agent %s go into an experiment file", name))
			}
			fmt.Fprintf(w, "%s, an agent\n\n%s\n", f.Name, strings.TrimSpace(f.Doc))
			writeSettings(w, "OPTION", f.Options)
			return nil
		}
	}
	return usage(suggest.Unknown("simulator or agent", name, p.names()))
}

func describeSimulator(w io.Writer, f simulators.Factory, set []string) error {
	given, err := parseSet(f.Settings, set)
	if err != nil {
		return err
	}
	in, _, err := f.Open(given)
	if err != nil {
		return usage(err)
	}
	spec := in.Simulator.Spec()
	fmt.Fprintf(w, "%s, model version %s\n\n%s\n", f.Name, spec.Version, strings.TrimSpace(f.Doc))
	writeSettings(w, "SETTING", f.Settings)
	writeSpace(w, "designs", spec.Space)
	writeMetrics(w, spec.Metrics)
	writeFidelities(w, f.Fidelities)
	if in.Features != nil {
		fmt.Fprintln(w, "\nFEATURE OF THE WORKLOAD\tunit\tvalue\tabout")
		for _, f := range in.Features() {
			fmt.Fprintf(w, "%s\t%s\t%.6g\t%s\n", f.Name, dash(f.Unit), f.Value, dash(f.Doc))
		}
	}
	for _, s := range in.About {
		fmt.Fprintf(w, "\n%s\t%s\n", s.Title, strings.Join(s.Columns, "\t"))
		for _, row := range s.Rows {
			fmt.Fprintln(w, strings.Join(row, "\t"))
		}
	}
	return nil
}

func describeEnvironment(w io.Writer, f env.Factory, set []string) error {
	given, err := parseSet(f.Settings, set)
	if err != nil {
		return err
	}
	maker, _, err := f.Open(given)
	if err != nil {
		return usage(err)
	}
	e, err := maker()
	if err != nil {
		return usage(fmt.Errorf("%s: %w", f.Name, err))
	}
	fmt.Fprintf(w, "%s, an environment with state, version %s\n\n%s\n", f.Name, f.Spec(e).Version, strings.TrimSpace(f.Doc))
	writeSettings(w, "SETTING", f.Settings)
	for _, a := range e.Agents() {
		fmt.Fprintf(w, "\nAGENT %s\n", a.ID)
		writeSpace(w, "actions", a.Actions)
		if len(a.Obs) > 0 {
			fmt.Fprintln(w, "\nOBSERVATION\tunit\tlow\thigh")
		}
		for _, c := range a.Obs {
			fmt.Fprintf(w, "%s\t%s\t%g\t%g\n", c.Name, dash(c.Unit), c.Low, c.High)
		}
	}
	return nil
}

func writeSettings(w io.Writer, title string, settings []simulators.Setting) {
	if len(settings) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\tdefault\tunit\tvalues\tabout\n", title)
	for _, s := range settings {
		value := fmt.Sprint(s.Default)
		if value == "" {
			value = `""`
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", s.Name, value, dash(s.Unit), s.Range(), dash(s.Doc))
	}
}

// writeSpace lists the axes of a space, and how many there are of what its points are.
func writeSpace(w io.Writer, points string, s space.Space) {
	fmt.Fprintln(w, "\nAXIS\tkind\tlevels\tunit\tvalues\tgroup\tabout")
	for _, p := range s.Params() {
		doc := p.Doc
		for _, c := range p.When {
			doc += fmt.Sprintf(" (only when %s is %s)", c.Param, strings.Join(c.In, " or "))
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\t%s\n", p.Name, p.Kind, p.Levels(), dash(p.Unit), levels(p), dash(p.Group), dash(doc))
	}
	fmt.Fprintf(w, "\n%s %s", s.Size(), points)
	if s.Conditional() {
		fmt.Fprintf(w, " (%s level vectors, inactive axes counted)", s.RawSize())
	}
	fmt.Fprintln(w)
}

// levels lists the levels of an axis, the middle of a long list left out.
func levels(p space.Param) string {
	if p.Kind == space.Permutation {
		return "orders of " + strings.Join(p.Labels, ", ")
	}
	const most = 8
	var names []string
	for l := range p.Levels() {
		if l == most-2 && p.Levels() > most {
			return strings.Join(names, " ") + " … " + p.LevelName(p.Levels()-1)
		}
		names = append(names, p.LevelName(l))
	}
	return strings.Join(names, " ")
}

func writeMetrics(w io.Writer, metrics []simulators.Metric) {
	fmt.Fprintln(w, "\nMETRIC\tunit\tabout")
	for _, m := range metrics {
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.Key(), dash(m.Unit), dash(m.Doc))
	}
}

func writeFidelities(w io.Writer, fidelities []simulators.Fidelity) {
	if len(fidelities) == 0 {
		return
	}
	fmt.Fprintln(w, "\nFIDELITY\tcost of the true model\tsettings")
	for _, f := range fidelities {
		var words []string
		for _, key := range slices.Sorted(maps.Keys(f.Set)) {
			words = append(words, fmt.Sprintf("%s=%v", key, f.Set[key]))
		}
		fmt.Fprintf(w, "%s\t%g\t%s\n", f.Name, f.RelativeCost, dash(strings.Join(words, " ")))
	}
}
