package results_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	agentcatalog "github.com/codesign-gym/codesign/agents/catalog"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/file"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/results"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// drawn has a simulator that draws its designs, unless its settings say otherwise, and one that does not.
func drawn() sweep.Catalog {
	type config struct{ Width int }
	factory := simulators.Factory{
		Name: "drawn/wide", Doc: "An adder with a picture.",
		Settings: []simulators.Setting{
			{Name: "detail", Doc: "what becomes of it", Default: "svg", Allowed: []string{"svg", "error", "panic", "odd", "none"}},
			{Name: "pixels", Doc: "bytes of the picture", Default: 100},
		},
	}
	factory.New = func(s simulators.Settings) (simulators.Instance, error) {
		sim, err := simulators.Model[config]{
			Name: "drawn/wide", Version: "1", Metrics: []simulators.Metric{{Name: "latency", Unit: "ns"}, {Name: "area", Unit: "mm2"}},
			Fields: []simulators.Field[config]{simulators.Int("width", "bits", "", []int{1, 2, 4, 8, 16, 32}, func(c *config) *int { return &c.Width })},
			Eval: func(_ context.Context, c config) simulators.Result {
				return simulators.OK(64/float64(c.Width), float64(c.Width))
			},
		}.Build()
		in := simulators.Instance{Simulator: sim, Detail: func(_ context.Context, p space.Point) ([]simulators.Artifact, error) {
			width := sim.Config(p).Width
			switch kind := s.String("detail"); {
			case kind == "error":
				return nil, fmt.Errorf("no trace of %d bits", width)
			case kind == "panic", kind == "odd" && width != 32:
				panic("no picture")
			}
			svg := fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg"><!-- %d bits --><script>alert("x")</script>`, width)
			return []simulators.Artifact{
				{Name: "timeline.svg", MediaType: "image/svg+xml", Data: []byte(svg + strings.Repeat(" ", s.Int("pixels")) + "</svg>")},
				{Name: "bits.csv", MediaType: "text/csv", Data: fmt.Appendf(nil, "bits\n%d\n", width)},
			}, nil
		}}
		if s.String("detail") == "none" {
			in.Detail = nil
		}
		return in, err
	}
	return sweep.Catalog{Agents: agentcatalog.Agents(), Simulators: []simulators.Factory{factory}}
}

const (
	pictures = "name = \"drawn\"\nbudget = 6\nrepeats = 2\n"
	one      = "[[scenario]]\nsimulator = \"drawn/wide\"\nobjective = { minimise = [\"latency_ns\"], at_most = { area_mm2 = 8 } }\n"
	several  = "[[scenario]]\nname = \"front\"\nsimulator = \"drawn/wide\"\nobjective = { minimise = [\"latency_ns\", \"area_mm2\"] }\n"
	grid     = "[[agent]]\nkind = \"grid\"\n"
)

// finished is the folder of a run of the text with its artifacts.
func finished(t testing.TB, text string, o sweep.Options) (dir string, outcome sweep.Outcome) {
	t.Helper()
	f, err := file.Parse("drawn.toml", []byte(text))
	require.NoError(t, err)
	p, err := sweep.NewPlan(f, drawn())
	require.NoError(t, err)
	if o.Out == "" {
		o.Out = filepath.Join(t.TempDir(), "out")
	}
	o.Finish = results.Explain
	outcome, err = sweep.Run(t.Context(), p, o)
	require.NoError(t, err)
	return o.Out, outcome
}

// artifacts is every file of a folder's artifacts, by its path there.
func artifacts(t testing.TB, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	root := os.DirFS(filepath.Join(dir, sweep.ArtifactsName))
	require.NoError(t, fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			var data []byte
			data, err = fs.ReadFile(root, path)
			all[path] = string(data)
		}
		return err
	}))
	return all
}

func page(t testing.TB, dir string) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, report.HTML(&out, summed(t, dir, sweep.Catalog{}), report.Scripts{}))
	return out.String()
}

