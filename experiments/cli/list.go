package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// section is one thing that `list` lists.
type section struct {
	name, header string
	write        func(w io.Writer) error
}

func (p Program) sections() []section {
	return []section{
		{"simulators", "SIMULATOR\ttakes\tabout", p.listSimulators},
		{"agents", "AGENT\tabout", p.listAgents},
		{"workloads", "WORKLOAD\tvalue of\tabout", p.listWorkloads},
		{"experiments", "EXPERIMENT\tsize\tabout", p.listExperiments},
	}
}

func (p Program) list() *cobra.Command {
	var names []string
	for _, s := range p.sections() {
		names = append(names, s.name)
	}
	return &cobra.Command{
		Use: "list [" + strings.Join(names, "|") + "]", Short: "what there is: " + strings.Join(names, ", "),
		Args: args(cobra.MaximumNArgs(1)), ValidArgsFunction: completeFirst(names),
		RunE: func(c *cobra.Command, wanted []string) error {
			if len(wanted) == 0 {
				wanted = names
			}
			for i, name := range wanted {
				at := slices.Index(names, name)
				if at < 0 {
					return usage(suggest.Unknown("list", name, names))
				}
				if i > 0 {
					fmt.Fprintln(c.OutOrStdout())
				}
				w := newTable(c.OutOrStdout())
				fmt.Fprintln(w, p.sections()[at].header)
				if err := errors.Join(p.sections()[at].write(w), w.Flush()); err != nil {
					return err
				}
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
		fmt.Fprintf(w, "%s\tactions\t%s\n", f.Name, firstLine(f.Doc))
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
		fmt.Fprintf(w, "%s\t%s\t%s\n", l.Name, l.Setting, firstLine(l.Doc))
	}
	return nil
}

func (p Program) listExperiments(w io.Writer) error {
	for _, name := range p.experiments() {
		f, err := p.builtin(name, nil)
		if err != nil {
			return err
		}
		about := strings.TrimPrefix(firstLine(string(f.Source)), "#")
		fmt.Fprintf(w, "%s\t%d studies of %d trials\t%s\n", name, f.Studies(), f.Budget, firstLine(about))
	}
	return nil
}

// firstLine is the first line of a text as a table's cell, - when it says nothing.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return dash(strings.ReplaceAll(line, "\t", " "))
}
