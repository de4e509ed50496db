package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/web"
)

// withFolder opens a results folder, lets use work on it, and closes it.
func (p Program) withFolder(dir string, use func(*results.Folder) error) error {
	f, err := results.Open(dir, p.Catalog)
	if err != nil {
		return usage(err)
	}
	return errors.Join(use(f), f.Close())
}

// withRows is withFolder for what walks the dataset: that its folder is unfinished must be told beside the output.
func (p Program) withRows(c *cobra.Command, dir string, use func(*results.Folder) error) error {
	return p.withFolder(dir, func(f *results.Folder) error {
		if f.Manifest.Status != sweep.Complete {
			fmt.Fprintf(c.ErrOrStderr(), "note: %s is unfinished (%s): these are the trials so far\n", dir, f.Manifest.Status)
		}
		return use(f)
	})
}

// loadSweep sums up a results folder.
func (p Program) loadSweep(dir string) (s report.Sweep, err error) {
	err = p.withFolder(dir, func(f *results.Folder) error {
		s, err = f.Sweep()
		return usage(err)
	})
	return s, err
}

func (p Program) report() *cobra.Command {
	var figures string
	c := &cobra.Command{
		Use: "report DIR…", Short: "write report.html into each results folder, and print its table",
		Long: "Writes report.html into each results folder and prints its table. With --figures the report's figures are written as well, each as an SVG file\n" +
			"and its data as CSV, into a folder of that name, with several results folders into one below it each.",
		Args: args(cobra.MinimumNArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, dirs []string) error {
			for i, dir := range dirs {
				if i > 0 {
					fmt.Fprintln(c.OutOrStdout())
				}
				s, err := p.loadSweep(dir)
				if err != nil {
					return err
				}
				page, err := summarise(c.OutOrStdout(), dir, s)
				if err != nil {
					return err
				}
				fmt.Fprintf(c.OutOrStdout(), "report   %s\n", page)
				if figures == "" {
					continue
				}
				to := figures
				if len(dirs) > 1 {
					to = filepath.Join(figures, filepath.Base(dir))
				}
				if err := writeFigures(to, s); err != nil {
					return err
				}
				fmt.Fprintf(c.OutOrStdout(), "figures  %s\n", to)
			}
			return nil
		},
	}
	c.Flags().StringVar(&figures, "figures", "", "write the figures as SVG and CSV into this `folder`")
	_ = c.MarkFlagDirname("figures") // fails for an unknown flag only
	return c
}

// summarise writes a folder's report and prints its table.
func summarise(out io.Writer, dir string, s report.Sweep) (page string, err error) {
	page = filepath.Join(dir, "report.html")
	if err := writeReport(page, s); err != nil {
		return "", err
	}
	return page, report.Table(out, s)
}

// scripts are those that the program was built with.
func scripts() report.Scripts {
	code, style, _ := web.Page("report") // without them the page has still figures
	return report.Scripts{Code: code, Style: style}
}

// writeReport writes the HTML report whole or not at all.
func writeReport(path string, s report.Sweep) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return usage(err)
	}
	err = errors.Join(report.HTML(f, s, scripts()), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
