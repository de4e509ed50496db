package sweep_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/experiments/trained"
)

// training is a sweep whose agents learn what can be saved, but for one.
const training = "save_policies = true\nrepeats = 2\nlanes = 2\n" + top + scenario + "[[scenario]]\nsimulator = \"games/corridor\"\n" +
	"[[agent]]\nkind = \"ppo\"\nwidth = 4\nbatch = 16\n[[agent]]\nkind = \"mappo\"\nwidth = 4\nbatch = 16\ngroups = \"axis\"\n[[agent]]\nkind = \"random\"\n"

// policies reads the trained policies of a folder by study.
func policies(t testing.TB, dir string) map[string]string {
	t.Helper()
	if _, err := os.Stat(filepath.Join(dir, sweep.PoliciesName)); err != nil {
		return nil
	}
	all := map[string]string{}
	for path, text := range contents(t, filepath.Join(dir, sweep.PoliciesName)) {
		all[filepath.Base(path)] = text
	}
	return all
}

func TestTrainedPoliciesAreSaved(t *testing.T) {
	one, _ := run(t, training, sweep.Options{Workers: 1})
	many, _ := run(t, training, sweep.Options{Workers: 4})
	saved := policies(t, one)
	require.Len(t, saved, 2*2*2, "two kinds on two scenarios, twice")
	require.Equal(t, saved, policies(t, many), "workers change nothing")
	studies, _ := rows(t, one)
	for i, s := range studies {
		text, ok := saved[filepath.Base(sweep.PolicyPath(one, i))]
		require.Equal(t, s.Agent != "random", ok, "study %d", i)
		if !ok {
			continue
		}
		p, err := trained.Parse([]byte(text))
		require.NoError(t, err)
		require.Equal(t, s.Agent, p.Kind)
		require.Equal(t, trained.Origin{
			Experiment: "test", Scenario: s.Scenario, Simulator: s.Simulator, Version: s.Version, Label: s.Label, Repeat: s.Repeat, Seed: s.Seed, Trials: 40,
		}, p.Origin)
	}
	plain, _ := run(t, strings.TrimPrefix(training, "save_policies = true\n"), sweep.Options{})
	require.Nil(t, policies(t, plain))
	require.Equal(t, parts(t, one), parts(t, plain), "saving changes no trial")
}

func TestInterruptedTrainingSavesTheSame(t *testing.T) {
	text := strings.Replace(training, "games/corridor", "slow/corridor", 1)
	whole, _ := run(t, text, sweep.Options{})
	dir := filepath.Join(t.TempDir(), "out")
	runUntil(t, text, sweep.Options{Out: dir, Workers: 1, Resume: true}, 60)
	runUntil(t, text, sweep.Options{Out: dir, Workers: 2, Resume: true}, 300)
	_, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
	require.NoError(t, err)
	require.Equal(t, policies(t, whole), policies(t, dir))
}

// walking trains a policy in the corridor until it always walks right.
const walking = "lanes = 2\nname = \"x\"\nbudget = 3000\n[[scenario]]\nsimulator = \"slow/corridor\"\n[[agent]]\nkind = \"ppo\"\nwidth = 4\nbatch = 64\nlearning_rate = 0.02\n"

// trainedIn is the first policy of a run of the file.
func trainedIn(t testing.TB, text string) *trained.Policy {
	t.Helper()
	dir, _ := run(t, "save_policies = true\n"+text, sweep.Options{})
	p, err := trained.Read(sweep.PolicyPath(dir, 0))
	require.NoError(t, err)
	return p
}

// evaluation is the plan of evaluating the policy with a file.
func evaluation(t testing.TB, text string, p *trained.Policy) *sweep.Plan {
	t.Helper()
	e, err := plan(t, text).Evaluate(p)
	require.NoError(t, err)
	return e
}

func TestAPolicyIsEvaluatedWithoutLearning(t *testing.T) {
	p := trainedIn(t, strings.Replace(walking, "slow", "games", 1))
	text := strings.Replace(walking, "3000", "200", 1) + "[[agent]]\nkind = \"random\"\n"
	reference := filepath.Join(t.TempDir(), "reference")
	outcome, err := sweep.Run(context.Background(), evaluation(t, text, p), sweep.Options{Out: reference})
	require.NoError(t, err)
	require.Equal(t, 1, outcome.Studies, "only the agent that it was trained as takes part")
	studies, list := rows(t, reference)
	hash, err := p.Hash()
	require.NoError(t, err)
	require.Contains(t, string(studies[0].Hyperparameters), `"policy":"`+hash+`"`)
	require.Equal(t, "ppo width=4 batch=64 learning_rate=0.02 policy="+hash[:12], studies[0].Label)
	for _, rec := range list {
		require.Equal(t, "right", rec.Params[0], "it walks straight from the first step on")
	}
	require.Nil(t, policies(t, reference), "nothing was learned")

	// An interrupted evaluation goes on with the same policy only.
	dir := filepath.Join(t.TempDir(), "out")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	outcome, err = sweep.Run(ctx, evaluation(t, text, p), sweep.Options{Out: dir})
	require.NoError(t, err)
	require.Equal(t, sweep.Interrupted, outcome.Status)
	_, err = sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
	require.EqualError(t, err, "folder "+dir+" holds the run of the trained policy "+hash[:12]+", this one is of learning agents: choose another --out")
	again, err := sweep.Reopen(dir, catalog())
	require.NoError(t, err)
	require.Equal(t, evaluation(t, text, p).Identity(), again.Identity())
	_, err = sweep.Run(context.Background(), again, sweep.Options{Out: dir, Resume: true})
	require.ErrorContains(t, err, "is for reading it")
	_, err = sweep.Run(context.Background(), evaluation(t, text, p), sweep.Options{Out: dir, Resume: true})
	require.NoError(t, err)
	require.Equal(t, parts(t, reference), parts(t, dir))
}

