package lint

import (
	"encoding/json"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/codesign-gym/codesign"

// pkg is what the rules need of `go list`. Imports are of non-test files.
type pkg struct {
	ImportPath, Dir string
	GoFiles         []string
	Imports         []string
}

func (p pkg) name() string { return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/") }

func packages(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports", module+"/...")
	out, err := cmd.Output()
	require.NoError(t, err)
	var list []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); err == io.EOF {
			return list
		} else {
			require.NoError(t, err)
		}
		list = append(list, p)
	}
}

// rule says which packages of this module the packages below a path may import, and which other modules; leaves may always be imported.
// The rule with the longest matching path holds. A trailing /... matches the path and all below it.
type rule struct{ of, may, libraries string }

func rules() []rule {
	return []rule{
		{of: "env/space"}, {of: "env/seed"},
		{of: "internal/...", libraries: "gonum.org/v1/gonum"},
		{of: "internal/tomllines", libraries: "github.com/BurntSushi/toml"},
		{of: "accelerators/tech"}, {of: "accelerators/dnn"},
		{of: "accelerators/dnn/zerocost", may: "accelerators/dnn accelerators/dnn/nas", libraries: "gonum.org/v1/gonum"},
		{of: "accelerators/dnn/nas", may: "accelerators/dnn"}, {of: "accelerators/dnn/accuracy", may: "accelerators/dnn accelerators/dnn/nas"},
		{of: "accelerators/systolic/...", may: "accelerators/tech accelerators/dnn accelerators/systolic"},
		{of: "accelerators/dataflow/...", may: "accelerators/tech accelerators/dnn accelerators/systolic accelerators/dataflow"},
		{of: "accelerators/hetero", may: "accelerators/tech accelerators/dnn accelerators/dataflow"},
		{of: "accelerators/chips", may: "accelerators/tech accelerators/dnn accelerators/systolic"},
		{of: "accelerators/chips/golden", may: "accelerators/tech accelerators/dnn accelerators/systolic accelerators/chips", libraries: "gonum.org/v1/gonum"},
		{of: "accelerators/loopnest/...", may: "accelerators/tech accelerators/dnn accelerators/loopnest"},
		{of: "accelerators/systolic/offchip", may: "accelerators/dnn accelerators/systolic dram/..."},
		{of: "dram/device"}, {of: "dram/trace"},
		{of: "dram/address", may: "dram/device"}, {of: "dram/power/...", may: "dram/device dram/power"}, {of: "dram/jedec", may: "dram/device"},
		{of: "dram/memory", may: "dram/device dram/trace dram/address dram/power"},
		{of: "dram/dramsys", may: "dram/device dram/trace dram/address dram/memory"},
		{of: "dram/dramsim3", may: "dram/device dram/trace dram/address dram/memory dram/power"},
		{of: "dram/ramulator", may: "dram/device dram/trace dram/address dram/memory"},
		{of: "dram", may: "dram/..."}, {of: "dram/golden", may: "dram/..."},
		{of: "soc/format", may: "soc"},
		{of: "soc"}, {of: "soc/golden", may: "soc"},
		{of: "soc/xr/...", may: "accelerators/... soc/xr"},
		{of: "simulators"},
		{of: "simulators/wrap", may: "simulators"},
		{of: "simulators/simtest", may: "simulators", libraries: "github.com/stretchr/testify"},
		{of: "simulators/functions", may: "simulators internal/functions"},
		{of: "simulators/files", may: "simulators", libraries: "github.com/BurntSushi/toml"},
		{of: "simulators/onnx", may: "accelerators/dnn", libraries: "google.golang.org/protobuf/encoding/protowire"},
		{of: "simulators/networks", may: "simulators simulators/files simulators/onnx accelerators/dnn"},
		{of: "simulators/technology", may: "simulators simulators/files accelerators/tech"},
		{of: "simulators/dram", may: "simulators simulators/files env dram/...", libraries: "github.com/BurntSushi/toml"},
		{of: "simulators/systolic", may: "simulators simulators/files simulators/networks simulators/technology env accelerators/..."},
		{of: "simulators/asic", may: "simulators simulators/files simulators/networks env accelerators/..."},
		{of: "simulators/coexplore", may: "simulators simulators/accuracy simulators/asic simulators/systolic simulators/dram env accelerators/... dram/..."},
		{of: "simulators/timeloop", may: "simulators simulators/technology accelerators/...", libraries: "go.yaml.in/yaml/v3 github.com/BurntSushi/toml"},
		{of: "simulators/eyeriss", may: "simulators simulators/networks simulators/technology simulators/timeloop accelerators/..."},
		{of: "simulators/accuracy", may: "simulators simulators/files simulators/wrap simulators/process simulators/accuracy/fit " +
			"accelerators/dnn accelerators/dnn/nas accelerators/dnn/accuracy"},
		{of: "simulators/accuracy/fit", may: "accelerators/dnn/nas accelerators/dnn/accuracy"},
		{of: "simulators/zerocost", may: "simulators simulators/files simulators/wrap simulators/accuracy accelerators/dnn accelerators/dnn/nas accelerators/dnn/accuracy accelerators/dnn/zerocost",
			libraries: "golang.org/x/image/draw"},
		{of: "simulators/soc", may: "simulators simulators/files env env/objective soc/..."},
		{of: "simulators/networkspace", may: "simulators simulators/files simulators/asic accelerators/...", libraries: "github.com/BurntSushi/toml"},
		{of: "simulators/xr", may: "simulators simulators/files accelerators/... soc/xr/..."},
		{of: "simulators/catalog", may: "simulators/... env env/games"},
		{of: "simulators/proxy", may: "simulators", libraries: "google.golang.org/protobuf/encoding/protowire"},
		{of: "simulators/process", may: "simulators env env/objective"},
		{of: "env/objective", may: "simulators", libraries: "github.com/expr-lang/expr"},
		{of: "env", may: "simulators env/objective"},
		{of: "env/games", may: "env env/objective simulators"},
		{of: "env/envtest", may: "env env/objective simulators", libraries: "github.com/stretchr/testify"},
		{of: "agents/...", may: "env simulators agents/...", libraries: "gonum.org/v1/gonum github.com/mroth/weightedrand/v2"},
		{of: "agents/agenttest", may: "env env/... simulators agents agents/rank", libraries: "github.com/stretchr/testify gonum.org/v1/gonum/stat"},
		{of: "examples"},
		{of: "experiments"},
		{of: "experiments/file", libraries: "github.com/BurntSushi/toml"},
		{of: "experiments/journal", may: "simulators"},
		{of: "experiments/dataset", may: "simulators env/objective", libraries: "github.com/parquet-go/parquet-go github.com/klauspost/compress"},
		{of: "experiments/stats", libraries: "gonum.org/v1/gonum"},
		{of: "experiments/study", may: "simulators simulators/wrap env env/objective agents"},
		{of: "experiments/chart", may: "experiments/stats", libraries: "gonum.org/v1/plot gonum.org/v1/gonum"},
		{of: "experiments/report", may: "env/objective simulators experiments/chart experiments/stats experiments/dataset"},
		{of: "experiments/sweep", may: "simulators/... env env/objective agents experiments/file experiments/journal experiments/dataset experiments/stats experiments/study experiments/trained experiments/outside experiments/hybrid agents/screen"},
		{of: "experiments/hybrid", may: "simulators simulators/proxy simulators/wrap env/objective"},
		{of: "experiments/outside", may: "simulators/process agents"},
		{of: "experiments/trained", may: "env"},
		{of: "experiments/queue", may: "simulators simulators/wrap experiments/journal experiments/sweep",
			libraries: "github.com/nats-io/nats.go github.com/nats-io/nats-server/v2"},
		{of: "experiments/serve", may: "simulators simulators/process simulators/wrap env env/objective agents experiments/sweep"},
		{of: "experiments/dashboard", may: "simulators simulators/wrap env/objective experiments/chart experiments/dataset experiments/journal experiments/results experiments/stats " +
			"experiments/study experiments/sweep"},
		{of: "experiments/results", may: "simulators env/objective experiments/dataset experiments/file experiments/report experiments/stats experiments/sweep"},
		{of: "experiments/proxy", may: "simulators simulators/... env env/objective agents experiments/dataset experiments/file experiments/hybrid experiments/report experiments/stats experiments/study experiments/sweep"},
		{of: "experiments/archgym", may: "simulators env/objective experiments/dataset"},
		{of: "experiments/verify", may: "simulators/... dram/... accelerators/... experiments/dataset experiments/report experiments/results"},
		{of: "web"},
		{of: "experiments/cli", may: "simulators/... env/... agents experiments/... web accelerators/dnn/nas accelerators/dnn/accuracy",
			libraries: "github.com/spf13/cobra github.com/spf13/pflag github.com/schollz/progressbar/v3 golang.org/x/term"},
		{of: "experiments/agentsbench", may: "simulators/... env env/... agents agents/... experiments/stats experiments/study"},
		{of: "cmd/agentsbench", may: "agents/catalog experiments/agentsbench"},
		{of: "cmd/codesign", may: "simulators/catalog agents/catalog experiments experiments/cli experiments/sweep"},
	}
}

