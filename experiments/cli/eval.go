package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"slices"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/wrap"
)

func (p Program) eval() *cobra.Command {
	e := evaluation{}
	var set []string
	c := &cobra.Command{
		Use: "eval SIMULATOR [points.jsonl]", Short: "evaluate designs: JSON lines in (axis: value), JSON lines out",
		Long: "Each input line is a design: a JSON object of axis to value (see `describe`). Each output line has the design and its metrics, or why it has none.\n" +
			"Without a file, or with -, designs are read from standard input.",
		Args: args(cobra.RangeArgs(1, 2)), ValidArgsFunction: p.completeNames(p.Catalog.Names()),
		RunE: func(c *cobra.Command, a []string) error {
			at := slices.IndexFunc(p.Catalog.Simulators, func(f simulators.Factory) bool { return f.Name == a[0] })
			if at < 0 {
				var names []string
				for _, f := range p.Catalog.Simulators {
					names = append(names, f.Name)
				}
				return usage(suggest.Unknown("simulator", a[0], names))
			}
			factory := p.Catalog.Simulators[at]
			given, err := parseSet(factory.Settings, set)
			if err != nil {
				return err
			}
			if e.instance, _, err = factory.Open(given); err != nil {
				return usage(err)
			}
			out := bufio.NewWriter(c.OutOrStdout())
			err = e.run(c.Context(), c.InOrStdin(), a[1:], out)
			return errors.Join(err, out.Flush())
		},
	}
	c.Flags().StringArrayVar(&set, "set", nil, "a setting, `key=value`; repeatable")
	c.Flags().IntVar(&e.sample, "sample", 0, "evaluate `N` random designs instead of reading any")
	c.Flags().Uint64Var(&e.seed, "seed", 0, "seed of --sample")
	c.Flags().StringVar(&e.detail, "detail", "", "write what explains each design into this `folder`")
	return c
}

// evaluation is one `eval`.
type evaluation struct {
	instance simulators.Instance
	sample   int
	seed     uint64
	detail   string
	done     int // designs evaluated so far
}

// evalBatch is how many designs are evaluated at a time.
const evalBatch = 256

func (e *evaluation) run(ctx context.Context, stdin io.Reader, files []string, out io.Writer) error {
	sim, _ := wrap.Stack(e.instance, wrap.Options{Pool: wrap.NewPool(runtime.NumCPU())})
	if e.sample > 0 {
		if len(files) > 0 {
			return usage(errors.New("--sample draws designs: give no file with it"))
		}
		return e.random(ctx, sim, out)
	}
	name, in := "standard input", stdin
	if len(files) == 1 && files[0] != "-" {
		f, err := os.Open(files[0])
		if err != nil {
			return usage(err)
		}
		defer f.Close() //nolint:errcheck // read only
		name, in = files[0], f
	}
	return e.lines(ctx, sim, name, in, out)
}

func (e *evaluation) random(ctx context.Context, sim simulators.Simulator, out io.Writer) error {
	s, rng := sim.Spec().Space, seed.New(e.seed, "eval")
	for left := e.sample; left > 0; {
		batch := make([]space.Point, min(left, evalBatch))
		for i := range batch {
			batch[i] = s.Sample(rng)
		}
		left -= len(batch)
		if err := e.batch(ctx, sim, batch, out); err != nil {
			return err
		}
	}
	return nil
}

// lines reads designs; a line that is none ends the reading, after the lines before it are evaluated.
func (e *evaluation) lines(ctx context.Context, sim simulators.Simulator, name string, in io.Reader, out io.Writer) error {
	scanner := bufio.NewScanner(in)
	scanner.Buffer(nil, 1<<20)
	var batch []space.Point
	var mistake error
	for line := 1; mistake == nil && scanner.Scan(); line++ {
		if len(bytes.TrimSpace(scanner.Bytes())) == 0 {
			continue
		}
		p, err := parseDesign(sim.Spec().Space, scanner.Bytes())
		if err != nil {
			mistake = usage(fmt.Errorf("%s:%d: %w", name, line, err))
			break
		}
		if batch = append(batch, p); len(batch) == evalBatch {
			if err := e.batch(ctx, sim, batch, out); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if err := scanner.Err(); err != nil && mistake == nil {
		mistake = usage(fmt.Errorf("%s: %w", name, err))
	}
	return errors.Join(e.batch(ctx, sim, batch, out), mistake)
}

func parseDesign(s space.Space, line []byte) (space.Point, error) {
	d := json.NewDecoder(bytes.NewReader(line))
	var design space.Design
	if err := d.Decode(&design); err != nil {
		return nil, fmt.Errorf("not a JSON object of axis to value: %w", err)
	}
	if d.More() {
		return nil, errors.New("more than one JSON value in the line")
	}
	return s.Point(design)
}

// batch evaluates designs and writes their lines.
func (e *evaluation) batch(ctx context.Context, sim simulators.Simulator, points []space.Point, out io.Writer) error {
	results, err := sim.Evaluate(ctx, points)
	if err != nil {
		return err
	}
	for i, r := range results {
		if _, err := out.Write(append(resultLine(sim.Spec(), points[i], r), '\n')); err != nil {
			return err
		}
		if err := e.explain(ctx, points[i], r); err != nil {
			return err
		}
		e.done++
	}
	return nil
}

// explain writes a design's artefacts, named by its line in the output.
func (e *evaluation) explain(ctx context.Context, p space.Point, r simulators.Result) error {
	if e.detail == "" || e.instance.Detail == nil || r.Values == nil {
		return nil
	}
	artifacts, err := e.instance.Detail(ctx, p)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(e.detail, 0o755); err != nil {
		return usage(err)
	}
	for _, a := range artifacts {
		path := filepath.Join(e.detail, fmt.Sprintf("%06d-%s", e.done+1, a.Name))
		f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
		if err != nil {
			return usage(err)
		}
		if _, err := f.Write(a.Data); err != nil {
			return errors.Join(err, f.Close())
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}
