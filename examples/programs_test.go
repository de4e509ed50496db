package examples

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	_ "github.com/codesign-gym/codesign/experiments" // as in examples_test.go: the command is built from it
)

// programs lists the folders with simulators and agents in other languages.
func programs() []string { return []string{"process-python", "process-cpp", "agent-python"} }

// need skips a test, aloud, where a program is not installed; never in CI, where everything is.
func need(t *testing.T, program string) {
	t.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if os.Getenv("CI") == "true" {
		t.Fatalf("CI needs %s", program)
	}
	t.Skipf("SKIPPED: what needs %s, for want of it", program)
}

// codesign builds the command and puts it first in PATH.
func codesign(t *testing.T) {
	t.Helper()
	bin := t.TempDir()
	succeed(t, "..", "go build -o "+filepath.Join(bin, "codesign")+" ./cmd/codesign")
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// folding is a simulator in Python with all that its helper offers: conditions, an order, a batch, a repair, a detail, failures of all kinds.
const folding = `import codesign_sim as cs
def evaluate(designs):
    print("this must not disturb the protocol")
    for d in designs:
        if d["fold"] == 3:
            yield cs.Infeasible("three does not fold", violation=0.5)
        elif d["fold"] == 4:
            yield {"time_ms_per_op": float("nan")}
        elif d["fold"] == 5:
            yield {"time": 1}
        else:
            yield {"time_ms_per_op": d["fold"] + 10 * d["order"].index("b") + 100 * d.get("depth", 0)}
def repair(d, settings):
    return dict(d, fold=min(d["fold"], settings["most"]))
cs.serve(name="folding", version="1", doc="A test.",
    axes=[cs.ordinal("fold", [1, 2.5, 3, 4, 5, 6]), cs.nominal("deep", ["no", "yes"]), cs.ordinal("depth", [1, 2], when={"deep": "yes", "fold": [1, 2.5, 6]}),
          cs.permutation("order", ["a", "b", "c"])],
    metrics=[cs.metric("time", "ms/op", "made up")], settings=[cs.setting("most", 5)], evaluate=evaluate, batch=True, repair=repair,
    detail=lambda d: {"why.txt": str(sorted(d))})
`

func TestThePythonHelperHasEverything(t *testing.T) {
	need(t, "python3")
	top := copies(t)
	codesign(t)
	dir := filepath.Join(top, "process-python")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "folding.py"), []byte(folding), 0o600))
	designs := `{"fold":1,"deep":"yes","depth":2,"order":"b>c>a"}
{"fold":2.5,"deep":"no","order":"a>c>b"}
{"fold":3,"deep":"yes","order":"a>b>c"}
{"fold":4,"deep":"no","order":"a>b>c"}
{"fold":6,"deep":"no","order":"a>b>c"}
`
	require.NoError(t, os.WriteFile(filepath.Join(dir, "designs.jsonl"), []byte(designs), 0o600))
	require.Equal(t, `{"design":{"fold":1,"deep":"yes","depth":2,"order":"b>c>a"},"metrics":{"time_ms_per_op":201}}
{"design":{"fold":2.5,"deep":"no","order":"a>c>b"},"metrics":{"time_ms_per_op":22.5}}
{"design":{"fold":3,"deep":"yes","order":"a>b>c"},"infeasible":"three does not fold","violation":0.5}
{"design":{"fold":4,"deep":"no","order":"a>b>c"},"failed":"time_ms_per_op is nan"}
{"design":{"fold":6,"deep":"no","order":"a>b>c"},"failed":"evaluate returned the metrics ['time'], where ['time_ms_per_op'] are declared"}
`, strings.ReplaceAll(succeed(t, dir, `codesign eval --command "python3 folding.py" designs.jsonl --detail why`), `\u003e`, ">"))
	text, err := os.ReadFile(filepath.Join(dir, "why", "000002-why.txt"))
	require.NoError(t, err)
	require.Equal(t, "['deep', 'fold', 'order']", string(text))
}

