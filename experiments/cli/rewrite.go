package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

func (p Program) datasetMerge() *cobra.Command {
	var out string
	var allowed dataset.Merging
	c := &cobra.Command{
		Use: "merge DIR DIR… --out DIR", Short: "several datasets as one",
		Long: "Writes the studies of all folders into a new one. Versions of one simulator that differ, units of one column that differ, and a study that two of\n" +
			"them have are refused: --any-version keeps rows of several versions, --any-unit leaves the unit out.",
		Args: args(cobra.MinimumNArgs(2)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, dirs []string) error {
			return p.withReaders(c, dirs, func(readers []*dataset.Reader) error {
				words := append([]string{"merge"}, dirs...)
				if allowed.AnyVersion {
					words = append(words, "--any-version")
				}
				if allowed.AnyUnit {
					words = append(words, "--any-unit")
				}
				err := p.made(c, out, words, readers, func(to string) error {
					if err := dataset.Conflicts(readers, allowed); err != nil {
						return usage(err)
					}
					return dataset.Merge(to, readers, allowed)
				})
				if err != nil {
					return err
				}
				return p.withRows(c, out, func(f *results.Folder) error { return writeMerged(c.OutOrStdout(), dirs, readers, f.Reader) })
			})
		},
	}
	outFlag(c, &out)
	c.Flags().BoolVar(&allowed.AnyVersion, "any-version", false, "merge versions of one simulator, whose numbers are not the same")
	c.Flags().BoolVar(&allowed.AnyUnit, "any-unit", false, "merge columns of one name with several units, and leave the unit out")
	return c
}

// writeMerged says what a merge made of which rows.
func writeMerged(out io.Writer, dirs []string, from []*dataset.Reader, merged *dataset.Reader) error {
	var parts []string
	for i, r := range from {
		parts = append(parts, fmt.Sprintf("%d of %s", r.Len(), dirs[i]))
	}
	fmt.Fprintf(out, "rows     %d: %s\n", merged.Len(), strings.Join(parts, ", "))
	repeats, err := dataset.Repeats(merged)
	if err != nil {
		return usage(err)
	}
	_, err = fmt.Fprintf(out, "repeats  %d, of designs that an earlier row has, or failed: dataset dedupe drops them\n", repeats)
	return err
}

func (p Program) datasetDedupe() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use: "dedupe DIR --out DIR", Short: "each design once, failed evaluations left out",
		Long: "Keeps of each design the first row that did not fail, for each simulator, version, fidelity and settings.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			return p.withRows(c, a[0], func(f *results.Folder) error {
				dropped := 0
				err := p.made(c, out, []string{"dedupe", a[0]}, []*dataset.Reader{f.Reader}, func(to string) (err error) {
					dropped, err = dataset.Dedupe(to, f.Reader)
					return err
				})
				if err == nil {
					fmt.Fprintf(c.OutOrStdout(), "dropped  %d of %d rows\n", dropped, f.Reader.Len())
				}
				return err
			})
		},
	}
	outFlag(c, &out)
	return c
}

func (p Program) datasetSplit() *cobra.Command {
	var out, by string
	s := dataset.Splitting{}
	c := &cobra.Command{
		Use: "split DIR --out DIR", Short: "two parts, DIR/train and DIR/test, that share no design, no outcome or no workload",
		Long: "Cuts a dataset such that what belongs together stays together:\n\n" +
			"  --by design    all rows of a design on one side, whatever the workload\n" +
			"  --by outcome   designs with equal results on every workload on one side too: they differ in nothing that a model could tell\n" +
			"  --by workload  all rows of one simulator with the same settings on one side\n" +
			"  --by time      the last trials of each study are the test\n" +
			"  --holdout S    all rows of the scenario S are the test",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			if out == "" {
				return usage(errors.New("--out is missing: name a new folder for train and test"))
			}
			if by == "time" {
				s.Latest = true
			} else if err := s.By.UnmarshalText([]byte(by)); err != nil {
				return usage(fmt.Errorf("%w or time", err))
			}
			return p.withRows(c, a[0], func(f *results.Folder) error { return p.split(c, a[0], out, by, f.Reader, s) })
		},
	}
	outFlag(c, &out)
	c.Flags().StringVar(&by, "by", "outcome", "what stays `together`: "+strings.Join(dataset.Bys(), ", ")+" or time")
	c.Flags().StringVar(&s.Holdout, "holdout", "", "a `scenario` to hold out")
	c.Flags().Float64Var(&s.Share, "share", 0.2, "`share` of the test, between 0 and 1")
	c.Flags().Uint64Var(&s.Seed, "seed", 0, "`seed` that draws the sides")
	return c
}

