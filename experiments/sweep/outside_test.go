package sweep_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/internal/wire"
)

// The test binary is the agent of these tests, too: with this word as its first argument it walks, and goes wrong in the way that the next one says
// once the file that the last one names is not there.
const agentWord = "as-an-agent"

// wrongAt is the ask at which a walker goes wrong.
const wrongAt = 12

// asAgent answers ask and tell. Where it walks to follows from the seed, the stride and what it was told.
func asAgent(how, mark string) int {
	conn := wire.NewConn(os.Stdin, os.Stdout)
	var axes []wire.Axis
	state, stride, asks := uint64(0), uint64(1), 0
	fmt.Fprintln(os.Stderr, "the walker says hello")
	for {
		id, request, err := conn.NextRequest()
		if err != nil {
			return 0
		}
		var reply wire.Reply
		switch r := request.(type) {
		case *wire.Hello:
			for name, v := range r.Set {
				if name != "stride" {
					reply = &wire.Error{Text: fmt.Sprintf("unknown option %q (known: stride)", name)}
				} else {
					stride = uint64(v.(float64))
				}
			}
			if reply == nil {
				axes, state = r.Problem.Axes, r.Problem.Seed
				reply = &wire.Welcome{Serves: []string{"ask", "tell"}, Nondeterministic: how == "varies", Agent: &wire.Searcher{Kind: "walker"}}
				if how == "simulates" {
					reply.(*wire.Welcome).Serves = []string{"evaluate"}
				}
			}
			if how == "varies" {
				state += uint64(os.Getpid())
			}
		case *wire.Ask:
			if asks++; asks == wrongAt && !mended(mark) {
				if code := goWrong(how, conn, id, len(axes)); code > 0 {
					return code
				} else if code < 0 {
					continue
				}
			}
			asked := &wire.Asked{Points: wire.NewLevels(min(r.N, 2), len(axes))}
			for i := range asked.Points.Data {
				state = state*6364136223846793005 + stride
				asked.Points.Data[i] = uint32(state>>33) % uint32(max(len(axes[i%len(axes)].Values), len(axes[i%len(axes)].Labels)))
			}
			reply = asked
		case *wire.Tell:
			note(mark, fmt.Sprintf("told %d given %v\n", r.Points.Rows, r.Given))
			for i := range r.Objectives.Rows {
				for _, v := range r.Objectives.Row(i) {
					state += uint64(int64(v))
				}
			}
			reply = &wire.Told{}
		case *wire.Close:
			_ = conn.Reply(id, &wire.Closed{})
			return 0
		}
		if conn.Reply(id, reply) != nil {
			return 1
		}
	}
}

// mended tells whether a walker has gone wrong before; from now on it has.
func mended(mark string) bool {
	_, err := os.Stat(mark)
	return err == nil || os.WriteFile(mark, nil, 0o600) != nil
}

// note writes down what happens, where somebody wants to know.
func note(mark, line string) {
	if f, err := os.OpenFile(mark+".log", os.O_APPEND|os.O_WRONLY, 0); err == nil {
		_, _ = f.WriteString(line)
		_ = f.Close()
	}
}

// goWrong is 0 where nothing goes wrong, an exit status, or -1 where something was answered.
func goWrong(how string, conn *wire.Conn, id int64, axes int) int {
	switch how {
	case "dies", "varies":
		fmt.Fprintln(os.Stderr, "Traceback: out of tokens")
		return 3
	case "hangs":
		time.Sleep(time.Hour)
	case "prints":
		fmt.Println("Thinking about the next design …")
	case "leaves the space":
		_ = conn.Reply(id, &wire.Asked{Points: wire.Levels{Rows: 1, Cols: axes, Data: append([]uint32{99}, make([]uint32, axes-1)...)}})
	case "has too few axes":
		_ = conn.Reply(id, &wire.Asked{Points: wire.NewLevels(1, axes-1)})
	case "proposes too many":
		_ = conn.Reply(id, &wire.Asked{Points: wire.NewLevels(3, axes)})
	case "answers otherwise":
		_ = conn.Reply(id, &wire.Told{})
	case "refuses":
		_ = conn.Reply(id, &wire.Error{Text: "no more ideas", Broken: true})
	case "has finished":
		_ = conn.Reply(id, &wire.Asked{Points: wire.Levels{Cols: axes}})
	default:
		return 0
	}
	return -1
}

