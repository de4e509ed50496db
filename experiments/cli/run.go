package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/proxy"
	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/experiments/trained"
	"github.com/codesign-gym/codesign/experiments/verify"
	"github.com/codesign-gym/codesign/internal/suggest"
)

func (p Program) run() *cobra.Command {
	var o sweep.Options
	var dry bool
	check := recheck{designs: verify.DefaultDesigns}
	var policy string
	var net network
	c := &cobra.Command{
		Use: "run FILE.toml|EXPERIMENT", Short: "run an experiment file: the main job",
		Long: "Plans the file, or the built-in experiment of that name (see `list experiments`), into studies, runs them, and writes the dataset,\n" +
			"timings, manifest and report into the output folder. Interrupted (Ctrl-C) or killed, it continues with --resume; neither that nor\n" +
			"--workers changes a byte of the dataset.\n\n" +
			"A file with save_policies = true leaves what each agent learned in the folder's " + sweep.PoliciesName + ". With --policy such a policy is evaluated\n" +
			"without learning on the file's scenarios; of the file's agents only the one that it was trained as takes part.\n\n" +
			"With --listen or --nats the work is done by workers (see worker) on this and other machines; the dataset stays the same. --workers N then\n" +
			"adds N of this process.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: cobra.FixedCompletions(p.experiments(), cobra.ShellCompDirectiveDefault),
		RunE: func(c *cobra.Command, a []string) (err error) {
			if err := net.check(c); err != nil {
				return err
			}
			plan, err := p.plan(a[0])
			if err != nil {
				return err
			}
			opened := plan
			defer func() { err = errors.Join(err, opened.Close()) }()
			if policy != "" {
				if plan, err = evaluatePolicy(c, plan, policy); err != nil {
					return err
				}
			}
			if dry {
				return dryRun(c.Context(), c.OutOrStdout(), plan)
			}
			if o.Out == "" {
				o.Out = filepath.Join("results", strings.TrimSuffix(filepath.Base(a[0]), ".toml"))
				if policy != "" {
					o.Out += "-evaluated"
				}
			}
			o.Version = p.Version
			o.Command = append([]string{p.Name, "run", a[0], "--out", o.Out}, net.words()...)
			if check.with != "" { // before the work: a tool that is not there is a mistake to be told at once
				if err := check.open(c.Context()); err != nil {
					return err
				}
			}
			if policy != "" {
				o.Command = append(o.Command, "--policy", policy)
			}
			return p.runPlan(c, plan, o, check, &net)
		},
	}
	c.Flags().StringVar(&o.Out, "out", "", "results `folder` (default results/<file name>, with --policy results/<file name>-evaluated)")
	c.Flags().IntVar(&o.Workers, "workers", 0, "studies and evaluations at a time (0 = one a CPU); never changes results")
	c.Flags().BoolVar(&o.Resume, "resume", false, "continue an unfinished results folder of the same file")
	c.Flags().StringVar(&policy, "policy", "", "evaluate the trained policy in this `file`, without learning")
	_ = c.MarkFlagDirname("out") // fails for an unknown flag only
	check.flags(c, "verify-with", "after the run, re-check the best designs on this `tool` ("+recheckNames()+"); see verify")
	c.Flags().StringVar(&net.listen, "listen", "", "have the work done by workers that join at this `address`: :4222 for this machine, 0.0.0.0:4222 for all")
	net.flags(c)
	c.Flags().DurationVar(&net.lease, "lease", queue.DefaultLease, "how long a worker may be silent before its work is given to another")
	c.Flags().BoolVar(&dry, "dry-run", false, "check the file, count the trials and estimate the time; write nothing")
	return c
}

// evaluatePolicy is the plan of evaluating the policy in a file.
func evaluatePolicy(c *cobra.Command, plan *sweep.Plan, path string) (*sweep.Plan, error) {
	policy, err := trained.Read(path)
	if err != nil {
		return nil, usage(fmt.Errorf("--policy: %w", err))
	}
	if plan, err = plan.Evaluate(policy); err != nil {
		return nil, usage(err)
	}
	fmt.Fprintf(c.ErrOrStderr(), "evaluating without learning: %v\n", policy)
	return plan, nil
}

// maxWorkers bounds --workers.
const maxWorkers = 4096

// plan reads and checks a file; a name without a file behind it may be one of the built-in experiments.
func (p Program) plan(path string) (*sweep.Plan, error) {
	f, err := file.Read(path)
	if errors.Is(err, fs.ErrNotExist) {
		f, err = p.builtin(path, err)
	}
	if err != nil {
		return nil, usage(err)
	}
	plan, err := sweep.NewPlan(f, p.Catalog)
	return plan, usage(err)
}

// builtin is the built-in experiment of a name; missing is the error of one that cannot be a name, but a file's.
func (p Program) builtin(name string, missing error) (*file.File, error) {
	known := p.experiments()
	name = strings.TrimSuffix(name, ".toml")
	if slices.Contains(known, name) {
		source, err := fs.ReadFile(p.Experiments, name+".toml")
		if err != nil {
			return nil, err
		}
		return file.Parse(name+".toml", source)
	}
	if len(known) == 0 || strings.ContainsRune(name, os.PathSeparator) {
		return nil, missing
	}
	return nil, fmt.Errorf("%w, and %w", missing, suggest.Unknown("built-in experiment", name, known))
}

