package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/archgym"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

func (p Program) datasetImport() *cobra.Command {
	var given []string
	var out, scenario string
	var skip bool
	var cfg objective.Config
	c := &cobra.Command{
		Use: "import-archgym FILE… --unit NAME=UNIT … --out DIR", Short: "ArchGym's trajectory CSVs as a results folder, units stated by hand",
		Long: "Reads trajectory.csv, actions.csv and the like of ArchGym's agents, or CSV files with a head, into a results folder: see it with best, trials, report\n" +
			"and dataset. ArchGym's files have no units, and its own are wrong in places: state name, unit and, where the figure is to be scaled, a factor of\n" +
			"each observation, in the order of the observation where the file has no head. For the DRAM environment, whose energy is in mJ and power in W:\n\n" +
			"  --unit 'energy=pJ*1e9' --unit 'power=mW*1e3' --unit 'latency=ns*1e9'",
		Args: args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, files []string) error {
			if out == "" {
				return usage(errors.New("--out is missing: name a new folder for the results"))
			}
			var units []archgym.Unit
			var errs []error
			for _, text := range given {
				u, err := archgym.ParseUnit(text)
				if err != nil {
					err = fmt.Errorf("--unit %w", err)
				}
				units, errs = append(units, u), append(errs, err)
			}
			if err := errors.Join(errs...); err != nil {
				return usage(err)
			}
			table, err := archgym.NewTable(units)
			if err != nil {
				return usage(fmt.Errorf("--unit: %w", err))
			}
			origin, err := readTrajectories(table, files, skip)
			if err != nil {
				return usage(err)
			}
			imported, err := table.Import(cfg, scenario, origin[:12])
			if err != nil {
				return usage(err)
			}
			err = sweep.WriteImported(out, sweep.Imported{
				Name: scenario, Origin: origin, Version: p.Version, Command: importCommand(p.Name, files, given, cfg, out),
				Notes: imported.Notes, Studies: imported.Studies, Rows: imported.Rows,
			})
			if err != nil {
				return err
			}
			return writeImported(c.OutOrStdout(), out, imported)
		},
	}
	c.Flags().StringArrayVar(&given, "unit", nil, "an observation: `name=unit` or name=unit*factor; repeatable")
	c.Flags().StringVar(&out, "out", "", "new results `folder`")
	c.Flags().StringVar(&scenario, "scenario", "archgym", "`name` of the scenario")
	c.Flags().StringArrayVar(&cfg.Minimise, "minimise", nil, "a `metric` by its key that is better when lower; repeatable (default: maximise the reward)")
	c.Flags().StringArrayVar(&cfg.Maximise, "maximise", nil, "a `metric` by its key that is better when higher; repeatable")
	c.Flags().BoolVar(&skip, "skip-malformed", false, "leave out lines that cannot be read, and count them, instead of refusing the file")
	_ = c.MarkFlagDirname("out") // fails for an unknown flag only
	return c
}

// importCommand is the command as it is to be given again.
func importCommand(name string, files, units []string, cfg objective.Config, out string) []string {
	words := append([]string{name, "dataset", "import-archgym"}, files...)
	for _, list := range []struct {
		flag   string
		values []string
	}{{"--unit", units}, {"--minimise", cfg.Minimise}, {"--maximise", cfg.Maximise}, {"--out", []string{out}}} {
		for _, v := range list.values {
			words = append(words, list.flag, v)
		}
	}
	return words
}

// readTrajectories reads the files; origin is the hash of their content.
func readTrajectories(table *archgym.Table, files []string, skip bool) (origin string, err error) {
	sum := sha256.New()
	for _, name := range files {
		info, err := os.Stat(name)
		if err != nil {
			return "", err
		}
		if !info.Mode().IsRegular() {
			return "", fmt.Errorf("%s is not a regular file", name)
		}
		f, err := os.Open(name)
		if err != nil {
			return "", err
		}
		err = errors.Join(table.Read(name, io.TeeReader(f, sum), skip), f.Close())
		if err != nil {
			return "", err
		}
	}
	return hex.EncodeToString(sum.Sum(nil)), nil
}

// writeImported says what was imported: the axes and the ranges of the metrics show whether the units are right.
func writeImported(out io.Writer, dir string, m *archgym.Imported) error {
	r, err := dataset.Open(filepath.Join(dir, sweep.DatasetName))
	if err != nil {
		return err
	}
	s, err := dataset.Summarise(r)
	if err := errors.Join(err, r.Close()); err != nil {
		return err
	}
	w := newTable(out)
	fmt.Fprintf(w, "%s, %s\n\nmetric\tunit\tvalues\tmin\tmean\tmax\n", report.Counted(r.Len(), "row"), report.Counted(len(r.Studies()), "study"))
	for _, c := range s.Columns {
		if name, ok := strings.CutPrefix(c.Name, dataset.MetricPrefix); ok {
			fmt.Fprintf(w, "%s\t%s\t%d\t%s\t%s\t%s\n", name, dash(c.Unit), c.Values, short(c.Min), short(c.Mean), short(c.Max))
		}
	}
	fmt.Fprint(w, "\naxis\tkind\tlevels\n")
	for _, p := range m.Studies[0].Spec.Space.Params() {
		fmt.Fprintf(w, "%s\t%s\t%d\n", p.Name, p.Kind, p.Levels())
	}
	if err := w.Flush(); err != nil {
		return err
	}
	for _, note := range m.Notes {
		fmt.Fprintf(out, "note: %s\n", note)
	}
	_, err = fmt.Fprintf(out, "results  %s\n", dir)
	return err
}
