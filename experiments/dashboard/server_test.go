package dashboard

import (
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const secret = "correct-horse-battery"

func TestEveryAnswerHasItsHeadersAndOnlyReadingIsServed(t *testing.T) {
	root, id := finished(t)
	s := serve(t, root, Options{})
	for _, path := range []string{"/", "/sweep/" + id, "/api/sweeps", "/api/sweeps/none", "/nowhere"} {
		h := s.get(path).Header()
		require.Equal(t, pagePolicy, h.Get("Content-Security-Policy"), path)
		require.Equal(t, "nosniff", h.Get("X-Content-Type-Options"))
		require.Equal(t, "no-referrer", h.Get("Referrer-Policy"))
		require.Empty(t, h.Get("Access-Control-Allow-Origin"))
	}
	for _, method := range []string{http.MethodPost, http.MethodPut, http.MethodDelete, http.MethodOptions} {
		w := httptest.NewRecorder()
		s.of.Handler().ServeHTTP(w, httptest.NewRequest(method, "http://localhost/api/sweeps", nil))
		require.Equal(t, http.StatusMethodNotAllowed, w.Code, method)
		require.Equal(t, "GET, HEAD", w.Header().Get("Allow"))
	}
	require.Equal(t, http.StatusNotFound, s.get("/nowhere").Code)
}

func TestWithoutATokenOnlyNamesOfThisMachineAreAnswered(t *testing.T) {
	root, _ := finished(t)
	s := serve(t, root, Options{})
	for host, want := range map[string]int{
		"localhost": 200, "localhost:8080": 200, "LOCALHOST:9": 200, "127.0.0.1:8080": 200, "127.9.9.9": 200, "[::1]:8080": 200,
		"evil.example": 403, "evil.example:8080": 403, "127.0.0.1.evil.example": 403, "localhost.evil.example:80": 403, "10.0.0.1": 403, "": 403,
	} {
		r := httptest.NewRequest(http.MethodGet, "http://localhost/api/sweeps", nil)
		r.Host = host
		w := httptest.NewRecorder()
		s.of.Handler().ServeHTTP(w, r)
		require.Equal(t, want, w.Code, host)
	}
}

func TestATokenIsAskedFor(t *testing.T) {
	root, id := finished(t)
	s := serve(t, root, Options{Token: secret})
	for _, path := range []string{"/", "/sweep/" + id, "/sweep/" + id + "/manifest.json", "/api/sweeps", "/api/events", "/assets/dashboard.js", "/nowhere"} {
		w := s.get(path)
		require.Equal(t, http.StatusUnauthorized, w.Code, path)
		require.NotContains(t, w.Body.String(), "toys")
		require.NotContains(t, w.Body.String(), secret)
	}
	require.Contains(t, s.get("/").Body.String(), "asks for its token")
	require.Equal(t, 200, s.get("/api/sweeps", "Authorization", "Bearer "+secret).Code)
	for _, wrong := range []string{"Bearer " + secret + "x", "Bearer ", secret, "Basic " + secret} {
		require.Equal(t, 401, s.get("/api/sweeps", "Authorization", wrong).Code, wrong)
	}
	require.Equal(t, 401, s.get("/?token=wrong").Code)

	w := s.get("/sweep/" + id + "?q=a&token=" + secret)
	require.Equal(t, http.StatusSeeOther, w.Code)
	require.Equal(t, "/sweep/"+id+"?q=a", w.Header().Get("Location"), "the token is in no address from here on")
	cookie := w.Result().Cookies()[0]
	require.True(t, cookie.HttpOnly)
	require.Equal(t, http.SameSiteStrictMode, cookie.SameSite)
	require.NotContains(t, cookie.Value, secret)
	require.Equal(t, 200, s.get("/", "Cookie", cookie.Name+"="+cookie.Value).Code)
	require.Equal(t, 401, s.get("/", "Cookie", cookie.Name+"="+secret).Code)

	w = s.get("//evil.example/?token=" + secret)
	require.Equal(t, "/evil.example/", w.Header().Get("Location"), "nobody is sent elsewhere")
}

func TestOnlyTheFilesOfAFolderAreGivenOut(t *testing.T) {
	root, id := finished(t)
	dir := filepath.Join(root, "toys")
	write(t, filepath.Join(root, "secret.txt"), "secret")
	write(t, filepath.Join(dir, "report.html"), "<script>1</script>")
	write(t, filepath.Join(dir, "artifacts", "small", "1-gantt.svg"), "<svg/>")
	write(t, filepath.Join(dir, "artifacts", "report.html"), "<p>")
	require.NoError(t, os.Symlink(filepath.Join(root, "secret.txt"), filepath.Join(dir, "artifacts", "out.txt")))
	require.NoError(t, os.Symlink(root, filepath.Join(dir, "artifacts", "up")))
	require.NoError(t, os.Symlink("small/1-gantt.svg", filepath.Join(dir, "artifacts", "inside.svg")))
	s := serve(t, root, Options{})
	at := "/sweep/" + id + "/"

	w := s.get(at + "report.html")
	require.Equal(t, 200, w.Code)
	require.Equal(t, reportPolicy, w.Header().Get("Content-Security-Policy"), "its scripts run, and reach nothing")
	require.Equal(t, "text/html; charset=utf-8", w.Header().Get("Content-Type"))
	w = s.get(at + "artifacts/small/1-gantt.svg")
	require.Equal(t, 200, w.Code)
	require.Equal(t, filePolicy, w.Header().Get("Content-Security-Policy"))
	require.Equal(t, "image/svg+xml", w.Header().Get("Content-Type"))
	require.Equal(t, filePolicy, s.get(at+"artifacts/report.html").Header().Get("Content-Security-Policy"), "another page may not")
	require.Equal(t, 200, s.get(at+"artifacts/inside.svg").Code)
	require.Equal(t, "text/plain; charset=utf-8", s.get(at+"experiment.toml").Header().Get("Content-Type"))

	for _, path := range []string{
		"secret.txt", "../secret.txt", "..%2fsecret.txt", "%2e%2e/secret.txt", "artifacts/../../secret.txt", "artifacts/..%2f..%2fsecret.txt", "artifacts/out.txt",
		"artifacts/up/secret.txt", "artifacts", "artifacts/", "artifacts/small", "journals/000000.journal", ".lock", "/etc/passwd", "%2fetc%2fpasswd", "artifacts//etc/passwd", "dataset-card.txt",
	} {
		w := s.get(at + path)
		require.NotEqual(t, 200, w.Code, path)
		require.NotContains(t, w.Body.String(), "secret\n", path)
		require.NotContains(t, w.Body.String(), root, "it does not tell where it is")
	}
	require.Equal(t, 404, s.get("/sweep/..%2f/manifest.json").Code)
	require.Equal(t, 404, s.get("/sweep/none/manifest.json").Code)
}

func TestPlainPagesTellTheSameFacts(t *testing.T) {
	root, id := finished(t)
	write(t, filepath.Join(root, "toys", "report.html"), "x")
	s := serve(t, root, Options{})
	s.whole(id)
	home := s.get("/").Body.String()
	for _, fact := range []string{"toys", "complete", "8/8", "272/272", "report.html", "built without the page’s scripts"} {
		require.Contains(t, home, fact)
	}
	page := s.get("/sweep/" + id + "?q=agent%3Dgrid").Body.String()
	for _, fact := range []string{"minimise latency_cycles cycles subject to area_mm2 ≤ 20 mm2", "grid", "random", "thirteen lanes", "time-out", "4 of 8", "codesign run toys.toml", "lanes=20PE"} {
		require.Contains(t, page, fact)
	}
	require.NotContains(t, page, "http-equiv", "a finished one stays as it is")
	require.Contains(t, s.get("/sweep/"+id+"?q=speed%3D1").Body.String(), "unknown column")
	require.Contains(t, s.get("/sweep/none").Body.String(), "No such sweep")

	scripted := serve(t, root, Options{Script: "1", Style: "a{}"})
	require.Contains(t, scripted.get("/").Body.String(), `<script src="/assets/dashboard.js">`)
	require.Contains(t, scripted.get("/sweep/"+id).Body.String(), `data-sweep="`+id+`"`)
	require.NotContains(t, scripted.get("/?plain").Body.String(), "<script")
	require.Contains(t, scripted.get("/?plain").Body.String(), "/sweep/"+id+"?plain")
	require.Equal(t, "1", scripted.get("/assets/dashboard.js").Body.String())
	require.Equal(t, 404, s.get("/assets/dashboard.js").Code)
}

func TestListenSettlesAddressAndToken(t *testing.T) {
	l, token, made, err := Listen("127.0.0.1:0", "")
	require.NoError(t, err)
	require.Empty(t, token)
	require.False(t, made)
	address := l.Addr().String()
	_, port, _ := net.SplitHostPort(address)
	_, _, _, err = Listen(address, "")
	require.EqualError(t, err, "port "+port+" of 127.0.0.1 is in use: choose another --listen, for example 127.0.0.1:0 for any free one")
	require.NoError(t, l.Close())

	l, _, made, err = Listen(":0", "")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(l.Addr().String(), "127.0.0.1:"), "without a host this machine only")
	require.False(t, made)
	require.NoError(t, l.Close())

	l, token, made, err = Listen("0.0.0.0:0", "")
	require.NoError(t, err)
	require.True(t, made)
	require.GreaterOrEqual(t, len(token), 26)
	require.NoError(t, l.Close())
	l, token, made, err = Listen("0.0.0.0:0", secret)
	require.NoError(t, err)
	require.Equal(t, secret, token)
	require.False(t, made)
	require.NoError(t, l.Close())
	_, _, _, err = Listen("0.0.0.0:0", "short")
	require.ErrorContains(t, err, "a token of 5 letters for ")
	_, _, _, err = Listen("8080", "")
	require.EqualError(t, err, `--listen "8080": give host:port, for example 127.0.0.1:8080`)
}
