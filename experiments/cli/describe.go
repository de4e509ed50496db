package cli

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

func (p Program) describe() *cobra.Command {
	var set []string
	c := &cobra.Command{
		Use: "describe NAME", Short: "all about a simulator, environment or agent: axes, units, ranges, size, metrics, settings, equations",
		Args:              args(cobra.ExactArgs(1)),
		ValidArgsFunction: p.completeNames(p.names()),
		RunE: func(c *cobra.Command, a []string) error {
			w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
			defer w.Flush() //nolint:errcheck // the terminal's own
			return p.describeTo(w, a[0], set)
		},
	}
	c.Flags().StringArrayVar(&set, "set", nil, "a setting, `key=value`; repeatable")
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
	for _, f := range p.Catalog.Simulators {
		if f.Name == name {
			return describeSimulator(w, f, set)
		}
	}
	for _, f := range p.Catalog.Environments {
		if f.Name == name {
			return describeEnvironment(w, f, set)
		}
	}
	for _, f := range p.Catalog.Agents {
		if f.Name == name {
			fmt.Fprintf(w, "%s: %s\n\n", f.Name, strings.TrimSpace(f.Doc))
			writeSettings(w, "OPTIONS", f.Options)
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
	fmt.Fprintf(w, "%s, model version %s\n\n%s\n\n", f.Name, spec.Version, strings.TrimSpace(f.Doc))
	writeSettings(w, "SETTINGS", f.Settings)
	writeSpace(w, spec.Space)
	writeMetrics(w, spec.Metrics)
	for _, fi := range f.Fidelities {
		fmt.Fprintf(w, "fidelity %s\tcosts %g of the true model\t%v\n", fi.Name, fi.RelativeCost, fi.Set)
	}
	return nil
}

func describeEnvironment(w io.Writer, f env.Factory, set []string) error {
	given, err := parseSet(f.Settings, set)
	if err != nil {
		return err
	}
	settings, err := simulators.NewSettings(f.Settings, given)
	if err != nil {
		return usage(err)
	}
	maker, err := f.New(settings)
	if err != nil {
		return usage(err)
	}
	e, err := maker()
	if err != nil {
		return err
	}
	fmt.Fprintf(w, "%s, an environment with state, version %s\n\n%s\n\n", f.Name, env.SpecOf(e).Version, strings.TrimSpace(f.Doc))
	writeSettings(w, "SETTINGS", f.Settings)
	for _, a := range e.Agents() {
		fmt.Fprintf(w, "AGENT %s\n", a.ID)
		writeSpace(w, a.Actions)
		fmt.Fprintln(w, "OBSERVATION\tunit\tlow\thigh")
		for _, c := range a.Obs {
			fmt.Fprintf(w, "%s\t%s\t%g\t%g\n", c.Name, dash(c.Unit), c.Low, c.High)
		}
		fmt.Fprintln(w)
	}
	return nil
}

func writeSettings(w io.Writer, title string, settings []simulators.Setting) {
	if len(settings) == 0 {
		return
	}
	fmt.Fprintf(w, "%s\tdefault\tunit\tvalues\t\n", title)
	for _, s := range settings {
		value := fmt.Sprint(s.Default)
		if value == "" {
			value = `""`
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", s.Name, value, dash(s.Unit), s.Range(), s.Doc)
	}
	fmt.Fprintln(w)
}

func writeSpace(w io.Writer, s space.Space) {
	fmt.Fprintln(w, "AXIS\tkind\tlevels\tunit\tvalues\tgroup\t")
	for _, p := range s.Params() {
		doc := p.Doc
		for _, c := range p.When {
			doc += fmt.Sprintf(" (only when %s is %s)", c.Param, strings.Join(c.In, " or "))
		}
		fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\t%s\n", p.Name, p.Kind, p.Levels(), dash(p.Unit), levels(p), dash(p.Group), doc)
	}
	fmt.Fprintf(w, "\n%s designs", s.Size())
	if s.Conditional() {
		fmt.Fprintf(w, " (%s level vectors, inactive axes counted)", s.RawSize())
	}
	fmt.Fprint(w, "\n\n")
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
	fmt.Fprintln(w, "METRIC\tunit\t")
	for _, m := range metrics {
		fmt.Fprintf(w, "%s\t%s\t%s\n", m.Key(), dash(m.Unit), m.Doc)
	}
	fmt.Fprintln(w)
}

func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (p Program) completeNames(names []string) cobra.CompletionFunc {
	return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}
