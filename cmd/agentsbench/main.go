// Command agentsbench measures the agents of the catalogue on the test functions and writes their tables beside those of reference agents:
// see package experiments/agentsbench, or `make agents-bench`. It goes on where an earlier run in the same folder stopped.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/experiments/agentsbench"
	"github.com/codesign-gym/codesign/internal/functions"
	"github.com/codesign-gym/codesign/internal/suggest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
	case err != nil:
		fmt.Fprintln(os.Stderr, "agentsbench:", err)
		stop()
		os.Exit(1)
	}
}

// settings are the flags.
type settings struct {
	options           agentsbench.Options
	out, readme       string
	agents, functions string
}

// run is the program: bars to out, progress to log.
func run(ctx context.Context, args []string, out, log io.Writer) error {
	s, err := parse(args, log)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(s.out, 0o755); err != nil {
		return err
	}
	reference, err := agentsbench.Reference()
	if err != nil {
		return err
	}
	file, err := agentsbench.OpenFile(filepath.Join(s.out, "raw.csv"))
	if err != nil {
		return err
	}
	err = agentsbench.Measure(ctx, s.options, file, log)
	if err := errors.Join(err, file.Close()); err != nil {
		return err
	}
	runs := agentsbench.Collect(file.Rows(), reference)
	err = agentsbench.WriteTables(s.out, runs)
	if s.readme != "" {
		err = errors.Join(err, agentsbench.UpdateSection(s.readme, runs))
	}
	return errors.Join(err, agentsbench.WriteBars(out, runs))
}

// parse reads the flags.
func parse(args []string, log io.Writer) (settings, error) {
	var s settings
	flags := flag.NewFlagSet("agentsbench", flag.ContinueOnError)
	flags.SetOutput(log)
	flags.StringVar(&s.agents, "agents", "", "`names` of agents, separated by commas, name/grouping for a policy's grouping; default: the whole catalogue")
	flags.StringVar(&s.functions, "functions", "", "`names` of functions, separated by commas; default: all eleven")
	flags.IntVar(&s.options.Seeds, "seeds", 20, "number of seeds, from 0")
	flags.IntVar(&s.options.Budget, "budget", 1000, "trials of each run")
	flags.IntVar(&s.options.Workers, "workers", runtime.NumCPU(), "runs at the same time; 1 for undisturbed times")
	flags.StringVar(&s.out, "out", filepath.Join("results", "agents-bench"), "`folder` of raw.csv, medians.csv, ranks.csv, comparisons.csv and tables.md; runs in raw.csv are not measured again")
	flags.StringVar(&s.readme, "readme", "", "`file` whose marked section is replaced by the tables")
	if err := flags.Parse(args); err != nil {
		return s, err
	}
	var errs []error
	if flags.NArg() > 0 {
		errs = append(errs, fmt.Errorf("unknown argument %q: there are only flags", flags.Arg(0)))
	}
	for _, number := range []struct {
		name string
		is   int
	}{{"seeds", s.options.Seeds}, {"budget", s.options.Budget}, {"workers", s.options.Workers}} {
		if number.is < 1 {
			errs = append(errs, fmt.Errorf("--%s is %d: want at least 1", number.name, number.is))
		}
	}
	errs = append(errs, s.choose())
	return s, errors.Join(errs...)
}

// choose finds the agents and functions by name.
func (s *settings) choose() error {
	list := catalog.Agents()
	var names []string
	for _, f := range list {
		names = append(names, f.Name)
	}
	if s.agents != "" {
		names = strings.Split(s.agents, ",")
	}
	var err error
	s.options.Entries, err = agentsbench.Entries(list, names...)
	errs := []error{err}
	s.options.Functions = functions.All()
	if s.functions != "" {
		known := make(map[string]functions.Function)
		var order []string
		for _, f := range s.options.Functions {
			known[f.Name] = f
			order = append(order, f.Name)
		}
		s.options.Functions = nil
		for name := range strings.SplitSeq(s.functions, ",") {
			f, ok := known[name]
			if !ok {
				errs = append(errs, suggest.Unknown("function", name, order))
			}
			s.options.Functions = append(s.options.Functions, f)
		}
	}
	return errors.Join(errs...)
}