// experiments lists the names of the built-in experiments.
func (p Program) experiments() []string {
	if p.Experiments == nil {
		return nil
	}
	names, _ := fs.Glob(p.Experiments, "*.toml") // fails on a bad pattern only
	for i, n := range names {
		names[i] = strings.TrimSuffix(n, ".toml")
	}
	return names
}

func (p Program) runPlan(c *cobra.Command, plan *sweep.Plan, o sweep.Options, check recheck, net *network) error {
	if o.Workers < 0 || o.Workers > maxWorkers {
		return usage(fmt.Errorf("--workers %d out of range [0, %d], 0 = one a CPU", o.Workers, maxWorkers))
	}
	if err := proxy.Check(plan, p.Catalog); err != nil {
		return usage(err)
	}
	if lowered := plan.File.Lowered(); lowered != "" {
		fmt.Fprintf(c.ErrOrStderr(), "note: %s\n", lowered)
	}
	o.Finish = p.finish(c.ErrOrStderr())
	end := func(sweep.Outcome, error) {}
	if net.coordinates() {
		fleet, err := p.coordinate(c, net, plan, o.Workers)
		if err != nil {
			return err
		}
		o.Fleet, end = fleet, fleet.close
	}
	start := time.Now()
	stop := showProgress(c.ErrOrStderr(), plan, &o)
	outcome, err := sweep.Run(c.Context(), plan, o)
	end(outcome, err)
	stop()
	writeNotes(c.ErrOrStderr(), outcome.Notes)
	if errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("%w\nwhat is recorded is kept; with space on the disk continue with\n  %s", err, o.ResumeCommand())
	}
	if err != nil {
		return err
	}
	if outcome.Status != sweep.Complete {
		return fmt.Errorf("%w: %d of %d studies are finished, nothing is lost; continue with\n  %s", errInterrupted, outcome.Studies, len(plan.Studies), o.ResumeCommand())
	}
	if c.Context().Err() != nil {
		return fmt.Errorf("%w: but all studies are finished; see them with\n  %s report %s", errInterrupted, p.Name, o.Out)
	}
	took := time.Since(start).Round(10 * time.Millisecond)
	verified, err := p.recheck(c.Context(), o.Out, check)
	if err != nil {
		return err
	}
	summed, err := p.loadSweep(o.Out)
	if err != nil {
		return err
	}
	page, err := summarise(c.OutOrStdout(), o.Out, summed)
	if err != nil {
		return err
	}
	if check.with != "" {
		fmt.Fprintln(c.OutOrStdout())
		if err := writeRecheck(c.OutOrStdout(), verified, verify.Path(o.Out, check.tool)); err != nil {
			return err
		}
	}
	fmt.Fprintf(c.OutOrStdout(), "\n%s, %s in %s\ndataset  %s\n", report.Counted(outcome.Studies, "study"), report.Counted(int(outcome.Trials), "trial"), took, filepath.Join(o.Out, sweep.DatasetName))
	if details := filepath.Join(o.Out, sweep.ArtifactsName); exists(details) {
		fmt.Fprintf(c.OutOrStdout(), "details  %s\n", details)
	}
	if policies := filepath.Join(o.Out, sweep.PoliciesName); exists(policies) {
		fmt.Fprintf(c.OutOrStdout(), "policies %s\n", policies)
	}
	if fitted := filepath.Join(o.Out, proxy.FileName); exists(fitted) {
		fmt.Fprintf(c.OutOrStdout(), "proxy    %s\n", fitted)
	}
	fmt.Fprintf(c.OutOrStdout(), "report   %s\n", page)
	if err := verify.Failures(verified); err != nil {
		return err
	}
	if outcome.Stopped > 0 {
		return fmt.Errorf("%d of %d studies were stopped: more than %d of their evaluations failed", outcome.Stopped, outcome.Studies, plan.File.MaxFailed)
	}
	return nil
}

// finish is what follows the studies: what explains the best designs, then the proxies that the file asks for.
func (p Program) finish(progress io.Writer) func(context.Context, *sweep.Plan, string) ([]string, error) {
	return func(ctx context.Context, plan *sweep.Plan, dir string) ([]string, error) {
		notes, err := results.Explain(ctx, plan, dir)
		if err != nil {
			return notes, err
		}
		tables, err := proxy.Drift(dir)
		if err != nil {
			return notes, err
		}
		if plan.File.Proxy != nil {
			study, err := proxy.RunStudy(ctx, plan, p.Catalog, dir, func(what string) { fmt.Fprintf(progress, "proxy: %s\n", what) })
			if err != nil {
				return notes, usage(fmt.Errorf("proxy: %w", err))
			}
			tables = append(tables, study.Tables()...)
		}
		if tables == nil {
			return notes, nil
		}
		return notes, results.WriteExtras(dir, tables)
	}
}

// recheck re-checks the best designs of a folder, if a tool was asked for.
func (p Program) recheck(ctx context.Context, dir string, check recheck) (out results.Recheck, err error) {
	if check.with == "" {
		return out, nil
	}
	err = p.withFolder(dir, func(f *results.Folder) error {
		out, err = check.folder(ctx, f)
		return err
	})
	return out, err
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