// walkerFile is an experiment file of the toy with such an agent.
func walkerFile(t *testing.T, how, mark, more string) string {
	t.Helper()
	executable, err := os.Executable()
	require.NoError(t, err)
	return "name = \"x\"\nbudget = 40\ntimeout_s = 20\nlag = 2\nseed = 3\n[[scenario]]\nname = \"s\"\nsimulator = \"toy\"\n" +
		"objective = { minimise = [\"latency_cycles\"] }\n[[agent]]\nkind = { command = [" +
		strconv.Quote(executable) + ", \"" + agentWord + "\", " + strconv.Quote(how) + ", " + strconv.Quote(mark) + "] }\nname = \"my walker\"\n" + more
}

func TestAProgramSearchesLikeAnAgentOfTheCatalogue(t *testing.T) {
	text := strings.Replace(walkerFile(t, "works", filepath.Join(t.TempDir(), "mark"), "stride = [1, 3]\n"), "budget", "repeats = 2\nbudget", 1)
	out := filepath.Join(t.TempDir(), "out")
	outcome, err := runProgram(t, text, sweep.Options{Out: out, Workers: 1})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Empty(t, outcome.Notes)
	studies, list := rows(t, out)
	require.Len(t, studies, 4)
	require.Len(t, list, 160)
	require.Equal(t, "walker", studies[0].Agent, "as the program calls it")
	require.Equal(t, "my walker stride=1", studies[0].Label)
	var options map[string]any
	require.NoError(t, json.Unmarshal(studies[2].Hyperparameters, &options))
	require.Equal(t, 3.0, options["stride"])
	require.Contains(t, options["command"], agentWord+" works")

	again := filepath.Join(t.TempDir(), "again")
	_, err = runProgram(t, text, sweep.Options{Out: again, Workers: 3})
	require.NoError(t, err)
	require.Equal(t, parts(t, out), parts(t, again), "any number of workers")

	m, err := sweep.ReadManifest(out)
	require.NoError(t, err)
	require.Len(t, m.Agents, 2)
	require.Equal(t, "walker", m.Agents[1].Kind)
	require.Equal(t, "my walker stride=3", m.Agents[1].Label)
	require.True(t, m.Agents[1].Deterministic)
	require.True(t, filepath.IsAbs(m.Folder))
	require.Empty(t, m.Outside)
}

func TestResultsOfAProgramAreReadWithoutIt(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "mark")
	out := filepath.Join(t.TempDir(), "out")
	_, err := runProgram(t, walkerFile(t, "works", mark, ""), sweep.Options{Out: out})
	require.NoError(t, err)
	path := filepath.Join(out, "experiment.toml")
	text, err := os.ReadFile(path)
	require.NoError(t, err)
	executable, err := os.Executable()
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, []byte(strings.Replace(string(text), strconv.Quote(executable), `"/nowhere"`, 1)), 0o600))
	p, err := sweep.Reopen(out, catalog())
	require.NoError(t, err)
	require.Equal(t, "walker", p.Studies[0].Agent.Factory.Name)
	require.NoError(t, p.Close())
}

