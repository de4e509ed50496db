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
	// A pipe without a reader is an error of the write, not a signal that ends the process before it has cleaned up.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)

	out := &output{to: p.Stdout, ctx: ctx}
	p.Stdout = out
	root := p.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if err == nil {
		err = out.err
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		err = errInterrupted
	}
	code := status(err)
	if code != 0 {
		fmt.Fprintf(p.Stderr, "%s: %v\n", p.Name, err)
	}
	return code
}

var (
	errInterrupted = errors.New("interrupted")
	errNoReader    = errors.New("nobody reads the output any more") // of `| head`: all is well
)

// status is the exit status for an error.
func status(err error) int {
	switch {
	case err == nil, errors.Is(err, errNoReader):
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
