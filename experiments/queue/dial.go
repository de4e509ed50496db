package queue

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/codesign-gym/codesign/internal/suggest"
)

// Dialing says how a NATS server or cluster is reached.
type Dialing struct {
	URL         string // nats://host:port or tls://host:port, with token@ or user:password@; several with commas between them
	Token       string // where the URL has none
	Credentials string // file with a user's JWT and seed
	CA          string // file with the certificates to trust; empty = the system's
	Cert, Key   string // files with the client's own certificate
	Name        string // of this client
}

// ErrUnreachable says that no server answered; others may later.
var ErrUnreachable = errors.New("no NATS server answers")

// Dial connects, and keeps the connection up: after a break it is made again, for ever.
func Dial(ctx context.Context, d Dialing) (*nats.Conn, error) {
	if err := d.checkScheme(); err != nil {
		return nil, err
	}
	options := []nats.Option{
		nats.Name(d.Name), nats.Timeout(5 * time.Second), nats.MaxReconnects(-1), nats.ReconnectWait(200 * time.Millisecond), nats.ReconnectBufSize(-1),
		nats.PingInterval(5 * time.Second), nats.IgnoreAuthErrorAbort(),
	}
	if d.Token != "" {
		options = append(options, nats.Token(d.Token))
	}
	if d.Credentials != "" {
		if _, err := os.Stat(d.Credentials); err != nil {
			return nil, fmt.Errorf("credentials: %w", err)
		}
		options = append(options, nats.UserCredentials(d.Credentials))
	}
	secure, err := ClientTLS(d.CA, d.Cert, d.Key)
	if err != nil {
		return nil, err
	}
	if secure != nil {
		options = append(options, nats.Secure(secure))
	}
	conn, err := nats.Connect(d.URL, options...)
	if err != nil {
		return nil, d.explain(ctx, err)
	}
	return conn, nil
}

// checkScheme refuses addresses of another protocol.
func (d Dialing) checkScheme() error {
	known := []string{"nats", "tls", "ws", "wss"}
	for text := range strings.SplitSeq(d.URL, ",") {
		if scheme, _, given := strings.Cut(strings.TrimSpace(text), "://"); given && !slices.Contains(known, scheme) {
			return suggest.Unknown("scheme of a NATS server", scheme, known)
		}
	}
	return nil
}

// explain says why there is no connection.
func (d Dialing) explain(ctx context.Context, err error) error {
	where := d.shown()
	switch _, unresolved := errors.AsType[*net.DNSError](err); {
	case unresolved: // as long as a service of this name is being made
		return fmt.Errorf("%w at %s: %w", ErrUnreachable, where, err)
	case errors.Is(err, nats.ErrAuthorization), errors.Is(err, nats.ErrAuthExpired), errors.Is(err, nats.ErrAuthRevoked):
		return fmt.Errorf("the server at %s refuses these credentials: %w", where, err)
	case errors.Is(err, nats.ErrNoServers), errors.Is(err, nats.ErrTimeout):
		cause := err
		if u, bad := url.Parse(strings.Split(d.URL, ",")[0]); bad == nil && u.Host != "" {
			address := u.Host
			if u.Port() == "" {
				address = net.JoinHostPort(u.Hostname(), "4222")
			}
			dialer := net.Dialer{Timeout: 2 * time.Second}
			probe, refused := dialer.DialContext(ctx, "tcp", address)
			if refused != nil {
				cause = refused
			} else {
				_ = probe.Close()
			}
		}
		return fmt.Errorf("%w at %s: %w", ErrUnreachable, where, cause)
	}
	return fmt.Errorf("NATS server at %s: %w", where, err)
}

// shown is the URL without its secrets.
func (d Dialing) shown() string {
	list := strings.Split(d.URL, ",")
	for i, text := range list {
		if u, err := url.Parse(strings.TrimSpace(text)); err == nil && u.User != nil {
			u.User = url.User("…")
			list[i] = strings.Replace(u.String(), url.User("…").String(), "…", 1)
		}
	}
	return strings.Join(list, ",")
}

// ClientTLS is what a client needs for TLS; nil when nothing is given, and then the URL decides.
func ClientTLS(ca, cert, key string) (*tls.Config, error) {
	if ca == "" && cert == "" && key == "" {
		return nil, nil
	}
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if ca != "" {
		text, err := os.ReadFile(ca)
		if err != nil {
			return nil, fmt.Errorf("certificates: %w", err)
		}
		config.RootCAs = x509.NewCertPool()
		if !config.RootCAs.AppendCertsFromPEM(text) {
			return nil, fmt.Errorf("certificates: %s holds none", ca)
		}
	}
	if cert != "" || key != "" {
		own, err := tls.LoadX509KeyPair(cert, key)
		if err != nil {
			return nil, fmt.Errorf("certificate: %w", err)
		}
		config.Certificates = []tls.Certificate{own}
	}
	return config, nil
}

// ServerTLS is what a server needs for TLS; nil when nothing is given. With ca, clients must have a certificate that it signs.
func ServerTLS(ca, cert, key string) (*tls.Config, error) {
	config, err := ClientTLS(ca, cert, key)
	if config == nil || err != nil {
		return nil, err
	}
	if len(config.Certificates) == 0 {
		return nil, errors.New("a server needs a certificate and its key")
	}
	if config.RootCAs != nil {
		config.ClientCAs, config.ClientAuth = config.RootCAs, tls.RequireAndVerifyClientCert
	}
	return config, nil
}

// streams is JetStream on a connection, known to be there.
func streams(ctx context.Context, conn *nats.Conn) (jetstream.JetStream, error) {
	js, err := jetstream.New(conn)
	if err != nil {
		return nil, err
	}
	_, err = js.AccountInfo(ctx)
	if errors.Is(err, jetstream.ErrJetStreamNotEnabled) || errors.Is(err, jetstream.ErrJetStreamNotEnabledForAccount) || errors.Is(err, nats.ErrNoResponders) {
		return nil, errors.New("the NATS server has no JetStream (nats-server -js)")
	}
	return js, err
}