func TestAnAgentThatGoesWrongIsNamedAndResumed(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole")
	for how, want := range map[string]string{
		"dies":              `ended \(exit status 3\); it wrote to standard error: the walker says hello\nTraceback: out of tokens`,
		"hangs":             `no answer within 500ms: killed`,
		"prints":            `not JSON.*in the line Thinking about the next design`,
		"leaves the space":  `proposes the design \[99 0 0 0 0\]: level 99 of "rows" out of range \[0, 8\)`,
		"has too few axes":  `proposes the design \[0 0 0 0\]: 4 levels: the space has 5 axes`,
		"proposes too many": `asked for at most 1 designs and proposes 3`,
		"answers otherwise": `answers ask with something else`,
		"refuses":           `no more ideas`,
	} {
		t.Run(how, func(t *testing.T) {
			mark := filepath.Join(t.TempDir(), "mark")
			text := walkerFile(t, how, mark, "")
			if how == "hangs" {
				text = strings.Replace(text, "timeout_s = 20", "timeout_s = 0.5", 1)
			}
			out := filepath.Join(t.TempDir(), "out")
			outcome, err := runProgram(t, text, sweep.Options{Out: out})
			require.Error(t, err)
			require.Regexp(t, `study 0 \(s, my walker, repeat 0\): agent: ask for trial \d+: program .*`+want, err.Error())
			require.Equal(t, sweep.Broken, outcome.Status)

			if how != "dies" && how != "hangs" {
				return // resumed likewise
			}
			outcome, err = runProgram(t, text, sweep.Options{Out: out, Resume: true})
			require.NoError(t, err)
			require.Equal(t, sweep.Complete, outcome.Status)
			require.GreaterOrEqual(t, outcome.Replayed, wrongAt-1, "nothing that was evaluated is lost")
			_, list := rows(t, out)
			if _, err := os.Stat(whole); err != nil {
				_, err := runProgram(t, walkerFile(t, "works", mark, ""), sweep.Options{Out: whole})
				require.NoError(t, err)
			}
			_, want := rows(t, whole)
			require.Equal(t, want, list, "the same as without the mishap")
		})
	}
}

func TestAProgramThatHasNoMoreDesignsHasFinished(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	outcome, err := runProgram(t, walkerFile(t, "has finished", filepath.Join(t.TempDir(), "mark"), ""), sweep.Options{Out: out})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	_, list := rows(t, out)
	require.Less(t, len(list), 40)
}

// TestAnAgentThatVariesGoesOnFromTheJournal: it would not propose the same designs again, so it is told them as given.
func TestAnAgentThatVariesGoesOnFromTheJournal(t *testing.T) {
	mark := filepath.Join(t.TempDir(), "mark")
	out := filepath.Join(t.TempDir(), "out")
	start := "[[start]]\ndesign = { rows = 8, cols = 8, buffer = 8, mode = \"flat\" }\n"
	text := walkerFile(t, "varies", mark, start)
	_, err := runProgram(t, text, sweep.Options{Out: out})
	require.ErrorContains(t, err, "out of tokens")
	require.NoError(t, os.WriteFile(mark+".log", nil, 0o600))
	outcome, err := runProgram(t, text, sweep.Options{Out: out, Resume: true})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.NotZero(t, outcome.Replayed)
	_, list := rows(t, out)
	require.Len(t, list, 40)
	log, err := os.ReadFile(mark + ".log")
	require.NoError(t, err)
	told := strings.Split(strings.TrimSpace(string(log)), "\n")
	require.Equal(t, fmt.Sprintf("told %d given true", outcome.Replayed), told[0])
	require.Len(t, told, 1+40-outcome.Replayed)
	require.Equal(t, "told 1 given false", told[1])
	m, err := sweep.ReadManifest(out)
	require.NoError(t, err)
	require.Len(t, m.Outside, 1)
	require.Contains(t, m.Outside[0], "says that it is not deterministic")
}

func TestMistakesOfAnAgentThatIsAProgramHaveTheirLine(t *testing.T) {
	for text, want := range map[string]string{
		walkerFile(t, "works", "m", "strife = 3\n"):                      `x.toml:10: agent my walker on scenario s: program .*: unknown option "strife" \(known: stride\)`,
		walkerFile(t, "works", "m", "groups = \"axis\"\n"):               `x.toml:13: agent my walker is a program, which searches whole designs`,
		walkerFile(t, "works", "m", "command = \"x\"\n"):                 `x.toml:13: agent my walker: the option "command" is the name of what is recorded`,
		walkerFile(t, "simulates", "m", ""):                              `x.toml:10: .*it serves \["evaluate"\], and not ask`,
		strings.Replace(walkerFile(t, "works", "m", ""), "/", "/no/", 1): `x.toml:10: .*no such file`,
	} {
		f, err := file.Parse("x.toml", []byte(text))
		require.NoError(t, err)
		_, err = sweep.NewPlan(f, catalog())
		require.Error(t, err)
		require.Regexp(t, want, err.Error())
	}
}