func TestADesignersPolicyIsEvaluatedOnAnotherScenario(t *testing.T) {
	const agent = "[[agent]]\nkind = \"mappo\"\ngroups = \"subsystem\"\n[[agent]]\nkind = \"ppo\"\ngroups = \"axis\"\nname = \"split\"\n"
	dir, _ := run(t, "save_policies = true\n"+top+scenario+agent, sweep.Options{})
	for i := range 2 {
		p, err := trained.Read(sweep.PolicyPath(dir, i))
		require.NoError(t, err)
		out := filepath.Join(t.TempDir(), "out")
		text := top + strings.Replace(scenario, "\"toy\"", "\"toy\"\nset = { work = 9 }", 1) + agent
		_, err = sweep.Run(context.Background(), evaluation(t, text, p), sweep.Options{Out: out})
		require.NoError(t, err)
		studies, list := rows(t, out)
		require.Len(t, studies, 1)
		require.Equal(t, p.Kind, studies[0].Agent)
		require.Len(t, list, 40)
	}
}

func TestPoliciesThatDoNotFitAreErrors(t *testing.T) {
	designer := trainedIn(t, top+scenario+"[[agent]]\nkind = \"ppo\"\nwidth = 4\n")
	walker := trainedIn(t, strings.Replace(walking, "slow", "games", 1))
	const ppo = "[[agent]]\nkind = \"ppo\"\nwidth = 4\n"
	for _, c := range []struct {
		name   string
		policy *trained.Policy
		text   string
		want   string
	}{
		{"another kind", designer, top + scenario + agent + "[[agent]]\nkind = \"ga\"\n",
			`x.toml:6: the policy is of agent ppo, which is not in the file (random, ga)`},
		{"other options", designer, top + scenario + agent + strings.Replace(ppo, "4", "5", 1) + "layers = 1\n[[agent]]\nkind = \"ppo\"\nname = \"near\"\nwidth = 8\n",
			`x.toml:12: the policy was trained as another ppo: width = 4, here 8`},
		{"groups", designer, top + scenario + ppo + "groups = \"axis\"\n", `x.toml:6: the policy was trained as another ppo: groups "", here "axis"`},
		{"another space", designer, top + "[[scenario]]\nname = \"small\"\n" + strings.TrimPrefix(scenario, "[[scenario]]\n") + "fix = { levels = { cols = [2, 4] } }\n" + ppo,
			`x.toml:3: scenario small: the policy (ppo, trained by experiment test on toy (repeat 0, 40 trials)) does not fit: agent "designer": ` +
				`axis "cols" is ordinal [1 2 4 8 16 32 64 128] PE, here it is ordinal [2 4] PE`},
		{"another mode", designer, top + "[[scenario]]\nsimulator = \"games/corridor\"\n" + ppo,
			`x.toml:3: scenario games/corridor: the policy (ppo, trained by experiment test on toy (repeat 0, 40 trials)) does not fit: ` +
				`it proposes designs, here it acts step by step`},
		{"other agents", walker, strings.Replace(walking, "slow/corridor", "games/matrix", 1),
			`x.toml:4: scenario games/matrix: the policy (ppo, trained by experiment x on games/corridor (repeat 0, 3000 trials)) does not fit: it is of 1 agents, here are 2`},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := plan(t, c.text).Evaluate(c.policy)
			require.EqualError(t, err, c.want)
		})
	}
	damaged := *designer
	damaged.Parameters = damaged.Parameters[:len(damaged.Parameters)-9]
	_, err := plan(t, top+scenario+ppo).Evaluate(&damaged)
	require.ErrorContains(t, err, "the checksum is wrong: it is cut off or damaged")
}

func TestSavingPoliciesOfAgentsThatLearnNone(t *testing.T) {
	_, err := sweep.NewPlan(parse(t, top+"save_policies = true\n"+scenario+agent+"[[agent]]\nkind = \"ga\"\npopulation = [4, 8]\n"), catalog())
	require.EqualError(t, err, "x.toml:3: none of the agents learns a policy that can be saved: random, ga")
}

// The state of the environments is part of what a central critic's policy was made for.
func TestPoliciesWithCentralCritics(t *testing.T) {
	text := "lanes = 2\n" + top + "[[scenario]]\nsimulator = \"toy/stated\"\n[[agent]]\nkind = \"mappo\"\nwidth = 4\nbatch = 8\n"
	p := trainedIn(t, text)
	require.Equal(t, []string{"height PE"}, p.State)
	require.Contains(t, string(p.Parameters), "central state observer")
	out := filepath.Join(t.TempDir(), "out")
	_, err := sweep.Run(context.Background(), evaluation(t, text, p), sweep.Options{Out: out})
	require.NoError(t, err)
	_, list := rows(t, out)
	require.Len(t, list, 40)
	p.State = nil
	_, err = plan(t, text).Evaluate(p)
	require.ErrorContains(t, err, "its critics learned from the central state [], here it is [height PE]")
}