func TestBestDesignsAreExplained(t *testing.T) {
	dir, outcome := finished(t, pictures+one+several+grid, sweep.Options{Workers: 1})
	require.Equal(t, sweep.Outcome{Dir: dir, Status: sweep.Complete, Studies: 4, Trials: 24}, outcome)
	all := artifacts(t, dir)
	for path, want := range map[string]string{ // at most 8 mm2: 8 bits; of the front of all six widths the ends and the third
		"drawn-wide/1-bits.csv": "bits\n8\n", "front/1-bits.csv": "bits\n32\n", "front/2-bits.csv": "bits\n8\n", "front/3-bits.csv": "bits\n1\n",
	} {
		require.Equal(t, want, all[path], path)
		require.Contains(t, all[strings.Replace(path, "bits.csv", "timeline.svg", 1)], "<!-- "+strings.TrimSpace(strings.TrimPrefix(want, "bits\n"))+" bits -->")
	}
	require.Len(t, all, 9, "two files for each of four designs, and the index")

	s := summed(t, dir, sweep.Catalog{})
	svg := all["drawn-wide/1-timeline.svg"]
	require.Equal(t, []report.Explained{{
		Design: report.Design{Agent: "grid", Trial: 3, Objectives: []float64{8}, Axes: []report.Pair{{Name: "width", Value: "8 bits"}},
			Metrics: []report.Pair{{Name: "latency_ns", Value: "8"}, {Name: "area_mm2", Value: "8"}}},
		Artifacts: []report.Artifact{
			{Path: "artifacts/drawn-wide/1-timeline.svg", MediaType: "image/svg+xml", Bytes: len(svg), Data: []byte(svg)},
			{Path: "artifacts/drawn-wide/1-bits.csv", MediaType: "text/csv", Bytes: 7},
		},
	}}, s.Scenarios[0].Explained)
	require.Len(t, s.Scenarios[1].Explained, 3)
	require.Equal(t, []float64{2, 32}, s.Scenarios[1].Explained[0].Objectives)
}

func TestArtifactsAreTheSameForAnyWorkersAndResumed(t *testing.T) {
	text := pictures + one + several + strings.Replace(one, "[[scenario]]", "[[scenario]]\nname = \"odd\"\nset = { detail = \"panic\" }", 1) + grid
	reference, _ := finished(t, text, sweep.Options{Workers: 1})
	want := artifacts(t, reference)
	shown := summed(t, reference, sweep.Catalog{}).Scenarios
	for _, workers := range []int{2, 8} {
		dir, _ := finished(t, text, sweep.Options{Workers: workers})
		require.Equal(t, want, artifacts(t, dir), "%d workers", workers)
	}
	part := filepath.Join(sweep.DatasetName, "part-00000.parquet")
	data, err := os.ReadFile(filepath.Join(reference, part))
	require.NoError(t, err)

	dir, _ := finished(t, text, sweep.Options{Workers: 2})
	require.NoError(t, os.WriteFile(filepath.Join(dir, sweep.ArtifactsName, "left.svg"), nil, 0o644))
	undo(t, dir)
	for _, scenario := range summed(t, dir, drawn()).Scenarios {
		require.Empty(t, scenario.Explained, "the best designs of an unfinished folder may change")
	}
	_, outcome := finished(t, text, sweep.Options{Out: dir, Resume: true})
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Equal(t, want, artifacts(t, dir))
	again, err := os.ReadFile(filepath.Join(dir, part))
	require.NoError(t, err)
	require.Equal(t, data, again, "the dataset")
	for i, scenario := range summed(t, dir, sweep.Catalog{}).Scenarios {
		require.Equal(t, shown[i].Explained, scenario.Explained)
	}
}

func TestADesignThatCannotBeExplainedIsNoted(t *testing.T) {
	for _, c := range []struct{ kind, want string }{
		{"error", "no trace of 8 bits"},
		{"panic", "panic: no picture: design [width:8]: at results_test.drawn"},
	} {
		dir, outcome := finished(t, pictures+one+"set = { detail = \""+c.kind+"\" }\n"+grid, sweep.Options{})
		require.Equal(t, sweep.Complete, outcome.Status)
		require.Len(t, outcome.Notes, 1)
		require.Contains(t, outcome.Notes[0], "scenario drawn/wide detail="+c.kind+": the design of grid, repeat 0, trial 3 could not be explained: "+c.want)
		require.Len(t, artifacts(t, dir), 1, "the index says why")
		require.Contains(t, page(t, dir), "Could not be explained: "+c.want)
	}
	dir, outcome := finished(t, pictures+several+"set = { detail = \"odd\" }\n"+grid, sweep.Options{})
	require.Len(t, outcome.Notes, 2, "two of three designs")
	require.Len(t, artifacts(t, dir), 3, "the third one's files, and the index")
	require.Equal(t, 2, strings.Count(page(t, dir), "Could not be explained: panic: no picture"))
}

