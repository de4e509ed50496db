package agentsbench

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
)

// The lines between which UpdateSection writes.
const (
	begin = "<!-- agents-bench: begin -->"
	end   = "<!-- agents-bench: end -->"
)

// WriteTables writes medians.csv, ranks.csv, comparisons.csv and tables.md into a folder.
func WriteTables(folder string, r Runs) error {
	var errs []error
	for _, table := range []struct {
		name  string
		write func(io.Writer, Runs) error
	}{{"medians.csv", WriteMedians}, {"ranks.csv", WriteRanks}, {"comparisons.csv", WriteComparisons}, {"tables.md", WriteMarkdown}} {
		var text bytes.Buffer
		err := table.write(&text, r)
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, table.name), text.Bytes(), 0o644)
		}
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// UpdateSection puts the Markdown tables between the two marking lines of a document.
func UpdateSection(path string, r Runs) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	before, rest, ok := strings.Cut(string(text), begin+"\n")
	_, after, too := strings.Cut(rest, end+"\n")
	if !ok || !too {
		return fmt.Errorf("%s has no section between the lines %q and %q", path, begin, end)
	}
	var section bytes.Buffer
	if err := WriteMarkdown(&section, r); err != nil {
		return err
	}
	return os.WriteFile(path, []byte(before+begin+"\n"+section.String()+"\n"+end+"\n"+after), 0o644)
}

// WriteBars prints each bar with its verdict and the numbers of its agents.
func WriteBars(w io.Writer, r Runs) error {
	var text bytes.Buffer
	for _, b := range Bars() {
		verdict, findings := b.Judge(r)
		fmt.Fprintf(&text, "%-12s %s\n", verdict, b)
		for _, f := range findings {
			if f.Verdict != Unmeasured {
				fmt.Fprintf(&text, "             %s %s: %s\n", f.Agent.Name, f.Verdict, f.Numbers)
			}
		}
	}
	_, err := w.Write(text.Bytes())
	return err
}
