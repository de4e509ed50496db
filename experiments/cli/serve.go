package cli

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/dashboard"
	"github.com/codesign-gym/codesign/web"
)

func (p Program) serve() *cobra.Command {
	var listen, token string
	c := &cobra.Command{
		Use: "serve DIR", Short: "a live dashboard of running and finished sweeps, for a browser",
		Long: "Shows a results folder, or all of a folder of results folders, in a browser: progress, best designs so far, workers, failing trials, tables of\n" +
			"studies and trials; new sweeps appear. It only reads: runs do not notice it. Ctrl-C ends it.\n\n" +
			"Without --listen on another address it is for this machine only. An address that other machines reach asks for a token: --token, " + tokenVariable + ",\n" +
			"or a new one that is printed. Traffic is not encrypted: beyond a network that you trust use an SSH tunnel.",
		Args: args(cobra.ExactArgs(1)), ValidArgsFunction: completeFolders,
		RunE: func(c *cobra.Command, a []string) error {
			if c.Flags().Changed("token") && token == "" {
				return usage(errors.New("--token is empty: leave it out for a new one"))
			}
			if token == "" {
				token = os.Getenv(tokenVariable)
			}
			if err := dashboard.Check(a[0]); err != nil {
				return usage(err)
			}
			l, token, made, err := dashboard.Listen(listen, token)
			if err != nil {
				return usage(err)
			}
			o := dashboard.Options{Root: a[0], Catalog: p.Catalog, Token: token}
			o.Script, o.Style, _ = web.Page("dashboard")
			s, err := dashboard.New(c.Context(), o)
			if err != nil {
				return errors.Join(usage(err), l.Close())
			}
			fmt.Fprintf(c.OutOrStdout(), "%s of %s at %s\n", sweeps(s.Sweeps()), a[0], address(l, token, made))
			if o.Script == "" {
				fmt.Fprintln(c.ErrOrStderr(), "note: this program was built without the page's scripts (make build, where Node is): a plain page is served")
			}
			return s.Serve(l)
		},
	}
	c.Flags().StringVar(&listen, "listen", "127.0.0.1:8080", "`address` to listen at: host:port, without a host this machine only, port 0 for any free one")
	c.Flags().StringVar(&token, "token", "", "`word` that a browser must give; better in "+tokenVariable+": the list of processes shows flags")
	return c
}

// address is where a browser finds the dashboard; a token that was made is in it, one that was given its owner knows.
func address(l net.Listener, token string, made bool) string {
	host, port, _ := net.SplitHostPort(l.Addr().String()) // of a listener's address
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		host = "localhost"
		if name, err := os.Hostname(); err == nil {
			host = name
		}
	}
	u := url.URL{Scheme: "http", Host: net.JoinHostPort(host, port), Path: "/"}
	if made {
		u.RawQuery = url.Values{"token": {token}}.Encode()
	}
	return u.String()
}

func sweeps(n int) string {
	if n == 1 {
		return "1 sweep"
	}
	return fmt.Sprintf("%d sweeps", n)
}
