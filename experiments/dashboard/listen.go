package dashboard

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"syscall"
)

// Listen opens the address of a server and settles its token. An address without a host is of this machine only. An address that other machines reach has a
// token: the one that is given, or a new one; made tells so.
func Listen(address, token string) (l net.Listener, settled string, made bool, err error) {
	host, port, err := net.SplitHostPort(address)
	if err != nil {
		return nil, "", false, fmt.Errorf("--listen %q: give host:port, for example 127.0.0.1:8080", address)
	}
	if host == "" {
		host = "127.0.0.1"
	}
	if l, err = net.Listen("tcp", net.JoinHostPort(host, port)); err != nil {
		if errors.Is(err, syscall.EADDRINUSE) {
			err = fmt.Errorf("port %s of %s is in use: choose another --listen, for example %s for any free one", port, host, net.JoinHostPort(host, "0"))
		}
		return nil, "", false, err
	}
	at, ok := l.Addr().(*net.TCPAddr)
	beyond := !ok || !at.IP.IsLoopback()
	switch {
	case beyond && token == "":
		return l, rand.Text(), true, nil
	case beyond && len(token) < minToken:
		return nil, "", false, errors.Join(fmt.Errorf("a token of %d letters for %s, which other machines reach: at least %d, or none for a new one", len(token), l.Addr(), minToken), l.Close())
	}
	return l, token, false, nil
}
