//go:build unix

package process

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/wire"
)

// The test binary is the program that these tests run, too: with this word as its first argument it behaves as the next ones say.
const helperWord = "as-a-program"

func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == helperWord {
		os.Exit(helper(os.Args[2], os.Args[3:]))
	}
	if err := os.Setenv("GORACE", "atexit_sleep_ms=0"); err != nil { // under the race detector each helper would sleep a second at its end
		panic(err)
	}
	os.Exit(m.Run())
}

// command is the command of a helper.
func command(t testing.TB, how string, more ...string) []string {
	t.Helper()
	path, err := os.Executable()
	require.NoError(t, err)
	return append([]string{path, helperWord, how}, more...)
}

// helper is a simulator of two axes that misbehaves as it is told when level 7 of the first axis is asked for.
func helper(how string, more []string) int {
	fmt.Fprintln(os.Stderr, "helper says hello on standard error")
	switch how {
	case "exits at once":
		return 3
	case "prints garbage":
		fmt.Println("Welcome to my simulator!")
		_, _ = io.Copy(io.Discard, os.Stdin)
		return 0
	case "other version":
		fmt.Println(`{"type":"hello","id":0,"protocol":2,"serves":["evaluate"],"engine":"new in version 2"}`)
		_, _ = io.Copy(io.Discard, os.Stdin)
		return 0
	case "closes its output":
		_ = os.Stdout.Close()
		time.Sleep(time.Minute)
	case "floods standard error":
		flood := func() { fmt.Fprintln(os.Stderr, strings.Repeat("noise ", 1000)) }
		flood() // it may die before the goroutine begins
		go func() {
			for {
				flood()
			}
		}()
	case "sleeps at start":
		time.Sleep(time.Minute)
	case "starts once":
		if _, err := os.Stat(more[0]); err == nil {
			return 4
		}
		_ = os.WriteFile(more[0], nil, 0o600)
	}
	conn, steps := wire.NewConn(os.Stdin, os.Stdout), 0
	for {
		id, request, err := conn.NextRequest()
		if err != nil {
			return 0
		}
		var reply wire.Reply
		switch r := request.(type) {
		case *wire.Hello:
			reply = helperWelcome(how, more, r)
		case *wire.Evaluate:
			if code, done := misbehave(how, more, conn, id, r); done {
				if code < 0 {
					continue
				}
				return code
			}
			reply = helperResults(r)
		case *wire.Reset, *wire.Step:
			var code int
			if reply, code = walk(how, &steps, r); code >= 0 {
				return code
			}
		case *wire.Repair:
			q := wire.NewLevels(r.Points.Rows, 2)
			copy(q.Data, r.Points.Data)
			q.Data[1] = 0
			reply = &wire.Repaired{Points: q}
		case *wire.Detail:
			text := fmt.Sprint("levels ", r.Point)
			reply = &wire.Explained{Artifacts: []wire.Artifact{{Name: "why.txt", MediaType: "text/plain", Text: &text}}}
		case *wire.Close:
			if how == "does not close" {
				signal.Ignore(syscall.SIGTERM, os.Interrupt)
				time.Sleep(time.Minute)
			}
			_ = conn.Reply(id, &wire.Closed{})
			return 0
		}
		if conn.Reply(id, reply) != nil {
			return 1
		}
		if w, ok := reply.(*wire.Welcome); ok && w.Binary {
			conn.AgreeBinary()
		}
	}
}

func helperWelcome(how string, more []string, r *wire.Hello) *wire.Welcome {
	levels := make([]float64, 10)
	for i := range levels {
		levels[i] = float64(i)
	}
	w := &wire.Welcome{
		Program: fmt.Sprint("helper ", os.Getpid()), Serves: []string{"evaluate", "repair", "detail"}, Binary: r.Binary && strings.Contains(how, "binary"),
		Spec: &wire.Spec{
			Name: "toy", Version: "1.0.0", Doc: "Sums.",
			Axes: []wire.Axis{
				{Name: "a", Kind: "ordinal", Unit: "x", Values: levels},
				{Name: "b", Kind: "nominal", Labels: []string{"no", "yes"}},
				{Name: "c", Kind: "ordinal", Values: levels, When: []wire.Condition{{Axis: "b", In: []string{"yes"}}}},
			},
			Metrics: []wire.Metric{{Name: "sum", Unit: "ns", Doc: "a + c"}, {Name: "product", Doc: "a c"}},
		},
		Settings: []wire.Setting{{Name: "gain", Type: "int", Default: 1}},
		Set:      r.Set,
	}
	if slices.Contains(walks(), how) {
		w.Serves = []string{"reset", "step"}
		axis := wire.Axis{Name: "step", Kind: "ordinal", Values: levels}
		w.Spec.Axes, w.Spec.Metrics = []wire.Axis{axis}, []wire.Metric{{Name: "gain"}}
		w.Agents = []wire.Player{{ID: "walker", Axes: []wire.Axis{axis}, Observations: []wire.Channel{{Name: "steps"}}}}
	}
	switch how {
	case "has no agents":
		w.Agents = nil
	case "not deterministic":
		w.Nondeterministic = true
	case "changes":
		mark := more[0]
		if _, err := os.Stat(mark); err == nil {
			w.Spec.Version = "2.0.0"
		}
		_ = os.WriteFile(mark, nil, 0o600)
	case "bad spec":
		w.Spec.Axes[0].Kind, w.Spec.Version, w.Spec.Metrics[0].Key = "continuous", "", "sum_ms"
	case "no simulator":
		w.Serves = []string{"ask", "tell"}
	case "bad setting":
		w.Settings[0].Default = "one"
	}
	return w
}

