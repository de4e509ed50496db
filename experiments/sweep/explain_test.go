package sweep_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

type detail = func(context.Context, space.Point) ([]simulators.Artifact, error)

// explained is the toy with a Detail.
func explained(t testing.TB, d detail) simulators.Instance {
	t.Helper()
	in, _, err := toy().Open(nil)
	require.NoError(t, err)
	in.Detail = d
	return in
}

func csv(name string) simulators.Artifact {
	return simulators.Artifact{Name: name, MediaType: "text/csv", Data: []byte("a\n")}
}

func TestExplainGivesTheArtifactsOfTheDesign(t *testing.T) {
	in := explained(t, func(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
		require.Equal(t, space.Point{3, 4, 0, 1, 2}, p)
		return []simulators.Artifact{csv("layers.csv"), {Name: "a b#.svg", MediaType: "image/svg+xml; charset=utf-8"}}, nil
	})
	list, err := sweep.Explain(t.Context(), in, space.Point{3, 4, 0, 1, 2}, time.Minute)
	require.NoError(t, err)
	require.Equal(t, []simulators.Artifact{csv("layers.csv"), {Name: "a b#.svg", MediaType: "image/svg+xml; charset=utf-8"}}, list)
}

func TestWhatGoesWrongInADetailIsAnError(t *testing.T) {
	give := func(list ...simulators.Artifact) detail {
		return func(context.Context, space.Point) ([]simulators.Artifact, error) { return list, nil }
	}
	for _, c := range []struct {
		name   string
		detail detail
		want   string
	}{
		{"an error", func(context.Context, space.Point) ([]simulators.Artifact, error) { return nil, errors.New("no trace") }, "no trace"},
		{"a panic", func(context.Context, space.Point) ([]simulators.Artifact, error) { panic("index out of range") },
			"panic: index out of range: design [buffer:1 cols:1 mode:flat rows:1]: at sweep_test."},
		{"nothing", give(), "no artifacts were given"},
		{"no name", give(csv("")), `artifact "": want the name of a file of at most 200 bytes`},
		{"the folder", give(csv("..")), `artifact "..": want the name of a file of at most 200 bytes`},
		{"another folder", give(csv("../manifest.json")), `artifact "../manifest.json": want the name of a file`},
		{"another folder elsewhere", give(csv(`..\manifest.json`)), `artifact "..\\manifest.json": want the name of a file`},
		{"not UTF-8", give(csv("\xff.csv")), `artifact "\xff.csv": want the name of a file`},
		{"a long name", give(csv(strings.Repeat("a", 201))), `a": want the name of a file of at most 200 bytes`},
		{"a name twice", give(csv("a.csv"), csv("b.csv"), csv("a.csv")), `two artifacts have the name "a.csv"`},
		{"no media type", give(simulators.Artifact{Name: "a.csv"}), `artifact "a.csv": media type "": mime: no media type`},
	} {
		t.Run(c.name, func(t *testing.T) {
			list, err := sweep.Explain(t.Context(), explained(t, c.detail), space.Point{0, 0, 0, 0, 0}, time.Minute)
			require.ErrorContains(t, err, c.want)
			require.Empty(t, list)
		})
	}
}

func TestADetailThatHangsIsGivenUp(t *testing.T) {
	for name, wait := range map[string]func(context.Context){
		"and looks at its context":      func(ctx context.Context) { <-ctx.Done() },
		"and does not look at anything": func(context.Context) { time.Sleep(time.Hour) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				in := explained(t, func(ctx context.Context, _ space.Point) ([]simulators.Artifact, error) {
					wait(ctx)
					return []simulators.Artifact{csv("late.csv")}, ctx.Err()
				})
				began := time.Now()
				_, err := sweep.Explain(t.Context(), in, space.Point{0, 0, 0, 0, 0}, 3*time.Second)
				require.EqualError(t, err, "timeout after 3s: design [buffer:1 cols:1 mode:flat rows:1]")
				require.Equal(t, 3*time.Second, time.Since(began))

				ctx, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				_, err = sweep.Explain(ctx, in, space.Point{0, 0, 0, 0, 0}, 3*time.Second)
				require.ErrorIs(t, err, context.DeadlineExceeded, "the caller's end is not the design's fault")
				time.Sleep(2 * time.Hour) // the abandoned models end
			})
		})
	}
}

// The steps of an environment are explained by itself; a sequence of actions is not a design.
func TestStepsAreExplainedByTheirEnvironment(t *testing.T) {
	text := top + "[[scenario]]\nsimulator = \"toy/moves\"\n[[agent]]\nkind = \"walker\"\n[[agent]]\nkind = \"hill\"\n"
	dir, _ := run(t, text, sweep.Options{})
	p := plan(t, text)
	require.True(t, p.Scenarios[0].Explains())
	list, err := p.Explain(t.Context(), dir, 0, 7)
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, "point.txt", list[0].Name)
	require.Regexp(t, `^\[(\d+ ?){5}\]$`, string(list[0].Data), "levels of the toy's five axes")
	_, err = p.Explain(t.Context(), dir, 1, 0)
	require.EqualError(t, err, "nothing explains the trials of an agent that proposes whole sequences of actions")
}

// TestFinishIsAPartOfTheRun: it finds the whole dataset, and the results are not complete without it.
func TestFinishIsAPartOfTheRun(t *testing.T) {
	text := top + scenario + agent
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	dir := filepath.Join(t.TempDir(), "out")
	artifact := filepath.Join(dir, sweep.ArtifactsName, "half")
	outcome, err := sweep.Run(ctx, plan(t, text), sweep.Options{Out: dir, Finish: func(ctx context.Context, p *sweep.Plan, to string) ([]string, error) {
		require.Equal(t, dir, to)
		_, list := rows(t, to)
		require.Len(t, list, 40)
		require.NoError(t, os.MkdirAll(filepath.Dir(artifact), 0o755))
		require.NoError(t, os.WriteFile(artifact, nil, 0o644))
		cancel()
		return nil, ctx.Err()
	}})
	require.NoError(t, err)
	require.Equal(t, sweep.Outcome{Dir: dir, Status: sweep.Interrupted, Studies: 1, Trials: 40}, outcome)

	resume := sweep.Options{Out: dir, Resume: true}
	resume.Finish = func(context.Context, *sweep.Plan, string) ([]string, error) {
		require.NoFileExists(t, artifact, "what an interrupted attempt left is gone")
		return nil, errors.New("disk full")
	}
	outcome, err = sweep.Run(t.Context(), plan(t, text), resume)
	require.EqualError(t, err, "disk full")
	require.Equal(t, sweep.Broken, outcome.Status)

	resume.Finish = func(context.Context, *sweep.Plan, string) ([]string, error) { return []string{"noted"}, nil }
	outcome, err = sweep.Run(t.Context(), plan(t, text), resume)
	require.NoError(t, err)
	require.Equal(t, sweep.Outcome{Dir: dir, Status: sweep.Complete, Studies: 1, Trials: 40, Replayed: 40, Notes: []string{"noted"}}, outcome)
	reference, _ := run(t, text, sweep.Options{})
	require.Equal(t, parts(t, reference), parts(t, dir))
}
