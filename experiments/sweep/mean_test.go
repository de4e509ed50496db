package sweep_test

import (
	"context"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// noisy is the toy with a latency that is drawn at random; a setting makes the draws of some seeds go wrong.
func noisy() simulators.Factory {
	f := toy()
	f.Name = "toy/noisy"
	f.Settings = append(f.Settings, simulators.Setting{Name: "seed", Doc: "of the noise", Default: 5, Min: 0, Max: 1 << 31},
		simulators.Setting{Name: "luck", Doc: "what other seeds than 5 do to designs with 64 rows", Default: "good", Allowed: []string{"good", "bad"}})
	f.New = func(s simulators.Settings) (simulators.Instance, error) {
		in, err := newToy(s)
		in.Simulator = drawn{in.Simulator, uint64(s.Int("seed")), s.String("luck") == "bad" && s.Int("seed") != 5}
		return in, err
	}
	return f
}

type drawn struct {
	simulators.Simulator
	seed    uint64
	unlucky bool
}

func (d drawn) Spec() simulators.Spec {
	spec := d.Simulator.Spec()
	spec.Name = "toy/noisy"
	return spec
}

func (d drawn) Evaluate(ctx context.Context, points []space.Point) ([]simulators.Result, error) {
	results, err := d.Simulator.Evaluate(ctx, points)
	for i, p := range points {
		switch {
		case err != nil || results[i].Values == nil:
		case d.unlucky && p[0] == 6:
			results[i] = simulators.Failed("out of luck")
		default:
			results[i].Values[0] *= 1 + 0.1*seed.New(d.seed, d.Spec().Space.Key(p)).NormFloat64()
		}
	}
	return results, err
}

// several is a sweep of means of four evaluations.
const several = top + "repeats = 2\nevaluations_per_trial = 4\nmax_failed = 100\n[[scenario]]\nsimulator = \"toy/noisy\"\nset = { luck = \"bad\" }\n" +
	"objective = { minimise = [\"latency_cycles\"], at_most = { area_mm2 = 30 } }\n[[agent]]\nkind = \"random\"\n[[agent]]\nkind = \"ga\"\npopulation = 8\n"

// column is the place of a metric.
func column(t *testing.T, r *dataset.Reader, name string) int {
	t.Helper()
	at := slices.IndexFunc(r.Metrics(), func(c dataset.Column) bool { return c.Name == name })
	require.GreaterOrEqual(t, at, 0, name)
	return at
}

func TestATrialIsTheMeanOfItsEvaluations(t *testing.T) {
	dir, outcome := run(t, several, sweep.Options{Workers: 2})
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Equal(t, 160, outcome.Trials, "a trial costs one, however many evaluations it has")
	r, err := dataset.Open(filepath.Join(dir, "dataset"))
	require.NoError(t, err)
	defer r.Close()
	require.Contains(t, string(r.Studies()[0].Settings), `"evaluations_per_trial":4`)
	mean, sem := column(t, r, "metric_latency_cycles"), column(t, r, "metric_latency_sem_cycles")
	require.Equal(t, "cycles", r.Metrics()[sem].Unit)
	area := column(t, r, "metric_area_sem_mm2")
	failed := 0
	for rec, err := range r.Rows() {
		require.NoError(t, err)
		switch {
		case rec.Failed != "":
			failed++
			require.Equal(t, 64.0, rec.Params[0])
			require.Equal(t, "evaluation 2 of 4: out of luck", rec.Failed)
		case rec.Infeasible == "":
			require.InDelta(t, 0.05, rec.Metrics[sem]/math.Abs(rec.Metrics[mean]), 0.05, "10 % of noise over the root of 4")
			require.Positive(t, rec.Metrics[sem])
			require.Zero(t, rec.Metrics[area], "the area is not drawn at random")
			require.Equal(t, -rec.Metrics[mean], rec.Objectives[0], "agents are told the mean")
		}
	}
	require.Positive(t, failed)
}

func TestMeansAreTheSameForAnyWorkersAndInterruptions(t *testing.T) {
	text := "lag = 4\n" + strings.Replace(several, `luck = "bad"`, "delay_us = 100", 1)
	reference, whole := run(t, text, sweep.Options{Workers: 1})
	dir, _ := run(t, text, sweep.Options{Workers: 4})
	require.Equal(t, parts(t, reference), parts(t, dir))
	dir = filepath.Join(t.TempDir(), "out")
	for _, at := range []int64{int64(whole.Trials) / 5, int64(whole.Trials) / 2} {
		runUntil(t, text, sweep.Options{Out: dir, Workers: 3, Resume: true}, at)
	}
	outcome, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Positive(t, outcome.Replayed)
	require.Equal(t, parts(t, reference), parts(t, dir))
}

func TestSeveralEvaluationsNeedChance(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"deterministic": {strings.Replace(several, "toy/noisy\"\nset = { luck = \"bad\" }", "toy\"", 1),
			`x.toml:4: scenario toy: toy is deterministic, equal designs have equal results: it has no setting "seed" or "…_seed", and is no program that says ` +
				`"deterministic": false; leave the key out`},
		"environment": {top + "evaluations_per_trial = 2\n[[scenario]]\nsimulator = \"games/corridor\"\n" + agent,
			"x.toml:3: scenario games/corridor is of games/corridor, an environment with state: only designs are evaluated several times"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := sweep.NewPlan(parse(t, c.text), catalog())
			require.EqualError(t, err, c.want)
		})
	}
}

func TestAProgramThatVariesIsEvaluatedSeveralTimes(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	outcome, err := runProgram(t, "evaluations_per_trial = 2\n"+programFile(t, "varies"), sweep.Options{Out: out})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	m, err := sweep.ReadManifest(out)
	require.NoError(t, err)
	require.Len(t, m.Outside, 2)
	r, err := dataset.Open(filepath.Join(out, "dataset"))
	require.NoError(t, err)
	defer r.Close()
	column(t, r, "metric_latency_sem_cycles")
	_, err = sweep.NewPlan(parse(t, "evaluations_per_trial = 2\n"+programFile(t, "works")), catalog())
	require.ErrorContains(t, err, "x.toml:1: scenario s: toy is deterministic")
}
