package queue

import (
	"crypto/rand"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats-server/v2/server"
	"github.com/nats-io/nats.go"
)

// Serving says how a coordinator's own server listens.
type Serving struct {
	Address  string // host:port; without a host this machine only
	Token    string // that clients must give; empty = none on this machine, a new one beyond it
	TLS      *tls.Config
	StartFor time.Duration // how long the server may take to start; 0 = 10 s
}

// Server is a NATS server with JetStream in this process. It keeps nothing: journals do.
type Server struct {
	nats  *server.Server
	store string
	token string
	tls   bool
	host  string // as it was given
}

// Listen starts a server.
func Listen(s Serving) (*Server, error) {
	host, port, err := listenAddress(s.Address)
	if err != nil {
		return nil, err
	}
	if s.Token == "" && !isLoopback(host) {
		s.Token = rand.Text()
	}
	store, err := os.MkdirTemp("", "codesign-queue-")
	if err != nil {
		return nil, err
	}
	heard := &lastError{}
	options := &server.Options{
		ServerName: "codesign", Host: host, Port: port, Authorization: s.Token, TLSConfig: s.TLS, TLS: s.TLS != nil, NoSigs: true,
		JetStream: true, StoreDir: store, JetStreamMaxMemory: 1 << 30, JetStreamMaxStore: 1 << 30, DisableJetStreamBanner: true, MaxPending: 256 << 20,
	}
	ns, err := server.NewServer(options)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("server on %s: %w", s.Address, err), os.RemoveAll(store))
	}
	ns.SetLoggerV2(heard, false, false, false)
	ns.Start()
	if s.StartFor == 0 {
		s.StartFor = 10 * time.Second
	}
	started := &Server{nats: ns, store: store, token: s.Token, tls: s.TLS != nil, host: host}
	if deadline := time.Now().Add(s.StartFor); !readyBefore(ns, heard, deadline) {
		started.Close()
		return nil, fmt.Errorf("server on %s: %s", s.Address, heard.text())
	}
	return started, nil
}

// readyBefore waits for the server to take connections; an error that it reports meanwhile ends the wait.
func readyBefore(ns *server.Server, heard *lastError, deadline time.Time) bool {
	for time.Now().Before(deadline) {
		if ns.ReadyForConnections(50 * time.Millisecond) {
			return true
		}
		if heard.fatal() {
			return false
		}
	}
	return false
}

// Token is what clients must give; empty = nothing.
func (s *Server) Token() string { return s.token }

// Local tells whether the server can be reached from this machine only.
func (s *Server) Local() bool { return isLoopback(s.host) }

// URL is where the server can be reached, the token included. A server on all addresses is told by the machine's name.
func (s *Server) URL() string {
	address := s.nats.Addr().(*net.TCPAddr)
	host := address.IP.String()
	if address.IP.IsUnspecified() {
		host = hostname()
	}
	u := url.URL{Scheme: "nats", Host: net.JoinHostPort(host, strconv.Itoa(address.Port))}
	if s.tls {
		u.Scheme = "tls"
	}
	if s.token != "" {
		u.User = url.User(s.token)
	}
	return u.String()
}

// Connect is a connection within this process.
func (s *Server) Connect() (*nats.Conn, error) {
	options := []nats.Option{nats.InProcessServer(s.nats), nats.Name("coordinator")}
	if s.token != "" {
		options = append(options, nats.Token(s.token))
	}
	return nats.Connect("", options...)
}

// Close ends the server and all its connections.
func (s *Server) Close() {
	s.nats.Shutdown()
	s.nats.WaitForShutdown()
	_ = os.RemoveAll(s.store) // of temporary files
}

// listenAddress takes host:port apart; without a host the server is for this machine only.
func listenAddress(text string) (host string, port int, err error) {
	host, digits, err := net.SplitHostPort(text)
	if err == nil {
		port, err = strconv.Atoi(digits)
	}
	if err != nil || port < 0 || port > 65535 {
		return "", 0, fmt.Errorf("address %q is not host:port with a port in [0, 65535], for example :4222 (this machine only) or 0.0.0.0:4222", text)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	if port == 0 {
		port = server.RANDOM_PORT
	}
	return host, port, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

func hostname() string {
	name, err := os.Hostname()
	if err != nil {
		return "this-machine"
	}
	return name
}

// lastError is the server's logger: it keeps errors for the message of a failed start, and drops the rest.
type lastError struct {
	mu    sync.Mutex
	lines []string
	ended bool
}

func (l *lastError) keep(fatal bool, format string, v []any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = l.ended || fatal
	if len(l.lines) < 10 {
		l.lines = append(l.lines, fmt.Sprintf(format, v...))
	}
}

func (l *lastError) fatal() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.ended
}

func (l *lastError) text() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.lines) == 0 {
		return "it did not start in time"
	}
	return strings.Join(l.lines, "; ")
}

// Errorf keeps an error.
func (l *lastError) Errorf(format string, v ...any) { l.keep(false, format, v) }

// Fatalf keeps an error that ends the server.
func (l *lastError) Fatalf(format string, v ...any) { l.keep(true, format, v) }

// Noticef drops a line, as do those below.
func (l *lastError) Noticef(string, ...any) {}

// Warnf drops a line.
func (l *lastError) Warnf(string, ...any) {}

// Debugf drops a line.
func (l *lastError) Debugf(string, ...any) {}

// Tracef drops a line.
func (l *lastError) Tracef(string, ...any) {}
