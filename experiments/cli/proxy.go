package cli

import (
	"errors"
	"io"

	"github.com/spf13/cobra"

	model "github.com/codesign-gym/codesign/simulators/proxy"
)

func (p Program) proxy() *cobra.Command {
	c := &cobra.Command{
		Use: "proxy", Short: "learn a stand-in of a simulator from a dataset, measure its error, compare models",
		Long: "A proxy predicts the metrics of a design in microseconds. Fitted to a dataset it is one file, and a simulator named " + model.Prefix + "FILE in experiment\n" +
			"files and commands.",
	}
	c.AddCommand(p.proxyFit(), p.proxyEval(), p.proxyCompare(), p.proxyTransfer(), p.proxyCorrect(), p.proxyActive(), p.proxyExport())
	return c
}

func (p Program) proxyExport() *cobra.Command {
	var out string
	c := &cobra.Command{
		Use: "export FILE --out FILE.onnx", Short: "the models of a proxy as an ONNX graph, for other runtimes", Args: args(cobra.ExactArgs(1)),
		RunE: func(c *cobra.Command, a []string) error {
			if out == "" {
				return usage(errors.New("--out is missing: name a new file for the graph"))
			}
			fitted, err := model.ReadFile(a[0])
			if err != nil {
				return usage(err)
			}
			graph, err := fitted.ONNX()
			if err != nil {
				return usage(err)
			}
			return createNew(out, func(w io.Writer) error {
				_, err := w.Write(graph)
				return err
			})
		},
	}
	c.Flags().StringVar(&out, "out", "", "new `file` of the graph")
	return c
}
