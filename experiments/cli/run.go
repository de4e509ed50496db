package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

func (p Program) run() *cobra.Command {
	var o sweep.Options
	var dry bool
	c := &cobra.Command{
		Use: "run FILE.toml", Short: "run an experiment file: the main job",
		Long: "Plans the file into studies, runs them, and writes the dataset, timings, manifest and report into the output folder.\n" +
			"Interrupted (Ctrl-C) or killed, it continues with --resume; neither that nor --workers changes a byte of the dataset.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: p.completeExperiments,
		RunE: func(c *cobra.Command, a []string) error {
			plan, err := p.plan(a[0])
			if err != nil {
				return err
			}
			if dry {
				return dryRun(c.Context(), c.OutOrStdout(), plan)
			}
			if o.Out == "" {
				o.Out = filepath.Join("results", strings.TrimSuffix(filepath.Base(a[0]), ".toml"))
			}
			o.Version = p.Version
			o.Command = []string{p.Name, "run", a[0], "--out", o.Out}
			return p.runPlan(c, plan, o)
		},
	}
	c.Flags().StringVar(&o.Out, "out", "", "results `folder` (default results/<file name>)")
	c.Flags().IntVar(&o.Workers, "workers", 0, "studies and evaluations at a time (default one a CPU); never changes results")
	c.Flags().BoolVar(&o.Resume, "resume", false, "continue an unfinished results folder of the same file")
	c.Flags().BoolVar(&dry, "dry-run", false, "check the file, count the trials and estimate the time; write nothing")
	return c
}

// maxWorkers bounds --workers.
const maxWorkers = 4096

// plan reads and checks a file; a name without a file behind it may be one of the built-in experiments.
func (p Program) plan(path string) (*sweep.Plan, error) {
	f, err := file.Read(path)
	if errors.Is(err, fs.ErrNotExist) && p.Experiments != nil {
		name := strings.TrimSuffix(path, ".toml") + ".toml"
		if source, builtin := fs.ReadFile(p.Experiments, name); builtin == nil {
			f, err = file.Parse(name, source)
		}
	}
	if err != nil {
		return nil, usage(err)
	}
	plan, err := sweep.NewPlan(f, p.Catalog)
	return plan, usage(err)
}

func (p Program) runPlan(c *cobra.Command, plan *sweep.Plan, o sweep.Options) error {
	if o.Workers < 0 || o.Workers > maxWorkers {
		return usage(fmt.Errorf("--workers %d out of range [1, %d]", o.Workers, maxWorkers))
	}
	start := time.Now()
	stop := showProgress(c.ErrOrStderr(), plan, &o)
	outcome, err := sweep.Run(c.Context(), plan, o)
	stop()
	for _, note := range outcome.Notes {
		fmt.Fprintf(c.ErrOrStderr(), "note: %s\n", note)
	}
	if err != nil {
		return err
	}
	if outcome.Status != sweep.Complete {
		fmt.Fprintf(c.ErrOrStderr(), "interrupted: %d of %d studies are finished, nothing is lost; continue with\n  %s\n",
			outcome.Studies, len(plan.Studies), o.ResumeCommand())
		return errInterrupted
	}
	s, err := p.loadSweep(o.Out)
	if err != nil {
		return err
	}
	if err := report.Table(c.OutOrStdout(), s); err != nil {
		return err
	}
	page := filepath.Join(o.Out, reportName)
	if err := writeReport(page, s); err != nil {
		return err
	}
	fmt.Fprintf(c.OutOrStdout(), "\n%d studies, %d trials in %s\ndataset  %s\nreport   %s\n", outcome.Studies, plan.Trials(),
		time.Since(start).Round(10*time.Millisecond), filepath.Join(o.Out, "dataset"), page)
	return nil
}

const reportName = "report.html"

// dryRun shows what a run would do.
func dryRun(ctx context.Context, out io.Writer, plan *sweep.Plan) error {
	estimates, err := plan.Estimate(ctx)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "scenario\tsimulator\tdesigns\tstudies\ttrials\tone evaluation\tall, one worker")
	var total time.Duration
	for _, e := range estimates {
		all := e.Evaluation * time.Duration(e.Trials)
		total += all
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\t%v\t%v\n", e.Scenario, e.Simulator, e.Designs, e.Studies, e.Trials, e.Evaluation, all.Round(time.Millisecond))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "\n%d studies, %d trials at most. Estimate: %v of simulation in one worker, from %d timed evaluations a scenario;\n"+
		"without agents, and repeated designs cost less. Nothing was written.\n", len(plan.Studies), plan.Trials(), total.Round(time.Millisecond), estimates[0].Measured)
	return err
}

func (p Program) completeExperiments(_ *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
	var names []string
	if p.Experiments != nil {
		names, _ = fs.Glob(p.Experiments, "*.toml")
		for i, n := range names {
			names[i] = strings.TrimSuffix(n, ".toml")
		}
	}
	return append(names, "toml"), cobra.ShellCompDirectiveDefault
}

// writeReport writes the HTML report whole or not at all.
func writeReport(path string, s report.Sweep) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return usage(err)
	}
	err = errors.Join(report.HTML(f, s), f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}
