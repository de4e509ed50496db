package dataset

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/simulators"
)

// Licence is what a data card says of the rights in a dataset.
const Licence = "CC0 1.0: figures that a program computed, free for any use. Figures that another program computed keep the terms of that program."

// Card is what a data card says beside what the dataset itself tells.
type Card struct {
	Name  string   // of the experiment
	How   string   // the command that makes it again
	Notes []string // what a reader of the figures should know

	Workloads []Workload // described in numbers; none = they are not
}

// Workload is a scenario with the numbers that describe its workload.
type Workload struct {
	Scenario string
	Features []simulators.Feature
}

// WriteCard writes a data card in Markdown: what the dataset is, how it was made, which simulators with which versions and settings gave it,
// how many rows of which kind it has, every column with its unit and range, and the licence. Equal datasets have equal cards.
func WriteCard(w io.Writer, r *Reader, c Card) error {
	s, err := Summarise(r)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w) // keeps the first error for Flush
	fmt.Fprintf(out, "# Dataset %s\n\n%d rows of %s; Parquet, schema version %s (docs/dataset.md).\n", oneLine(c.Name), r.Len(), studyCount(len(r.Studies())), SchemaVersion)
	if c.How != "" {
		fmt.Fprintf(out, "\nMade by `%s`.\n", oneLine(c.How))
	}
	for _, note := range c.Notes {
		fmt.Fprintf(out, "\nNote: %s.\n", oneLine(note))
	}
	out.WriteString("\n## Simulators\n\n| simulator | version | fidelity | settings | studies |\n|---|---|---|---|---|\n")
	var tasks []string
	studies := map[string]int{}
	for _, study := range r.Studies() {
		fidelity := study.Fidelity
		if fidelity == "" {
			fidelity = "true model"
		}
		task := fmt.Sprintf("%s | %s | %s | `%s`", tableCell(study.Simulator), tableCell(study.Version), tableCell(fidelity), tableCell(string(study.Settings)))
		if studies[task]++; studies[task] == 1 {
			tasks = append(tasks, task)
		}
	}
	for _, task := range tasks {
		fmt.Fprintf(out, "| %s | %d |\n", task, studies[task])
	}
	writeWorkloads(out, c.Workloads)
	out.WriteString("\n## Rows\n\n| scenario | agent | rows | feasible | missed spec | infeasible | failed | different designs |\n|---|---|---:|---:|---:|---:|---:|---:|\n")
	writeCounts(out, r, s)
	out.WriteString("\nDifferent designs are counted study by study.\n\n## Columns\n\n| column | unit | values | null | least | mean | greatest | about |\n|---|---|---:|---:|---:|---:|---:|---|\n")
	for _, column := range s.Columns {
		least, mean, greatest := "", "", ""
		if column.Type == Double && column.Values > 0 {
			least, mean, greatest = fmt.Sprintf("%.6g", column.Min), fmt.Sprintf("%.6g", column.Mean), fmt.Sprintf("%.6g", column.Max)
		}
		fmt.Fprintf(out, "| %s | %s | %d | %d | %s | %s | %s | %s |\n",
			column.Name, tableCell(column.Unit), column.Values, column.Nulls, least, mean, greatest, tableCell(column.Doc))
	}
	fmt.Fprintf(out, "\nThe columns before these say which study, trial and settings a row is of; `infeasible` and `failed` say why a row has no metrics.\n\n"+
		"## Licence\n\n%s\n", Licence)
	if err := out.Flush(); err != nil {
		return fmt.Errorf("dataset: card: %w", err)
	}
	return nil
}

// writeWorkloads writes a line for each feature, with a column for each scenario.
func writeWorkloads(out io.Writer, workloads []Workload) {
	var features []simulators.Feature
	for _, w := range workloads {
		for _, f := range w.Features {
			if !slices.ContainsFunc(features, func(g simulators.Feature) bool { return g.Name == f.Name }) {
				features = append(features, f)
			}
		}
	}
	if len(features) == 0 {
		return
	}
	head, rule := "| feature | unit | about |", "|---|---|---|"
	for _, w := range workloads {
		head, rule = head+" "+tableCell(w.Scenario)+" |", rule+"---:|"
	}
	fmt.Fprintf(out, "\n## Workloads\n\n%s\n%s\n", head, rule)
	for _, f := range features {
		fmt.Fprintf(out, "| %s | %s | %s |", tableCell(f.Name), tableCell(f.Unit), tableCell(f.Doc))
		for _, w := range workloads {
			cell := ""
			if at := slices.IndexFunc(w.Features, func(g simulators.Feature) bool { return g.Name == f.Name }); at >= 0 {
				cell = fmt.Sprintf("%.6g", w.Features[at].Value)
			}
			fmt.Fprintf(out, " %s |", cell)
		}
		fmt.Fprintln(out)
	}
}

// writeCounts writes a line for each scenario and agent, their repeats and hyper-parameters together.
func writeCounts(out io.Writer, r *Reader, s Summary) {
	type line struct{ scenario, agent string }
	var lines []line
	counts := map[line]StudySummary{}
	for i, study := range r.Studies() {
		l := line{study.Scenario, study.Agent}
		if !slices.Contains(lines, l) {
			lines = append(lines, l)
		}
		c, more := counts[l], s.Studies[i]
		c.Rows, c.Feasible, c.Violating = c.Rows+more.Rows, c.Feasible+more.Feasible, c.Violating+more.Violating
		c.Infeasible, c.Failed, c.Unique = c.Infeasible+more.Infeasible, c.Failed+more.Failed, c.Unique+more.Unique
		counts[l] = c
	}
	for _, l := range lines {
		c := counts[l]
		fmt.Fprintf(out, "| %s | %s | %d | %d | %d | %d | %d | %d |\n", tableCell(l.scenario), tableCell(l.agent), c.Rows, c.Feasible, c.Violating, c.Infeasible, c.Failed, c.Unique)
	}
}

func studyCount(n int) string {
	if n == 1 {
		return "1 study"
	}
	return fmt.Sprintf("%d studies", n)
}

// oneLine is a text without line ends.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// tableCell is a text as a cell of a Markdown table.
func tableCell(s string) string { return strings.ReplaceAll(oneLine(s), "|", `\|`) }
