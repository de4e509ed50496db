package cli

import (
	"fmt"
	"io"
	"io/fs"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// section is one thing that `list` lists.
type section struct {
	name  string
	write func(w io.Writer) error
}

func (p Program) list() *cobra.Command {
	sections := []section{
		{"simulators", p.listSimulators}, {"agents", p.listAgents}, {"workloads", p.listWorkloads}, {"experiments", p.listExperiments},
	}
	var names []string
	for _, s := range sections {
		names = append(names, s.name)
	}
	return &cobra.Command{
		Use: "list [" + strings.Join(names, "|") + "]", Short: "what there is: simulators, agents, workloads, experiments",
		Args: args(cobra.MaximumNArgs(1)), ValidArgs: names,
		RunE: func(c *cobra.Command, a []string) error {
			found := len(a) == 0
			for _, s := range sections {
				if len(a) == 1 && a[0] != s.name {
					continue
				}
				found = true
				w := tabwriter.NewWriter(c.OutOrStdout(), 0, 0, 2, ' ', 0)
				if len(a) == 0 {
					fmt.Fprintf(w, "%s\n", strings.ToUpper(s.name))
				}
				if err := s.write(w); err != nil {
					return err
				}
				if len(a) == 0 {
					fmt.Fprintln(w)
				}
				if err := w.Flush(); err != nil {
					return err
				}
			}
			if !found {
				return usage(suggest.Unknown("list", a[0], names))
			}
			return nil
		},
	}
}

func (p Program) listSimulators(w io.Writer) error {
	for _, f := range p.Catalog.Simulators {
		fmt.Fprintf(w, "%s\tdesigns\t%s\n", f.Name, firstLine(f.Doc))
	}
	for _, f := range p.Catalog.Environments {
		fmt.Fprintf(w, "%s\tsteps\t%s\n", f.Name, firstLine(f.Doc))
	}
	return nil
}

func (p Program) listAgents(w io.Writer) error {
	for _, f := range p.Catalog.Agents {
		fmt.Fprintf(w, "%s\t%s\n", f.Name, firstLine(f.Doc))
	}
	return nil
}

func (p Program) listWorkloads(w io.Writer) error {
	for _, l := range p.Workloads {
		fmt.Fprintf(w, "%s\t%s\t%s\n", l.Name, l.Setting, l.Doc)
	}
	return nil
}

func (p Program) listExperiments(w io.Writer) error {
	if p.Experiments == nil {
		return nil
	}
	names, err := fs.Glob(p.Experiments, "*.toml")
	if err != nil {
		return err
	}
	for _, name := range names {
		source, err := fs.ReadFile(p.Experiments, name)
		if err != nil {
			return err
		}
		f, err := file.Parse(name, source)
		if err != nil {
			return err
		}
		about := strings.TrimSpace(strings.TrimPrefix(firstLine(string(source)), "#"))
		fmt.Fprintf(w, "%s\t%d studies of %d trials\t%s\n", strings.TrimSuffix(name, ".toml"), f.Studies(), f.Budget, about)
	}
	return nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return line
}
