package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// Program is what a main offers: its catalogue and where it reads and writes.
type Program struct {
	Name      string // of the command; empty means codesign
	Version   string
	Catalog   sweep.Catalog
	Checks    []simulators.Check
	Workloads []simulators.Workload
	// Experiments holds TOML files that `run` finds by name when no such file exists; may be nil.
	Experiments fs.FS

	Stdin          io.Reader // nil means the process's own, likewise below
	Stdout, Stderr io.Writer
}

// Main runs the command and returns its exit status.
func Main(p Program, args []string) int {
	if p.Name == "" {
		p.Name = "codesign"
	}
	if p.Stdin == nil {
		p.Stdin = os.Stdin
	}
	if p.Stdout == nil {
		p.Stdout = os.Stdout
	}
	if p.Stderr == nil {
		p.Stderr = os.Stderr
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	// After the first signal the default action is restored: a second one ends the process at once.
	context.AfterFunc(ctx, stop)

	root := p.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err != nil && !errors.Is(err, errInterrupted) {
		fmt.Fprintf(p.Stderr, "%s: %v\n", p.Name, err)
	}
	return status(err)
}

var (
	errInterrupted = errors.New("interrupted")
	errDifference  = errors.New("the check found differences")
)

// status is the exit status for an error.
func status(err error) int {
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errInterrupted):
		return 130
	}
	if _, ok := errors.AsType[*sweep.UsageError](err); ok {
		return 2
	}
	if _, ok := errors.AsType[*journal.CorruptError](err); ok {
		return 2
	}
	if _, ok := errors.AsType[*journal.IdentityError](err); ok {
		return 2
	}
	return 1
}

// usage marks an error as the user's mistake; nil stays nil.
func usage(err error) error {
	if err == nil {
		return nil
	}
	return &sweep.UsageError{Err: err}
}

func (p Program) root() *cobra.Command {
	root := &cobra.Command{
		Use:           p.Name,
		Short:         "a gym for hardware and neural-architecture co-design",
		Long:          "Search hardware designs with agents over fast, exact simulators: run sweeps from TOML files, evaluate designs, collect datasets.",
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	root.SetIn(p.Stdin)
	root.SetOut(p.Stdout)
	root.SetErr(p.Stderr)
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage(err) })
	root.AddCommand(
		p.list(), p.describe(), p.eval(), p.run(), p.best(), p.trials(), p.report(), p.dataset(), p.validate(), p.version(),
	)
	return root
}

// args makes a wrong number of arguments the user's mistake.
func args(check cobra.PositionalArgs) cobra.PositionalArgs {
	return func(c *cobra.Command, a []string) error {
		if err := check(c, a); err != nil {
			return usage(fmt.Errorf("%w; usage: %s", err, c.UseLine()))
		}
		return nil
	}
}

func (p Program) version() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "version, Go version and architecture", Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			b, err := sweep.CurrentBuild(p.Version)
			if err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "%s %s (%s, %s/%s, sha256 %.12s)\n", p.Name, b.Version, b.Go, b.OS, b.Arch, b.SHA256)
			return nil
		},
	}
}