// leaves may be imported by any package; domains are held to the first of them by forbidding the rest, but that golden packages report by internal/agree.
var leaves = []string{"env/space", "env/seed", "internal/..."}

func matches(pattern, name string) bool {
	base, below := strings.CutSuffix(pattern, "/...")
	return name == base || below && strings.HasPrefix(name, base+"/")
}

func anyMatches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(p string) bool { return matches(p, name) })
}

func ruleFor(name string) (rule, bool) {
	best, found := rule{}, false
	for _, r := range rules() {
		if matches(r.of, name) && len(r.of) > len(best.of) {
			best, found = r, true
		}
	}
	return best, found
}

// violations lists what a package imports against its rule.
func violations(p pkg) []string {
	r, ok := ruleFor(p.name())
	if !ok {
		return []string{fmt.Sprintf("%s has no import rule: add one that DESIGN allows", p.name())}
	}
	domain := slices.ContainsFunc([]string{"dram/...", "accelerators/...", "soc/..."}, func(d string) bool { return matches(d, p.name()) })
	var bad []string
	for _, path := range p.Imports {
		own, inside := strings.CutPrefix(path, module+"/")
		switch {
		case inside && domain && anyMatches(leaves, own) && own != "env/space" && (own != "internal/agree" || !strings.HasSuffix(p.name(), "/golden")):
			bad = append(bad, fmt.Sprintf("%s is a domain and may import no leaf but env/space, not %s", p.name(), own))
		case inside && !anyMatches(leaves, own) && !anyMatches(strings.Fields(r.may), own):
			bad = append(bad, fmt.Sprintf("%s may import [%s], not %s", p.name(), r.may, own))
		case !inside && strings.Contains(strings.Split(path, "/")[0], ".") && !libraryAllowed(r, path):
			bad = append(bad, fmt.Sprintf("%s may use the libraries [%s], not %s", p.name(), r.libraries, path))
		}
	}
	return bad
}