// split writes both parts.
func (p Program) split(c *cobra.Command, from, out, by string, r *dataset.Reader, s dataset.Splitting) error {
	sides, err := s.Second(r)
	if err != nil {
		return usage(err)
	}
	rows := [2]int{}
	for _, second := range sides {
		if second {
			rows[1]++
		} else {
			rows[0]++
		}
	}
	if rows[0] == 0 || rows[1] == 0 {
		return usage(fmt.Errorf("parts of %d and %d rows: there are too few groups to part", rows[0], rows[1]))
	}
	words := []string{"split", from, "--by", by, "--share", fmt.Sprint(s.Share), "--seed", fmt.Sprint(s.Seed)}
	if s.Holdout != "" {
		words = append(words, "--holdout", s.Holdout)
	}
	for i, name := range []string{"train", "test"} {
		err := p.made(c, filepath.Join(out, name), words, []*dataset.Reader{r}, func(to string) error {
			at := -1
			return dataset.Rewrite(to, []*dataset.Reader{r}, func(int, *dataset.Record) bool {
				at++
				return sides[at] == (i == 1)
			})
		})
		if err != nil {
			return err
		}
		fmt.Fprintf(c.OutOrStdout(), "%-8s %d rows\n", name, rows[i])
	}
	return nil
}

// made writes a results folder that is made of earlier results, and says where it is.
func (p Program) made(c *cobra.Command, out string, words []string, from []*dataset.Reader, write func(to string) error) error {
	if out == "" {
		return usage(errors.New("--out is missing: name a new folder for the results"))
	}
	command := append(append([]string{p.Name, "dataset"}, words...), "--out", out)
	err := sweep.WriteMade(out, sweep.Made{
		Name: resultsName(out), Origin: strings.Join(command, "\x00"), Version: p.Version, Command: command,
		Notes: []string{"made of the rows of other folders"}, Write: write, Workloads: p.workloads(from),
	})
	if err == nil {
		fmt.Fprintf(c.OutOrStdout(), "results  %s\n", out)
	}
	return err
}

// workloads are those of datasets in numbers, where the simulator of the catalogue that evaluated them says some.
func (p Program) workloads(from []*dataset.Reader) (list []dataset.Workload) {
	seen := map[string]bool{}
	for _, r := range from {
		for _, s := range r.Studies() {
			task := s.Simulator + string(s.Settings)
			at := slices.IndexFunc(p.Catalog.Simulators, func(f simulators.Factory) bool { return f.Name == s.Simulator })
			var settings map[string]any
			if at < 0 || seen[task] || json.Unmarshal(s.Settings, &settings) != nil {
				continue
			}
			seen[task] = true
			in, _, err := p.Catalog.Simulators[at].Open(settings)
			if err == nil && in.Features != nil && in.Simulator.Spec().Version == s.Version {
				list = append(list, dataset.Workload{Scenario: s.Scenario, Features: in.Features()})
			}
		}
	}
	return list
}

// withReaders opens several results folders.
func (p Program) withReaders(c *cobra.Command, dirs []string, use func([]*dataset.Reader) error) error {
	var open func(dirs []string, readers []*dataset.Reader) error
	open = func(dirs []string, readers []*dataset.Reader) error {
		if len(dirs) == 0 {
			return use(readers)
		}
		return p.withRows(c, dirs[0], func(f *results.Folder) error { return open(dirs[1:], append(readers, f.Reader)) })
	}
	return open(dirs, nil)
}

// outFlag is --out of a command that makes a results folder.
func outFlag(c *cobra.Command, out *string) {
	c.Flags().StringVar(out, "out", "", "new results `folder`")
	_ = c.MarkFlagDirname("out") // fails for an unknown flag only
}
