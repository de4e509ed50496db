package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// tokenVariable is the environment variable with the token of a NATS server.
const tokenVariable = "CODESIGN_TOKEN"

// network is the flags that say where the processes of a distributed run meet.
type network struct {
	listen, url, prefix, credentials, ca, cert, key string
	lease                                           time.Duration
}

// flags adds those that coordinators and workers share.
func (n *network) flags(c *cobra.Command) {
	c.Flags().StringVar(&n.url, "nats", "", "NATS server or cluster (`URL`, several with commas) where coordinator and workers meet; token from "+tokenVariable)
	c.Flags().StringVar(&n.prefix, "nats-prefix", queue.DefaultPrefix, "first part of all subjects; one run at a time uses it")
	c.Flags().StringVar(&n.credentials, "nats-creds", "", "`file` with a NATS user's credentials")
	c.Flags().StringVar(&n.ca, "nats-ca", "", "`file` with the certificates to trust")
	c.Flags().StringVar(&n.cert, "nats-cert", "", "`file` with the own certificate")
	c.Flags().StringVar(&n.key, "nats-key", "", "`file` with its key")
}

// coordinates tells whether the run is a distributed one.
func (n *network) coordinates() bool { return n.listen != "" || n.url != "" }

// check reports flags that make no sense together.
func (n *network) check(c *cobra.Command) error {
	switch {
	case n.listen != "" && n.url != "":
		return usage(errors.New("--listen starts a server and --nats uses another one: give one of them"))
	case n.listen != "" && n.credentials != "":
		return usage(errors.New("--nats-creds is for a server that others run; clients of --listen give the token in " + tokenVariable))
	case n.lease < time.Second || n.lease > time.Hour:
		return usage(fmt.Errorf("--lease %v out of range [1s, 1h]", n.lease))
	}
	for _, name := range []string{"lease", "nats-prefix", "nats-creds", "nats-ca", "nats-cert", "nats-key"} {
		if !n.coordinates() && c.Flags().Changed(name) {
			return usage(fmt.Errorf("--%s is for distributed runs: give --listen or --nats as well", name))
		}
	}
	return n.checkPrefix()
}

func (n *network) checkPrefix() error {
	if err := queue.CheckPrefix(n.prefix); err != nil {
		return usage(fmt.Errorf("--nats-prefix: %w", err))
	}
	return nil
}

// dialing is how the server is reached as a client.
func (n *network) dialing(name string) queue.Dialing {
	return queue.Dialing{URL: n.url, Token: os.Getenv(tokenVariable), Credentials: n.credentials, CA: n.ca, Cert: n.cert, Key: n.key, Name: name}
}

// words are the flags as a command line repeats them, without secrets.
func (n *network) words() []string {
	var words []string
	add := func(flag, value string) {
		if value != "" {
			words = append(words, flag, value)
		}
	}
	add("--listen", n.listen)
	addresses := strings.Split(n.url, ",")
	for i, text := range addresses {
		if u, err := url.Parse(text); err == nil && u.User != nil {
			u.User = nil
			addresses[i] = u.String()
		}
	}
	add("--nats", strings.Join(addresses, ","))
	if n.prefix != queue.DefaultPrefix {
		add("--nats-prefix", n.prefix)
	}
	if n.lease != queue.DefaultLease {
		add("--lease", n.lease.String())
	}
	add("--nats-creds", n.credentials)
	add("--nats-ca", n.ca)
	add("--nats-cert", n.cert)
	add("--nats-key", n.key)
	return words
}

// coordinator is a run's side of its fleet.
type coordinator struct {
	*queue.Coordinator
	close func(outcome sweep.Outcome, failure error)
}

// coordinate starts serving workers, own ones too if there are to be any.
func (p Program) coordinate(c *cobra.Command, n *network, plan *sweep.Plan, own int) (_ *coordinator, err error) {
	say := newSpeaker(c.ErrOrStderr())
	var undo []func()
	end := func() {
		for i := len(undo) - 1; i >= 0; i-- {
			undo[i]()
		}
	}
	defer func() {
		if err != nil {
			end()
		}
	}()
	build, err := sweep.CurrentBuild(p.Version)
	if err != nil {
		return nil, err
	}
	o := queue.Coordinating{Prefix: n.prefix, Plan: plan, Catalog: p.Catalog.Hash(), Build: build, Lease: n.lease, Lasting: n.url != "", Notice: say.printf}
	if n.url != "" {
		o.Conn, err = queue.Dial(c.Context(), n.dialing("coordinator"))
	} else {
		secure, wrong := queue.ServerTLS(n.ca, n.cert, n.key)
		if wrong != nil {
			return nil, usage(wrong)
		}
		server, wrong := queue.Listen(queue.Serving{Address: n.listen, Token: os.Getenv(tokenVariable), TLS: secure})
		if wrong != nil {
			return nil, usage(wrong)
		}
		undo = append(undo, server.Close)
		say.printf("workers join with: %s worker --nats %s%s", p.Name, server.URL(), whereFrom(server))
		o.Conn, err = server.Connect()
	}
	if err != nil {
		return nil, usage(err)
	}
	undo = append(undo, o.Conn.Close)
	fleet, err := queue.Coordinate(c.Context(), o)
	if err != nil {
		return nil, usage(err)
	}
	working, stop := context.WithCancel(c.Context())
	var here sync.WaitGroup
	if own > 0 {
		here.Go(func() {
			w := queue.Working{Conn: o.Conn, Prefix: n.prefix, Catalog: p.Catalog, Build: build, Workers: own}
			if _, err := queue.Work(working, w); err != nil && working.Err() == nil {
				say.printf("the own worker ended: %v", err)
			}
		})
	}
	return &coordinator{fleet, func(outcome sweep.Outcome, failure error) {
		if outcome.Status == "" {
			outcome.Status = sweep.Broken
		}
		fleet.Close(outcome.Status, failure)
		stop()
		here.Wait()
		end()
	}}, nil
}

// whereFrom warns when only this machine reaches the server.
func whereFrom(s *queue.Server) string {
	if s.Local() {
		return " (on this machine; for others listen on an address, for example --listen 0.0.0.0:4222)"
	}
	return ""
}

// speaker writes lines for people from several goroutines; on a terminal over a progress bar.
type speaker struct {
	mu    sync.Mutex
	to    io.Writer
	clear string
}

func newSpeaker(to io.Writer) *speaker {
	s := &speaker{to: to}
	if isTerminal(to) {
		s.clear = "\r\x1b[K"
	}
	return s
}

func (s *speaker) printf(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	fmt.Fprintf(s.to, s.clear+format+"\n", args...)
}
