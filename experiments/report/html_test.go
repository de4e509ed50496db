package report_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/xml"
	htmlpkg "html"
	"io"
	"math"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/report"
	"github.com/codesign-gym/codesign/experiments/stats"
)

// TestHTMLIsOnePage also leaves the page in the file that REPORT_SAMPLE names, to be looked at.
func TestHTMLIsOnePage(t *testing.T) {
	page := html(t, sample(5, 5, 2000))
	if path := os.Getenv("REPORT_SAMPLE"); path != "" {
		require.NoError(t, os.WriteFile(path, []byte(page), 0o644))
	}
	requireBalanced(t, page)
	for _, address := range []string{"http:", "https:", "//", "src=", "url(", "@import", "<script", "<link"} {
		require.NotContains(t, page, address, "the page must need nothing else")
	}
	require.NotRegexp(t, `#000[1-9A-F]`, page, "key colours are replaced")
	for _, want := range []string{
		"<title>Systolic quick start</title>", "codesign run systolic-quickstart.toml --out results --resume",
		"interrupted after 3 of 5 seeds of the last agent", "prefers-color-scheme: dark", "@media print",
		">best latency_ns (ns)<", ">trials, log scale<", ">area_mm2 (mm2)<", ">energy_pj (pJ)<",
		"spec area_mm2 &lt;= 12.5 mm2", "weight stationary", "sha256:8c1f…",
		">best<span>ns</span>", ">best<span>volume</span>", "volume: the hypervolume of a seed&#39;s front", ">best macs / latency_ns<",
		"the first of 2 objectives", "designs of the joint front, evenly spread",
	} {
		require.Contains(t, page, want)
	}
	require.Equal(t, 3+5+5, strings.Count(page, `role="img"`), "over all, and of one and of several objectives")
	require.Equal(t, 13, strings.Count(page, "<desc id="))
	require.Equal(t, 2, strings.Count(page, "★"), "one winner a scenario")
	ids := regexp.MustCompile(` id="([^"]+)"`).FindAllString(page, -1)
	seen := map[string]bool{}
	for _, id := range ids {
		require.False(t, seen[id], "%s is there twice", id)
		seen[id] = true
	}
}

