package dashboard

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"net"
	"net/http"
	"strings"
)

// minToken is the shortest token that may protect a server, in letters.
const minToken = 16

// guard lets those in who may look.
type guard struct {
	token string // empty = the server is for this machine
	next  http.Handler
}

// ServeHTTP refuses what is not to be answered, and gives every answer its headers.
func (g guard) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Content-Security-Policy", pagePolicy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cache-Control", "no-store")
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD")
		fail(w, http.StatusMethodNotAllowed, fmt.Errorf("%s is not served: the dashboard only shows", r.Method))
	case g.token == "" && !ofThisMachine(r.Host):
		fail(w, http.StatusForbidden, fmt.Errorf("host %q is not a name of this machine: ask for localhost, or serve with a token", r.Host))
	case g.token != "" && r.URL.Query().Has("token"):
		g.enter(w, r)
	case g.token != "" && !g.known(r):
		h.Set("WWW-Authenticate", `Bearer realm="codesign"`)
		g.ask(w, r, "")
	default:
		g.next.ServeHTTP(w, r)
	}
}

// Policies of what pages may load. The page's style attributes are its charts'.
const (
	pagePolicy   = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	reportPolicy = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
	filePolicy   = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"
)

// enter takes the token from the address into a cookie, so that it is in no history and no log from there on.
func (g guard) enter(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	if !equal(query.Get("token"), g.token) {
		g.ask(w, r, "That is not the token.")
		return
	}
	http.SetCookie(w, &http.Cookie{Name: cookieName(r.Host), Value: seal(g.token), Path: "/", HttpOnly: true, Secure: r.TLS != nil, SameSite: http.SameSiteStrictMode})
	query.Del("token")
	to := "/" + strings.TrimLeft(r.URL.EscapedPath(), "/")
	if text := query.Encode(); text != "" {
		to += "?" + text
	}
	w.Header().Set("Location", to)
	w.WriteHeader(http.StatusSeeOther)
}

// known tells whether a request brings the token.
func (g guard) known(r *http.Request) bool {
	if given, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok {
		return equal(given, g.token)
	}
	c, err := r.Cookie(cookieName(r.Host))
	return err == nil && equal(c.Value, seal(g.token))
}

// ask answers who has not said the token.
func (g guard) ask(w http.ResponseWriter, r *http.Request, why string) {
	if strings.HasPrefix(r.URL.Path, "/api/") {
		fail(w, http.StatusUnauthorized, fmt.Errorf("the token is missing or wrong: send it as Authorization: Bearer"))
		return
	}
	plainPage(w, http.StatusUnauthorized, "token", struct{ Why string }{why})
}

// cookieName tells servers on different ports of one host apart: cookies do not.
func cookieName(host string) string {
	_, port, err := net.SplitHostPort(host)
	if err != nil {
		port = "0"
	}
	return "codesign-" + port
}

// seal is what the cookie holds: it opens this server, and does not tell its token.
func seal(token string) string {
	sum := sha256.Sum256([]byte("codesign dashboard cookie\n" + token))
	return hex.EncodeToString(sum[:])
}

// equal compares secrets in a time that does not tell where they differ, nor how long they are.
func equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// ofThisMachine tells whether a request was sent to a name of this machine that no other machine can give out.
func ofThisMachine(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.TrimPrefix(host, "["), "]")
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}
