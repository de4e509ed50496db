package cli

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

// section is one thing that `list` lists.
type section struct {
	name    string
	columns []string // of the table; the further ones of a row are for programs only
	further []string
	rows    func() ([][]string, error)
}

func (p Program) sections() []section {
	return []section{
		{"simulators", []string{"SIMULATOR", "takes", "about"}, []string{"version"}, p.simulatorRows},
		{"agents", []string{"AGENT", "about"}, nil, p.agentRows},
		{"workloads", []string{"WORKLOAD", "value of", "about"}, nil, p.workloadRows},
		{"experiments", []string{"EXPERIMENT", "size", "about"}, nil, p.experimentRows},
	}
}

func (p Program) list() *cobra.Command {
	var names []string
	for _, s := range p.sections() {
		names = append(names, s.name)
	}
	c := &cobra.Command{
		Use: "list [" + strings.Join(names, "|") + "]", Short: "what there is: " + strings.Join(names, ", "),
		Args: args(cobra.MaximumNArgs(1)), ValidArgsFunction: completeFirst(names),
	}
	forms := []string{"table", "jsonl"}
	var form string
	c.Flags().StringVar(&form, "format", forms[0], "`form`: "+strings.Join(forms, ", "))
	_ = c.RegisterFlagCompletionFunc("format", cobra.FixedCompletions(forms, cobra.ShellCompDirectiveNoFileComp)) // fails for an unknown flag only
	c.RunE = func(c *cobra.Command, wanted []string) error {
		if !slices.Contains(forms, form) {
			return usage(suggest.Unknown("format", form, forms))
		}
		if len(wanted) == 0 {
			wanted = names
		}
		for i, name := range wanted {
			at := slices.Index(names, name)
			if at < 0 {
				return usage(suggest.Unknown("list", name, names))
			}
			write := p.sections()[at].table
			if form == "jsonl" {
				write = p.sections()[at].lines
			} else if i > 0 {
				fmt.Fprintln(c.OutOrStdout())
			}
			if err := write(c.OutOrStdout()); err != nil {
				return err
			}
		}
		return nil
	}
	return c
}

// table writes the section for people.
func (s section) table(out io.Writer) error {
	rows, err := s.rows()
	if err != nil {
		return err
	}
	w := newTable(out)
	fmt.Fprintln(w, strings.Join(s.columns, "\t"))
	for _, row := range rows {
		fmt.Fprintln(w, strings.Join(row[:len(s.columns)], "\t"))
	}
	return w.Flush()
}

// lines writes the section for programs: a JSON object a line, its keys the columns in lower case.
func (s section) lines(out io.Writer) error {
	rows, err := s.rows()
	if err != nil {
		return err
	}
	keys := slices.Concat(s.columns, s.further)
	var errs []error
	for _, row := range rows {
		var line object
		for i, cell := range row {
			line.add(strings.ReplaceAll(strings.ToLower(keys[i]), " ", "_"), cell)
		}
		_, err := fmt.Fprintf(out, "%s\n", line.bytes())
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

func (p Program) simulatorRows() ([][]string, error) {
	var rows [][]string
	for _, f := range p.Catalog.Simulators {
		rows = append(rows, []string{f.Name, "designs", firstLine(f.Doc), simulatorVersion(f)})
	}
	for _, f := range p.Catalog.Environments {
		rows = append(rows, []string{f.Name, "actions", firstLine(f.Doc), environmentVersion(f)})
	}
	return rows, nil
}

// simulatorVersion is the model version with the default settings; empty when those are not enough to make one.
func simulatorVersion(f simulators.Factory) string {
	in, _, err := f.Open(nil)
	if err != nil {
		return ""
	}
	return in.Simulator.Spec().Version
}

// environmentVersion is likewise that of an environment.
func environmentVersion(f env.Factory) string {
	maker, _, err := f.Open(nil)
	if err != nil {
		return ""
	}
	e, err := maker()
	if err != nil {
		return ""
	}
	defer env.Close(e) // nothing was done in it
	return f.Spec(e).Version
}

func (p Program) agentRows() ([][]string, error) {
	var rows [][]string
	for _, f := range p.Catalog.Agents {
		rows = append(rows, []string{f.Name, firstLine(f.Doc)})
	}
	return rows, nil
}

func (p Program) workloadRows() ([][]string, error) {
	var rows [][]string
	for _, l := range p.Workloads {
		rows = append(rows, []string{l.Name, l.Setting, firstLine(l.Doc)})
	}
	return rows, nil
}

func (p Program) experimentRows() ([][]string, error) {
	var rows [][]string
	for _, name := range p.experiments() {
		f, err := p.builtin(name, nil)
		if err != nil {
			return nil, err
		}
		rows = append(rows, []string{name, fmt.Sprintf("%s of %s", report.Counted(int(f.Studies()), "study"), report.Counted(f.Budget, "trial")), heading(string(f.Source))})
	}
	return rows, nil
}

// heading is the first sentence of the comment that a file begins with.
func heading(source string) string {
	var words []string
	for line := range strings.Lines(source) {
		text, comment := strings.CutPrefix(strings.TrimSpace(line), "#")
		more := strings.Fields(text)
		if !comment || len(more) == 0 {
			break
		}
		for _, word := range more {
			words = append(words, word)
			if strings.HasSuffix(word, ".") || strings.HasSuffix(word, "?") {
				return strings.Join(words, " ")
			}
		}
	}
	return dash(strings.Join(words, " "))
}

// firstLine is the first line of a text as a table's cell, - when it says nothing.
func firstLine(text string) string {
	line, _, _ := strings.Cut(strings.TrimSpace(text), "\n")
	return dash(strings.ReplaceAll(line, "\t", " "))
}
