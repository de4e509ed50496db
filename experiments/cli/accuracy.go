package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	measured "github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/simulators/accuracy"
	"github.com/codesign-gym/codesign/simulators/accuracy/fit"
)

func (p Program) accuracy() *cobra.Command {
	c := &cobra.Command{Use: "accuracy", Short: "accuracy models of neural networks"}
	c.AddCommand(p.accuracyFit())
	return c
}

func (p Program) accuracyFit() *cobra.Command {
	var searched, dataset, column, out, source string
	var labels int
	var o fit.Options
	c := &cobra.Command{
		Use: "fit TABLE.csv --space NAME --column NAME", Short: "fit a surrogate of accuracy to a table of measured networks",
		Long: "Fits a small ensemble of nets to the measured accuracies of the networks of a search space. The error that it states is measured on every\n" +
			"fifth class of networks, which that fit did not see; the model that it writes is then fitted to all. The same table, options and seed\n" +
			"give the same file. The simulator accuracy reads it: oracle = \"surrogate\", file = the model.",
		Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, a []string) error {
			if searched == "" || column == "" {
				return usage(errors.New("--space and --column are needed: the search space of the networks, and the column of their accuracies"))
			}
			s, data, err := nas.Open(searched, dataset)
			if err != nil {
				return usage(err)
			}
			rows, _, err := accuracy.ReadTable("TABLE", a[0], s, column)
			if err != nil {
				return usage(err)
			}
			if labels != 0 {
				return fewLabels(c, s, data, rows, labels, out, o)
			}
			m, err := fit.Surrogate(s, rows, o)
			if err != nil {
				return usage(err)
			}
			m.Space, m.Dataset, m.Source = searched, data.Name, source
			fmt.Fprintf(c.OutOrStdout(), "%s on %s: %d networks in %d classes; on %d held-out networks: Kendall tau %.4f, Spearman %.4f, RMSE %.3f points\n",
				searched, data.Name, m.Rows, m.Classes, m.Errors.Rows, m.Errors.Kendall, m.Errors.Spearman, m.Errors.RMSEPercent)
			if out == "" {
				return nil
			}
			var file bytes.Buffer
			if err := m.Write(&file); err != nil {
				return err
			}
			if err := os.WriteFile(out, file.Bytes(), 0o644); err != nil {
				return usage(err)
			}
			fmt.Fprintf(c.OutOrStdout(), "model    %s (%d bytes)\n", out, file.Len())
			return nil
		},
	}
	f := c.Flags()
	f.StringVar(&searched, "space", "", "search `space`: nb201, nbmacro, ofa")
	f.StringVar(&dataset, "dataset", "", "`data set` of the accuracies (default the space's first)")
	f.StringVar(&column, "column", "", "`column` of the accuracies, in percent")
	f.StringVar(&out, "out", "", "`file` for the model; without it only the errors are measured")
	f.StringVar(&source, "source", "", "`text` that says where the accuracies come from, kept in the model")
	f.IntVar(&labels, "labels", 0, fmt.Sprintf("instead, measure what so many `networks` are worth: the errors of fits to them, mean of %d draws", labelDraws))
	f.Uint64Var(&o.Seed, "seed", 0, "`seed` of the fit")
	f.IntVar(&o.Nets, "nets", fit.DefaultNets, "`nets` of the ensemble")
	f.IntVar(&o.Hidden, "hidden", fit.DefaultHidden, "`units` of each of the two hidden layers")
	f.IntVar(&o.Epochs, "epochs", fit.DefaultEpochs, "`passes` over the classes")
	f.IntVar(&o.Pretrain, "pretrain", 0, fmt.Sprintf("`passes` over the networks' free statistics first; %d helps with few labels", fit.DefaultPretrain))
	f.Float64Var(&o.RankingLoss, "ranking-loss", 0, "`weight` of the pairwise ranking loss beside the squared error")
	_ = c.RegisterFlagCompletionFunc("space", cobra.FixedCompletions([]string{"nb201", "nbmacro", "ofa"}, cobra.ShellCompDirectiveNoFileComp))
	return c
}

// labelDraws is how many choices of few networks are measured.
const labelDraws = 5

// fewLabels prints the errors of fits to few networks.
func fewLabels(c *cobra.Command, s nas.Named, data nas.Dataset, rows []measured.Row, labels int, out string, o fit.Options) error {
	if out != "" {
		return usage(errors.New("--labels writes no model: leave --out or --labels out"))
	}
	e, err := fit.FewLabels(s, measured.Classes(s, rows), labels, labelDraws, o)
	if err != nil {
		return usage(err)
	}
	fmt.Fprintf(c.OutOrStdout(), "%s from %d networks, mean of %d draws; on %d held-out classes of networks: Kendall tau %.4f, Spearman %.4f, RMSE %.3f points\n",
		data.Name, labels, labelDraws, e.Rows, e.Kendall, e.Spearman, e.RMSEPercent)
	return nil
}
