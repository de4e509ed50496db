package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/simulators/systolic"
)

func (p Program) scalesim() *cobra.Command {
	var config, topology, layout, out, input, traces string
	var design bool
	var clockMHz, dramGBps float64
	c := &cobra.Command{
		Use: "scalesim -c CONFIG.cfg -t TOPOLOGY.csv", Short: "run SCALE-Sim's files on our model, and write its reports",
		Long: "Takes the files and the options of SCALE-Sim's own command, and writes COMPUTE_REPORT.csv, BANDWIDTH_REPORT.csv and,\n" +
			"with SparsitySupport (dataflow ws), SPARSE_REPORT.csv where it would: <-p>/<run_name>. Equal to SCALE-Sim v3 in\n" +
			"mode CALC, without its wait. --design prints the accelerator as a design of the simulator systolic instead: for eval, or for [[start]] of an\n" +
			"experiment file.",
		Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			if config == "" || topology == "" {
				return usage(errors.New("-c and -t are needed: the configuration and the topology"))
			}
			job, err := systolic.RunSCALESim(config, topology, input)
			if err != nil {
				return usage(err)
			}
			if design {
				spec, p, err := job.Design(clockMHz, dramGBps)
				if err != nil {
					return usage(err)
				}
				fmt.Fprintf(c.OutOrStdout(), "%s\n", designText(spec.Space, p))
				return nil
			}
			paths, err := job.Write(out)
			if err != nil {
				return usage(err)
			}
			if ignored := job.Ignored(); ignored != "" {
				fmt.Fprintf(c.ErrOrStderr(), "note: %s: SCALE-Sim does not know these keys: %s\n", config, ignored)
			}
			if layout != "" || c.Flags().Changed("save-trace") {
				fmt.Fprintln(c.ErrOrStderr(), "note: layouts are not read and traces are not written")
			}
			return writeJob(c.OutOrStdout(), job, paths)
		},
	}
	f := c.Flags()
	f.StringVarP(&config, "config", "c", "", "configuration `file`")
	f.StringVarP(&topology, "topology", "t", "", "topology `file`")
	f.StringVarP(&layout, "layout", "l", "", "layout `file`; not read")
	f.StringVarP(&out, "out", "p", "results", "`folder` for the run's folder")
	f.StringVarP(&input, "input", "i", "", "the topology's `type`, conv or gemm (default: what it is)")
	f.StringVarP(&traces, "save-trace", "s", "N", "`Y` or N; traces are not written")
	f.BoolVar(&design, "design", false, "print the accelerator as a design of the simulator systolic, and run nothing")
	f.Float64Var(&clockMHz, "clock", 1000, "clock of the design, in `MHz`")
	f.Float64Var(&dramGBps, "dram-bandwidth", 16, "DRAM bandwidth of the design, in `GB/s`")
	_ = c.MarkFlagDirname("out") // fails for an unknown flag only
	_ = c.RegisterFlagCompletionFunc("input", cobra.FixedCompletions(systolic.SCALESimInputTypes(), cobra.ShellCompDirectiveNoFileComp))
	return c
}

// writeJob writes a line a layer, and the sum.
func writeJob(out io.Writer, j systolic.SCALESimRun, paths []string) error {
	w := newTable(out)
	fmt.Fprintf(w, "layer\tname\tcycles\toverall util %%\tmapping %%\tcompute util %%\n")
	for i, l := range j.Layers {
		fmt.Fprintf(w, "%d\t%s\t%d\t%.2f\t%.2f\t%.2f\n", i, l.Name, l.TotalCycles, 100*l.OverallUtilFrac, 100*l.MappingFrac, 100*l.ComputeUtilFrac)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "%d cycles on %d×%d, %s\n", j.TotalCycles(), j.Config.Rows, j.Config.Cols, j.Config.Dataflow)
	for _, path := range paths {
		fmt.Fprintf(out, "report   %s\n", path)
	}
	return nil
}
