package queue_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/queue"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// certificate writes a certificate of 127.0.0.1 that signs itself, and its key.
func certificate(t *testing.T) (cert, key string) {
	t.Helper()
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	signed, err := x509.CreateCertificate(rand.Reader, template, template, &private.PublicKey, private)
	require.NoError(t, err)
	secret, err := x509.MarshalECPrivateKey(private)
	require.NoError(t, err)
	write := func(name, kind string, der []byte) string {
		path := filepath.Join(t.TempDir(), name)
		require.NoError(t, os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
		return path
	}
	return write("cert.pem", "CERTIFICATE", signed), write("key.pem", "EC PRIVATE KEY", secret)
}

func TestServersSpeakTLS(t *testing.T) {
	cert, key := certificate(t)
	_, err := queue.ServerTLS(cert, "", "")
	require.EqualError(t, err, "a server needs a certificate and its key")
	for name, ca := range map[string]string{"the server's certificate": "", "certificates of both": cert} {
		t.Run(name, func(t *testing.T) {
			secure, err := queue.ServerTLS(ca, cert, key)
			require.NoError(t, err)
			s, err := queue.Listen(queue.Serving{Address: ":0", TLS: secure})
			require.NoError(t, err)
			defer s.Close()
			require.Regexp(t, `^tls://127\.0\.0\.1:`, s.URL())
			_, err = queue.Dial(t.Context(), queue.Dialing{URL: s.URL()})
			require.ErrorContains(t, err, "certificate", "nobody trusts it")
			d := queue.Dialing{URL: s.URL(), CA: cert}
			if ca != "" {
				_, err = queue.Dial(t.Context(), d)
				require.Error(t, err, "a client without a certificate")
				d.Cert, d.Key = cert, key
			}
			conn, err := queue.Dial(t.Context(), d)
			require.NoError(t, err)
			conn.Close()
			own, err := s.Connect()
			require.NoError(t, err, "within the process")
			own.Close()
		})
	}
}

// TestALostQueueIsMadeAgain: a server that others run may lose it.
func TestALostQueueIsMadeAgain(t *testing.T) {
	text := one("random", 20, "", "repeats = 3\n")
	want := local(t, text)
	p := plan(t, text)
	f := newFleet(t, p, 200*time.Millisecond)
	conn, err := f.server.Connect()
	require.NoError(t, err)
	defer conn.Close()
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	queued := func() uint64 {
		s, err := js.Stream(t.Context(), "codesign_work")
		if err != nil {
			return 0
		}
		return s.CachedInfo().State.Msgs
	}
	dir, ended := filepath.Join(t.TempDir(), "out"), make(chan error, 1)
	go func() {
		outcome, err := sweep.Run(context.Background(), p, sweep.Options{Out: dir, Fleet: f.c})
		f.c.Close(outcome.Status, err)
		ended <- err
	}()
	require.Eventually(t, func() bool { return queued() == 3 }, 10*time.Second, time.Millisecond)
	require.NoError(t, js.DeleteStream(t.Context(), "codesign_work"))
	require.Eventually(t, func() bool { return queued() == 3 }, 10*time.Second, time.Millisecond)
	require.Contains(t, f.said.text(), "the queue was lost, and is made again")
	_, err = queue.Work(t.Context(), f.working(t, 1))
	require.NoError(t, err)
	require.NoError(t, <-ended)
	same(t, want, contents(t, dir))
}

// TestARunOnAServerOfOthers: with a token and a subject prefix, and the queue on the server's disk. Nothing is left on the server.
func TestARunOnAServerOfOthers(t *testing.T) {
	text := one("random", 20, "", "repeats = 3\n")
	want := local(t, text)
	s, err := queue.Listen(queue.Serving{Address: ":0", Token: "secret"})
	require.NoError(t, err)
	defer s.Close()
	dial := func() *nats.Conn {
		conn, err := queue.Dial(t.Context(), queue.Dialing{URL: s.URL()})
		require.NoError(t, err)
		t.Cleanup(conn.Close)
		return conn
	}
	p, conn := plan(t, text), dial()
	c, err := queue.Coordinate(t.Context(), queue.Coordinating{
		Conn: conn, Prefix: "team.alice", Plan: p, Catalog: catalog().Hash(), Build: build(t), Lasting: true,
	})
	require.NoError(t, err)
	worked := make(chan error, 1)
	worker := dial()
	go func() {
		_, err := queue.Work(t.Context(), queue.Working{Conn: worker, Prefix: "team.alice", Catalog: catalog(), Build: build(t), Workers: 1})
		worked <- err
	}()
	dir := filepath.Join(t.TempDir(), "out")
	outcome, err := sweep.Run(t.Context(), p, sweep.Options{Out: dir, Fleet: c})
	require.NoError(t, err)
	js, err := jetstream.New(conn)
	require.NoError(t, err)
	stream, err := js.Stream(t.Context(), "team_alice_work")
	require.NoError(t, err)
	require.Equal(t, jetstream.FileStorage, stream.CachedInfo().Config.Storage)
	c.Close(outcome.Status, nil)
	require.NoError(t, <-worked)
	same(t, want, contents(t, dir))
	_, err = js.Stream(t.Context(), "team_alice_work")
	require.ErrorIs(t, err, jetstream.ErrStreamNotFound)
}
