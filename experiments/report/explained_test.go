package report_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/report"
)

// drawing is an explained design of the first sample scenario with pictures of these sizes.
func drawing(sizes ...int) report.Explained {
	e := report.Explained{Design: report.Design{
		Agent: "ga", Repeat: 1, Trial: 7, Objectives: []float64{420.5},
		Axes: []report.Pair{{Name: "rows", Value: "8 PE"}}, Metrics: []report.Pair{{Name: "area_mm2", Value: "3"}},
	}}
	for _, n := range sizes {
		a := report.Artifact{Path: "artifacts/s/1-a b#.svg", MediaType: "image/svg+xml", Bytes: n}
		if a.Picture() {
			a.Data = bytes.Repeat([]byte("<"), n)
		}
		e.Artifacts = append(e.Artifacts, a)
	}
	return e
}

func TestHTMLShowsPicturesAsImages(t *testing.T) {
	sweep := sample(2, 2, 50)
	e := drawing()
	svg := []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)
	e.Artifacts = []report.Artifact{
		{Path: "artifacts/s/1-a b#.svg", MediaType: "image/svg+xml", Bytes: len(svg), Data: svg},
		{Path: "artifacts/s/1-layers.csv", MediaType: "text/csv", Bytes: 3456},
	}
	sweep.Scenarios[0].Explained = []report.Explained{e}
	page := html(t, sweep)
	requireBalanced(t, page)
	source := "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(svg)
	require.Equal(t, 1, strings.Count(page, "src="))
	require.Contains(t, page, `<img src="`+strings.ReplaceAll(source, "+", "&#43;")+`" alt="artifacts/s/1-a b#.svg" />`)
	require.NotContains(t, page, "<script")
	require.Contains(t, page, "<h3>Inside the best design</h3>")
	require.Contains(t, page, "<strong>latency_ns 420.5 ns</strong> by ga, repeat 1, trial 7: rows 8 PE</p>")
	require.Contains(t, page, "<summary>All metrics</summary>area_mm2 3</details>")
	require.Contains(t, page, `<a href="artifacts/s/1-a%20b%23.svg">artifacts/s/1-a b#.svg</a> (image/svg&#43;xml, 71 B)`)
	require.Contains(t, page, `<a href="artifacts/s/1-layers.csv">artifacts/s/1-layers.csv</a> (text/csv, 3.38 KiB)`)
}

func TestHTMLSaysWhichPicturesItLeavesOut(t *testing.T) {
	const mebi = 1 << 20
	const out = "; not shown: the page has room for pictures of 1 MiB each and 8 MiB together)"
	sweep := sample(2, 2, 50)
	sweep.Scenarios[0].Explained = []report.Explained{drawing(mebi, 2*mebi, mebi, mebi), drawing(mebi, mebi, mebi, mebi)}
	sweep.Scenarios[1].Explained = []report.Explained{drawing(mebi/2, mebi, mebi/2)}
	for i := range sweep.Scenarios[1].Explained {
		sweep.Scenarios[1].Explained[i].Objectives = []float64{1, 2}
	}
	page := html(t, sweep)
	require.Equal(t, 3+4+2, strings.Count(page, "<img "), "1 MiB each, and 1/2 MiB twice around one that finds too little room")
	require.Equal(t, 2, strings.Count(page, out))
	require.Equal(t, 1, strings.Count(page, "image/svg&#43;xml, 1 MiB"+out), "for want of room")
	require.Less(t, len(page), 12*mebi)
	requireBalanced(t, page)
}

func TestHTMLSaysWhatCouldNotBeExplained(t *testing.T) {
	sweep := sample(2, 2, 50)
	e := drawing()
	e.Failed = "panic: <b>"
	sweep.Scenarios[0].Explained = []report.Explained{e, drawing(9)}
	page := html(t, sweep)
	require.Contains(t, page, "<h3>Inside the best designs</h3>")
	require.Contains(t, page, "Could not be explained: panic: &lt;b&gt;</p>")
	requireBalanced(t, page)
}

func TestOnlySmallSVGIsAPicture(t *testing.T) {
	for _, c := range []struct {
		kind  string
		bytes int
		want  bool
	}{
		{"image/svg+xml", 1 << 20, true}, {"image/svg+xml; charset=utf-8", 1, true}, {"IMAGE/SVG+XML", 1, true},
		{"image/svg+xml", 1<<20 + 1, false}, {"image/png", 1, false}, {"text/html", 1, false}, {"", 1, false},
	} {
		require.Equal(t, c.want, report.Artifact{MediaType: c.kind, Bytes: c.bytes}.Picture(), "%+v", c)
	}
}

func TestExplainedDesignsHaveTheObjectives(t *testing.T) {
	sweep := sample(2, 2, 50)
	sweep.Scenarios[1].Explained = []report.Explained{drawing()}
	require.EqualError(t, report.HTML(&bytes.Buffer{}, sweep, report.Scripts{}), `report: scenario "bert-base": explained design 0 has the objectives [420.5]: want 2 finite values`)
}
