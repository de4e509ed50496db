package cli

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func (p Program) eval() *cobra.Command {
	var names, set []string
	for _, f := range p.Catalog.Simulators {
		names = append(names, f.Name)
	}
	var sample int
	var sampleSeed uint64
	var program string
	e := evaluation{}
	c := &cobra.Command{
		Use: "eval SIMULATOR [points.jsonl]", Short: "evaluate designs: JSON lines in (axis: value), JSON lines out",
		Long: "Each input line is a design: a JSON object of axis to value (see `describe`). Each output line has the design and its metrics, or why it has none.\n" +
			"Without a file, or with -, designs are read from standard input; a line is answered before the next one is waited for.",
		Args: namedOrProgram(&program, cobra.RangeArgs(1, 2), cobra.MaximumNArgs(1)), ValidArgsFunction: completeFirst(names),
		RunE: func(c *cobra.Command, a []string) error {
			if program == "" {
				signal.Reset(os.Interrupt, syscall.SIGTERM) // nothing is to be finished: a signal ends it, while it waits for input too
			}
			var named []string
			if program == "" {
				named, a = a[:1], a[1:]
			}
			return p.withProgram(c.Context(), program, named, func(catalog sweep.Catalog, name string, _ bool) error {
				p.Catalog = catalog
				if err := e.open(p, name, set); err != nil {
					return err
				}
				e.out = bufio.NewWriterSize(c.OutOrStdout(), 1<<16)
				if c.Flags().Changed("sample") {
					if sample < 1 || len(a) > 0 {
						return usage(errors.New("--sample N evaluates N ≥ 1 random designs, and takes no file"))
					}
					return e.random(c.Context(), sample, sampleSeed)
				}
				return e.files(c.Context(), c.InOrStdin(), a)
			})
		},
	}
	c.Flags().StringArrayVar(&set, "set", nil, "a setting, `key=value`; repeatable")
	programFlag(c, &program)
	c.Flags().IntVar(&sample, "sample", 0, "evaluate `N` random designs instead of reading any")
	c.Flags().Uint64Var(&sampleSeed, "seed", 0, "seed of --sample")
	c.Flags().StringVar(&e.detail, "detail", "", "write what explains each design into this `folder`, in new files named by output line")
	_ = c.MarkFlagDirname("detail") // fails for an unknown flag only
	return c
}

// evaluation is one `eval`.
type evaluation struct {
	instance  simulators.Instance
	simulator simulators.Simulator // of the instance, wrapped
	out       *bufio.Writer
	detail    string
	done      int // designs evaluated so far
}

// evalBatch is how many designs are evaluated at a time, at most.
const evalBatch = 256

// open makes the simulator of a name.
func (e *evaluation) open(p Program, name string, set []string) error {
	if slices.ContainsFunc(p.Catalog.Environments, func(f env.Factory) bool { return f.Name == name }) {
		return usage(fmt.Errorf("%s is an environment with state: there are actions to take in it, but no designs to evaluate", name))
	}
	factory, err := p.simulator(name)
	if err != nil {
		return err
	}
	given, err := parseSet(factory.Settings, set)
	if err != nil {
		return err
	}
	if e.instance, _, err = factory.Open(given); err != nil {
		return usage(err)
	}
	if e.detail != "" && e.instance.Detail == nil {
		return usage(fmt.Errorf("--detail: %s has nothing that explains a design", name))
	}
	e.simulator, _ = wrap.Stack(e.instance, wrap.Options{Pool: wrap.NewPool(runtime.NumCPU())})
	return nil
}

// random evaluates n designs that a seed draws.
func (e *evaluation) random(ctx context.Context, n int, root uint64) error {
	s, rng := e.simulator.Spec().Space, seed.New(root, "eval")
	for n > 0 {
		batch := make([]space.Point, min(n, evalBatch))
		for i := range batch {
			batch[i] = s.Sample(rng)
		}
		n -= len(batch)
		if err := e.batch(ctx, batch); err != nil {
			return err
		}
	}
	return nil
}

// files evaluates the designs of the only file, or of standard input.
func (e *evaluation) files(ctx context.Context, stdin io.Reader, names []string) error {
	if len(names) == 0 || names[0] == "-" {
		return e.lines(ctx, "standard input", stdin)
	}
	f, err := os.Open(names[0])
	if err != nil {
		return usage(err)
	}
	defer f.Close() // read only
	return e.lines(ctx, names[0], f)
}

// lines evaluates the designs of a text as they come. A line that is no design ends it, after the lines before it.
func (e *evaluation) lines(ctx context.Context, name string, in io.Reader) error {
	lines := designLines{name: name, in: bufio.NewReaderSize(in, maxLine), space: e.simulator.Spec().Space}
	for {
		batch, err := lines.next(evalBatch)
		if failure := e.batch(ctx, batch); failure != nil {
			return failure
		}
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return usage(err)
		}
	}
}

// batch evaluates designs and writes their lines.
func (e *evaluation) batch(ctx context.Context, points []space.Point) error {
	results, err := e.simulator.Evaluate(ctx, points)
	if err != nil {
		return err
	}
	for i, r := range results {
		if err := e.explain(ctx, points[i], r); err != nil {
			return errors.Join(err, e.out.Flush())
		}
		if _, err := e.out.Write(append(resultLine(e.simulator.Spec(), points[i], r), '\n')); err != nil {
			return err
		}
		e.done++
	}
	return e.out.Flush()
}

// explain writes a design's artefacts, named by its line in the output.
func (e *evaluation) explain(ctx context.Context, p space.Point, r simulators.Result) error {
	if e.detail == "" || r.Values == nil {
		return nil
	}
	artifacts, err := sweep.Explain(ctx, e.instance, p, 0)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(e.detail, 0o755); err != nil {
		return usage(err)
	}
	for _, a := range artifacts {
		path := filepath.Join(e.detail, fmt.Sprintf("%06d-%s", e.done+1, a.Name))
		err := createNew(path, func(w io.Writer) error {
			_, err := bytes.NewReader(a.Data).WriteTo(w)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