func TestNothingToExplain(t *testing.T) {
	for name, text := range map[string]string{
		"no Detail":    pictures + one + "set = { detail = \"none\" }\n" + grid,
		"nothing best": pictures + strings.Replace(one, "area_mm2 = 8", "area_mm2 = 0.5", 1) + grid,
	} {
		dir, outcome := finished(t, text, sweep.Options{})
		require.Empty(t, outcome.Notes, name)
		require.NoDirExists(t, filepath.Join(dir, sweep.ArtifactsName), name)
		require.NotContains(t, page(t, dir), "Inside the best design", name)
	}
}

func TestLargePicturesAreFilesOnly(t *testing.T) {
	dir, _ := finished(t, pictures+one+"set = { pixels = 2000000 }\n"+grid, sweep.Options{})
	require.Greater(t, len(artifacts(t, dir)["drawn-wide-pixels=2000000/1-timeline.svg"]), 2_000_000)
	text := page(t, dir)
	require.Less(t, len(text), 100_000)
	require.Contains(t, text, `1-timeline.svg</a> (image/svg&#43;xml, 1.91 MiB; not shown: `)
}

func TestFoldersOfScenariosHaveNamesOfTheirOwn(t *testing.T) {
	var text strings.Builder
	for _, name := range []string{"a/b", "a:b", "A b", "..", "index.json", "größe=1"} {
		text.WriteString(strings.Replace(one, "[[scenario]]", fmt.Sprintf("[[scenario]]\nname = %q", name), 1))
	}
	dir, _ := finished(t, pictures+text.String()+grid, sweep.Options{})
	all := artifacts(t, dir)
	for _, folder := range []string{"a-b", "a-b-2", "A-b-3", "-2", "index.json-2", "größe=1"} {
		require.Contains(t, all, folder+"/1-bits.csv")
	}
	require.Contains(t, page(t, dir), `<a href="artifacts/gr%C3%B6%C3%9Fe=1/1-bits.csv">artifacts/größe=1/1-bits.csv</a>`)
}

func TestDamagedArtifacts(t *testing.T) {
	for _, c := range []struct {
		name   string
		damage func(index []map[string]any) []map[string]any
		want   string
	}{
		{"no list", func([]map[string]any) []map[string]any { return []map[string]any{{"designs": 7}} }, "artifacts/index.json: json: cannot unmarshal number"},
		{"an unknown scenario", func(index []map[string]any) []map[string]any {
			index[0]["scenario"] = "x"
			return index
		}, `artifacts/index.json: the dataset has no scenario "x"`},
		{"a file outside of the folder", func(index []map[string]any) []map[string]any {
			design := index[0]["designs"].([]any)[0].(map[string]any)
			design["artifacts"].([]any)[0].(map[string]any)["path"] = "../secret.svg"
			return index
		}, "../secret.svg: path escapes from parent"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir, _ := finished(t, pictures+one+grid, sweep.Options{})
			require.NoError(t, os.WriteFile(filepath.Join(dir, "..", "secret.svg"), []byte("secret"), 0o644))
			var index []map[string]any
			require.NoError(t, json.Unmarshal([]byte(artifacts(t, dir)["index.json"]), &index))
			text, err := json.Marshal(c.damage(index))
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, sweep.ArtifactsName, "index.json"), text, 0o644))
			f, err := results.Open(dir, sweep.Catalog{})
			require.NoError(t, err)
			_, err = f.Sweep()
			require.ErrorContains(t, errors.Join(err, f.Close()), c.want)
		})
	}
	dir, _ := finished(t, pictures+one+grid, sweep.Options{})
	require.NoError(t, os.RemoveAll(filepath.Join(dir, sweep.ArtifactsName)))
	require.NotContains(t, page(t, dir), "Inside the best design", "the folder may be removed to save room")
}