// walks lists the ways of the helper that are environments.
func walks() []string {
	return []string{
		"walks off", "hangs on the way", "says too many rewards", "ends another lane", "ends twice", "says no point", "says no values",
		"answers with another", "breaks", "refuses politely", "observes nothing", "masks everything", "has no agents",
	}
}

// helperResults is the sum and the product; a + c >= 15 is infeasible.
func helperResults(r *wire.Evaluate) *wire.Results {
	reply := &wire.Results{Values: wire.NewTable(r.Points.Rows, 2)}
	for i := range r.Points.Rows {
		p := r.Points.Row(i)
		a, c := float64(p[0]), float64(p[2])
		if a+c >= 15 {
			reply.Values.Set(i, nil)
			reply.Reasons = append(reply.Reasons, wire.Reason{At: i, Infeasible: "a + c is 15 or more", Violation: a + c - 14})
			continue
		}
		reply.Values.Set(i, []float64{a + c, a * c})
	}
	return reply
}

// misbehave does what the helper is there for when the magic level is asked for; code < 0 means to go on, not done to answer properly.
func misbehave(how string, more []string, conn *wire.Conn, id int64, r *wire.Evaluate) (code int, done bool) {
	magic := false
	for i := range r.Points.Rows {
		magic = magic || r.Points.Row(i)[0] == 7
	}
	if how == "is used up" { // ends after each answer, as one-shot programs do
		_ = conn.Reply(id, helperResults(r))
		return 0, true
	}
	if how == "answers unread" {
		return answerUnread()
	}
	if how == "tells its place" {
		wd, _ := os.Getwd()
		fmt.Fprintf(os.Stderr, "in %s of %s with %s\n", wd, os.Getenv("CODESIGN_FOLDER"), strings.Join(more, " "))
		_ = os.WriteFile("scratch", nil, 0o600)
		return 5, true
	}
	if !magic {
		return 0, false
	}
	switch how {
	case "dies", "floods standard error":
		fmt.Fprintln(os.Stderr, "Traceback: level 7 is my end")
		return 9, true
	case "dies half-way":
		fmt.Printf(`{"type":"evaluate","id":%d,"values":[[1,`, id)
		return 0, true
	case "hangs":
		time.Sleep(time.Hour)
	case "hangs with a child":
		fork(more[0], false)
		time.Sleep(time.Hour)
	case "dies with a child":
		fork(more[0], false)
		return 1, true
	case "dies with a runaway":
		fork(more[0], true)
		return 1, true
	case "answers garbage":
		fmt.Println("segmentation fault? no: garbage")
	case "answers NaN":
		fmt.Printf(`{"type":"evaluate","id":%d,"values":[[NaN,1]]}`+"\n", id)
	case "answers NaN in binary":
		reply := helperResults(r)
		reply.Values.Data[1] = nan()
		_ = conn.Reply(id, reply)
	case "answers too few":
		reply := helperResults(r)
		reply.Values.Rows--
		reply.Values.Data = reply.Values.Data[:2*reply.Values.Rows]
		_ = conn.Reply(id, reply)
	case "answers too wide":
		fmt.Printf(`{"type":"evaluate","id":%d,"values":[[1,2,3]]}`+"\n", id)
	case "answers another":
		_ = conn.Reply(id+1, helperResults(r))
	case "answers nothing":
		fmt.Printf(`{"type":"evaluate","id":%d,"values":[null]}`+"\n", id)
	case "answers otherwise":
		_ = conn.Reply(id, &wire.Told{})
	case "refuses":
		_ = conn.Reply(id, &wire.Error{Text: "I do not like sevens"})
	case "gives up":
		_ = conn.Reply(-1, &wire.Error{Text: "what was that?"})
		return 2, true
	case "says nothing for long":
		for i := range 3 {
			_ = conn.Reply(id, &wire.Progress{Done: i + 1, Total: 3})
		}
		_ = conn.Reply(id, helperResults(r))
	default:
		return 0, false
	}
	return -1, true
}

// answerUnread floods the output with answers to nothing.
func answerUnread() (int, bool) {
	line := `{"type":"evaluate","id":1,"values":[[1,2]]}` + "\n"
	for {
		if _, err := os.Stdout.WriteString(line); err != nil {
			return 0, true
		}
	}
}

// fork starts a process that outlives the helper, in its process group or not, and writes its number into a file.
func fork(file string, runaway bool) {
	c := exec.Command("sleep", "300")
	if runaway {
		c.Stderr = os.Stderr // holds it open
		c.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	}
	if err := c.Start(); err != nil {
		panic(err)
	}
	temporary := file + ".new"
	_ = os.WriteFile(temporary, fmt.Append(nil, c.Process.Pid), 0o600)
	_ = os.Rename(temporary, file)
}

func nan() float64 {
	zero := 0.0
	return zero / zero
}

// scratch is a path that does not exist yet.
func scratch(t *testing.T) string { return filepath.Join(t.TempDir(), "mark") }
