package cli

import (
	"fmt"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/suggest"
)

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
	root.SetFlagErrorFunc(flagError)
	root.AddCommand(
		p.list(), p.describe(), p.eval(), p.enumerate(), p.run(), p.best(), p.trials(), p.report(), p.serve(), p.dataset(), p.proxy(), p.verify(), p.scalesim(), p.mapLayer(), p.validate(), p.accuracy(), p.env(),
		p.worker(), p.version(),
	)
	strictHelp(root)
	for _, c := range root.Commands() {
		if c.HasSubCommands() {
			group(c)
		}
	}
	group(root)
	return root
}

// group makes a command that only holds others refuse an unknown one; alone it shows its help.
func group(c *cobra.Command) {
	c.Args = func(c *cobra.Command, a []string) error {
		if len(a) == 0 {
			return nil
		}
		return usage(suggest.Unknown("command", a[0], children(c)))
	}
	c.RunE = func(c *cobra.Command, _ []string) error { return c.Help() }
}

// strictHelp adds the library's help and completion commands, and makes a wrong topic of help an error.
func strictHelp(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		if c.Name() != "help" {
			continue
		}
		c.Args = func(_ *cobra.Command, topic []string) error {
			if parent, rest, _ := root.Find(topic); len(rest) > 0 {
				return usage(suggest.Unknown("command", rest[0], children(parent)))
			}
			return nil
		}
	}
}

func children(c *cobra.Command) []string {
	var names []string
	for _, child := range c.Commands() {
		if child.IsAvailableCommand() || child.Name() == "help" {
			names = append(names, child.Name())
		}
	}
	return names
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
		Use: "version", Short: "version, Go version, architecture, hashes of program and catalogue", Args: args(cobra.NoArgs),
		RunE: func(c *cobra.Command, _ []string) error {
			catalog := make(chan string, 1)
			go func() { catalog <- p.Catalog.Hash() }() // each of the hashes takes tens of milliseconds
			b, err := sweep.CurrentBuild(p.Version)
			if err != nil {
				return err
			}
			fmt.Fprintf(c.OutOrStdout(), "%s %s (%s, %s/%s, sha256 %.12s, catalogue %.12s)\n", p.Name, b.Version, b.Go, b.OS, b.Arch, b.SHA256, <-catalog)
			return nil
		},
	}
}

// completeFirst proposes names for the first argument, and files for what follows.
func completeFirst(names []string) cobra.CompletionFunc {
	return func(_ *cobra.Command, before []string, _ string) ([]string, cobra.ShellCompDirective) {
		if len(before) > 0 {
			return nil, cobra.ShellCompDirectiveDefault
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
}

// completeFolders proposes folders.
func completeFolders(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	return nil, cobra.ShellCompDirectiveFilterDirs
}