// TestHTMLCarriesItsScripts holds the page to one file with them too: the code inline, allowed by its hash, the figures as data beside the still ones.
func TestHTMLCarriesItsScripts(t *testing.T) {
	sweep := sample(5, 5, 200)
	const evil = "</script><b>&"
	sweep.Scenarios[0].Agents[0].Label = evil
	scripts := report.Scripts{Code: "document.title = 'alive';", Style: ".alive { color: red; }"}
	var out bytes.Buffer
	require.NoError(t, report.HTML(&out, sweep, scripts))
	page := out.String()
	hash := sha256.Sum256([]byte(scripts.Code))
	require.Contains(t, htmlpkg.UnescapeString(page), "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'; "+
		"script-src 'sha256-"+base64.StdEncoding.EncodeToString(hash[:])+"'")
	require.Contains(t, page, "<script>"+scripts.Code+"</script>")
	require.Contains(t, page, scripts.Style)
	require.NotContains(t, page, evil)
	require.NotContains(t, page, "built without the scripts")
	_, data, found := strings.Cut(page, `<script type="application/json" id="figures">`)
	require.True(t, found)
	data, _, _ = strings.Cut(data, "</script>")
	var doc struct {
		Figures []struct {
			ID     string
			Series []struct{ Name string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(data), &doc))
	require.Equal(t, strings.Count(page, "<figure data-figure="), len(doc.Figures))
	for _, f := range doc.Figures {
		require.Contains(t, page, `data-figure="`+f.ID+`"`)
	}
	require.True(t, slices.ContainsFunc(doc.Figures[3].Series, func(s struct{ Name string }) bool { return s.Name == evil }))

	still := html(t, sweep)
	require.Contains(t, still, "built without the scripts")
	require.NotContains(t, still, "<script")
}

func TestHTMLIsDeterministic(t *testing.T) {
	first := html(t, sample(8, 4, 200))
	for range 2 {
		require.Equal(t, first, html(t, sample(8, 4, 200)))
	}
}

func TestHTMLEscapesEverything(t *testing.T) {
	const evil = `<script>alert("1")</script>&'`
	sweep := sample(2, 2, 50)
	sweep.Title, sweep.Command, sweep.Notes = evil, evil, []string{evil}
	sweep.Manifest = []report.Pair{{Name: evil, Value: evil}}
	for i := range sweep.Scenarios {
		s := &sweep.Scenarios[i]
		s.Name, s.Simulator, s.Version = evil, evil, evil
		s.Objectives[0].Name, s.Objectives[0].Unit = evil, evil
		for j := range s.Constraints {
			s.Constraints[j].Name = evil
		}
		for j := range s.Agents {
			s.Agents[j].Label = evil
			for k := range s.Agents[j].Runs {
				s.Agents[j].Runs[k].BestDesign = []report.Pair{{Name: evil, Value: evil}}
			}
		}
	}
	page := html(t, sweep)
	require.NotContains(t, page, "<script")
	require.Greater(t, strings.Count(page, "&lt;script&gt;"), 30)
	requireBalanced(t, page)
}

func TestHTMLOfManyAgentsStaysSmall(t *testing.T) {
	sweep := sample(40, 10, 20_000)
	for i := range sweep.Scenarios[0].Agents {
		run := &sweep.Scenarios[0].Agents[i].Runs[0]
		run.Curve = run.Curve[:0]
		for n := 1; n <= run.Trials; n++ { // every trial an improvement
			run.Curve = append(run.Curve, stats.Step{Trials: n, Best: 1e6 / float64(n+i)})
		}
	}
	page := html(t, sweep)
	require.Less(t, len(page), 2_000_000)
	require.Contains(t, page, "33 other agents")
	legend := page[strings.Index(page, `<ul class="legend"`):]
	require.Equal(t, 8, strings.Count(legend[:strings.Index(legend, "</ul>")], "<li "), "seven colours and the others")
}

func TestHTMLOfUnfinishedSweeps(t *testing.T) {
	require.Contains(t, html(t, report.Sweep{Title: "empty"}), "<h1>empty</h1>")
	bare := report.Scenario{Name: "bare", Objectives: []objective.Term{{Name: "x"}}}
	for name, agents := range map[string][]report.AgentRuns{
		"no agents":     nil,
		"no runs":       {{Label: "a"}},
		"not begun":     {{Label: "a", Runs: []report.Run{{}}}},
		"none feasible": {{Label: "a", Runs: []report.Run{{Trials: 7}}}},
	} {
		bare.Agents = agents
		page := html(t, report.Sweep{Scenarios: []report.Scenario{bare}})
		require.Contains(t, page, "no design meets the spec yet", name)
		require.NotContains(t, page, "<figure", name)
		requireBalanced(t, page)
	}
	bare.Agents = []report.AgentRuns{{Label: "a", Runs: []report.Run{{Trials: 1, Curve: []stats.Step{{Trials: 1, Best: 0}}}}}}
	require.Contains(t, html(t, report.Sweep{LogTrials: true, Scenarios: []report.Scenario{bare}}), "<figure", "one trial is enough")
}

// Whatever finite values come, the page is written, complete and free of values that are not numbers.
func TestHTMLOfAnyValues(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.Float64Range(-1e300, 1e300), rapid.Float64Range(-2, 2), rapid.SampledFrom([]float64{0, 5e-324, 1e-300, 1e300, math.MaxFloat64, 1e17, 1e17 + 16}))
		scenario := report.Scenario{Name: "any", Objectives: []objective.Term{
			{Name: "a", Minimise: rapid.Bool().Draw(t, "minimise a")}, {Name: "b", Minimise: rapid.Bool().Draw(t, "minimise b")},
		}}
		for range rapid.IntRange(1, 4).Draw(t, "agents") {
			values := rapid.SliceOfN(rapid.OneOf(value, rapid.Just(math.NaN())), 0, 20).Draw(t, "values")
			curve := bestSoFar(values, scenario.Objectives[0].Minimise)
			front := rapid.SliceOfN(rapid.SliceOfN(value, 2, 2), 0, 10).Draw(t, "front")
			scenario.Agents = append(scenario.Agents, report.AgentRuns{Label: "agent", Runs: []report.Run{
				{Trials: curve.Trials, Curve: curve.Steps, Front: front},
				{Repeat: 1, Trials: 12},
			}})
		}
		var out bytes.Buffer
		require.NoError(t, report.HTML(&out, report.Sweep{LogTrials: rapid.Bool().Draw(t, "log"), Scenarios: []report.Scenario{scenario}}, report.Scripts{}))
		require.NotRegexp(t, `NaN|Inf[^a-z]`, out.String())
		require.Less(t, out.Len(), 500_000)
	})
}

// bestSoFar is the curve of a run whose trials gave these values, NaN for a trial without a feasible design.
func bestSoFar(values []float64, minimise bool) stats.Curve {
	curve := stats.Curve{Trials: len(values)}
	for i, v := range values {
		best, known := curve.At(i)
		if !math.IsNaN(v) && (!known || minimise && v < best || !minimise && v > best) {
			curve.Steps = append(curve.Steps, stats.Step{Trials: i + 1, Best: v})
		}
	}
	return curve
}

func BenchmarkHTML(b *testing.B) {
	sweep := sample(40, 10, 20_000)
	b.ReportAllocs()
	for b.Loop() {
		if err := report.HTML(io.Discard, sweep, report.Scripts{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkLotteryOf10000Studies is the page of 12 scenarios × 834 settings and seeds; the bars are 10 s and 20 MB, with the reading of the dataset. Scripts add
// their own size and the figures as data.
func BenchmarkLotteryOf10000Studies(b *testing.B) {
	sweep := lotterySample(12, 83, 3, 500)
	for _, bench := range []struct {
		name    string
		scripts report.Scripts
	}{{"still", report.Scripts{}}, {"scripts", report.Scripts{Code: strings.Repeat(" ", 600_000)}}} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				var out bytes.Buffer
				if err := report.HTML(&out, sweep, bench.scripts); err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(out.Len())/1e6, "MB")
			}
		})
	}
}

func html(t *testing.T, s report.Sweep) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, report.HTML(&out, s, report.Scripts{}))
	return out.String()
}

// requireBalanced parses the page: every element is closed where it should be.
func requireBalanced(t *testing.T, page string) {
	t.Helper()
	decoder := xml.NewDecoder(strings.NewReader(page)) // the page is written so that it is XML too
	decoder.Entity = xml.HTMLEntity
	for {
		_, err := decoder.Token()
		if err == io.EOF {
			return
		}
		require.NoError(t, err)
	}
}