func libraryAllowed(r rule, path string) bool {
	for _, l := range strings.Fields(r.libraries) {
		if path == l || strings.HasPrefix(path, l+"/") {
			return true
		}
	}
	return false
}

func TestImportsFlowOneWay(t *testing.T) {
	list := packages(t)
	require.Greater(t, len(list), 20, "go list found too few packages for the rules to mean anything")
	for _, p := range list {
		for _, v := range violations(p) {
			t.Error(v)
		}
	}
}

// TestRulesBite shows that the rules refuse what they are there to refuse.
func TestRulesBite(t *testing.T) {
	for name, p := range map[string]pkg{
		"an agent imports a simulator":       {ImportPath: module + "/agents/genetic", Imports: []string{module + "/simulators/systolic"}},
		"a domain imports a contract":        {ImportPath: module + "/accelerators/systolic", Imports: []string{module + "/simulators"}},
		"a domain imports another leaf":      {ImportPath: module + "/accelerators/dnn", Imports: []string{module + "/env/seed"}},
		"a model reports agreement":          {ImportPath: module + "/dram/memory", Imports: []string{module + "/internal/agree"}},
		"a lower domain imports a higher":    {ImportPath: module + "/accelerators/tech", Imports: []string{module + "/accelerators/systolic"}},
		"a leaf imports a contract":          {ImportPath: module + "/env/space", Imports: []string{module + "/simulators"}},
		"the journal imports its sibling":    {ImportPath: module + "/experiments/journal", Imports: []string{module + "/experiments/dataset"}},
		"Parquet outside the dataset":        {ImportPath: module + "/experiments/sweep", Imports: []string{"github.com/parquet-go/parquet-go"}},
		"YAML outside Timeloop's reader":     {ImportPath: module + "/simulators/files", Imports: []string{"go.yaml.in/yaml/v3"}},
		"NATS outside the queue":             {ImportPath: module + "/experiments/sweep", Imports: []string{"github.com/nats-io/nats.go"}},
		"cobra outside the command":          {ImportPath: module + "/experiments/study", Imports: []string{"github.com/spf13/cobra"}},
		"a package that nobody has placed":   {ImportPath: module + "/helpers"},
		"the wrappers import an environment": {ImportPath: module + "/simulators/wrap", Imports: []string{module + "/env"}},
	} {
		t.Run(name, func(t *testing.T) { require.NotEmpty(t, violations(p)) })
	}
	require.Empty(t, violations(pkg{ImportPath: module + "/agents/genetic", Imports: []string{"fmt", module + "/env", module + "/env/space"}}))
}