// everything is an agent in Python that sees all that its helper offers: conditions, an order, several objectives, designs without a result.
const everything = `import codesign_agent as ca
class Everything:
    def __init__(self, problem):
        self.problem, self.seen = problem, []
        order = next(a for a in problem.axes if a.kind == "permutation")
        assert order.values[1] == ("a", "c", "b"), order.values
        print("this must not disturb the protocol", problem.options["depth"] + 1)
    def ask(self, n):
        if len(self.seen) == 4:
            return []
        fold = [1, 2.5, 3, 4][len(self.seen)]
        return [{"fold": fold, "deep": "yes", "order": ["b", "c", "a"], **({"depth": 2} if fold < 3 else {})}]
    def tell(self, trials):
        for t in trials:
            self.seen.append((t.design["fold"], "depth" in t.design, t.objectives, t.feasible, t.infeasible, t.violations, t.given))
        if len(self.seen) == 4:
            raise RuntimeError(repr(self.seen))
ca.serve_agent(Everything, options={"depth": 1})
`

func TestThePythonHelperOfAgentsHasEverything(t *testing.T) {
	need(t, "python3")
	top := copies(t)
	codesign(t)
	dir := filepath.Join(top, "agent-python")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "everything.py"), []byte(everything), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "folding.py"), []byte(folding), 0o600))
	helper, err := os.ReadFile(filepath.Join(top, "process-python", "codesign_sim.py"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "codesign_sim.py"), helper, 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "all.toml"), []byte(`name = "all"
budget = 10
[[scenario]]
simulator = { command = ["python3", "folding.py"] }
objective = { minimise = ["time_ms_per_op"], at_most = { time_ms_per_op = 150 } }
[[agent]]
kind = { command = ["python3", "everything.py"] }
depth = 4
`), 0o600))
	said, status := shell(t, dir, "codesign run all.toml --out all")
	require.NotZero(t, status)
	require.Contains(t, said, "agent: tell trial 3: program python3 everything.py: RuntimeError: ["+
		"(1, True, [-201], False, '', [0.34, 0], False), (2.5, True, [-202.5], False, '', [0.35, 0], False), "+
		"(3, False, None, False, 'three does not fold', [1, 0.5], False), (4, False, None, False, 'failed: time_ms_per_op is nan', [1, 0], False)]")

	said, status = shell(t, dir, "sed -i 's/depth = 4/width = 4/' all.toml && codesign run all.toml --out other")
	require.Equal(t, 2, status)
	require.Contains(t, said, "all.toml:6: agent python3 everything.py width=4 on scenario python3 folding.py: program python3 everything.py: ValueError: unknown option 'width' (known: depth)")

	t.Run("Optuna", func(t *testing.T) {
		if _, status := shell(t, dir, "python3 -c 'import optuna'"); status != 0 {
			t.Skip("SKIPPED: Optuna as an agent, for want of it: make test-python has it")
		}
		require.Regexp(t, `(?m)^optuna sampler=tpe .*\d`, succeed(t, dir, "codesign run optuna.toml --out optuna"))
	})
}

// TestProgramsHelpersKeepTheProtocol asks both helpers the same things, right and wrong ones.
func TestProgramsHelpersKeepTheProtocol(t *testing.T) {
	top := copies(t)
	for folder, build := range map[string]struct{ needs, make, command string }{
		"process-python": {"python3", "true", "python3 npu.py"},
		"process-cpp":    {"c++", "c++ -std=c++17 -O1 -Wall -Wextra -Wpedantic -Werror -o cache cache.cpp", "./cache"},
	} {
		t.Run(folder, func(t *testing.T) {
			need(t, build.needs)
			dir := filepath.Join(top, folder)
			succeed(t, dir, build.make)
			said := succeed(t, dir, `printf '%s\n' '{"type":"hello","id":0,"protocol":2}' '{"type":"hello","id":1,"protocol":1,"set":{"nothing":1}}' `+
				`'{"type":"hello","id":2,"protocol":1}' '{"type":"ask","id":3,"n":1}' '{"type":"evaluate","id":4,"points":[]}' '{"type":"close","id":5}' | `+
				build.command+` 2>/dev/null`)
			require.Regexp(t, `"error": ?"[^"]*version 2[^"]*version 1`, said, "another version is refused, both named")
			require.Regexp(t, `unknown setting \\?['"]nothing`, said)
			require.Regexp(t, `['"]ask\\?['"] is not served`, said)
			require.Regexp(t, `"values": ?\[\]`, said)
			require.Regexp(t, `"type": ?"close"`, said)
		})
	}
}
