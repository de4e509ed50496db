package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/simulators/timeloop"
)

func (p Program) mapLayer() *cobra.Command {
	var q timeloop.Request
	var out, svg string
	c := &cobra.Command{
		Use: "map FILE…", Short: "cost a mapping of a layer on a memory hierarchy, or search the best one",
		Long: "Reads Timeloop's files: architecture, problem, mapping, constraints, mapper, ERT and ART, in YAML or TOML, any sections in any file.\n" +
			"Prints the loop nest, a table of its levels, and the totals. Without a mapping, or with --search, the best one is searched.",
		Example: "  codesign map arch.yaml problem.yaml mapping.yaml\n  codesign map arch.yaml constraints.yaml --network resnet50 --layer conv1 --minimise cycles,energy",
		Args:    args(cobra.MinimumNArgs(1)),
		RunE: func(c *cobra.Command, paths []string) error {
			files, err := timeloop.Load(paths)
			if err != nil {
				return usage(err)
			}
			if c.Flags().Changed("budget") && q.Budget < 1 {
				return usage(errors.New("--budget N evaluates N ≥ 1 mappings"))
			}
			q.Files = files
			answer, err := timeloop.Map(q)
			if err != nil {
				return usage(err)
			}
			for _, note := range answer.Notes {
				fmt.Fprintf(c.ErrOrStderr(), "note: %s\n", note)
			}
			if _, err := c.OutOrStdout().Write(answer.Text); err != nil {
				return err
			}
			for _, file := range []struct {
				path string
				data []byte
			}{{out, answer.Mapping}, {svg, answer.SVG}} {
				if file.path == "" {
					continue
				}
				err := createNew(file.path, func(w io.Writer) error {
					_, err := w.Write(file.data)
					return err
				})
				if err != nil {
					return err
				}
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&q.Network, "network", "", "`network` of the zoo, for a layer in place of a problem file")
	f.StringVar(&q.Layer, "layer", "", "`layer` of the network: its name, or its index from 0")
	f.StringVar(&q.Technology, "technology", "", "`table` of energies and areas where the files have none")
	f.BoolVar(&q.Search, "search", false, "search, although the files give a mapping")
	f.StringVar(&q.Algorithm, "algorithm", "", "`algorithm` of the search: hybrid, exhaustive, random, annealing, genetic")
	f.StringSliceVar(&q.Objectives, "minimise", nil, "`metrics` in their order: edp, energy, cycles, outermost_accesses")
	f.IntVar(&q.Budget, "budget", 0, "evaluate `N` mappings at most (default 10000)")
	f.Uint64Var(&q.Seed, "seed", 1, "seed of the search")
	f.BoolVar(&q.Imperfect, "imperfect", false, "let factors leave a rest of their dimension")
	f.StringVar(&out, "out", "", "write the mapping into this new `file`, as Timeloop reads it")
	f.StringVar(&svg, "svg", "", "draw the loop nest into this new `file`")
	return c
}
