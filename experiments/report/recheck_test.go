package report_test

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/report"
)

// rechecked is a scenario's designs on a tool: one that agrees in part, one without a like, one that broke the tool.
func rechecked() report.Recheck {
	design := report.Design{Agent: "ga", Repeat: 1, Trial: 7}
	return report.Recheck{Tool: "DRAMsim3 (29817593)", Scenario: "queues", Designs: []report.Rechecked{
		{Design: design, Outcome: report.Outcome{As: "open page", Readings: []report.Reading{
			{Metric: "time_cycles", Unit: "cycles", Ours: 3068, Theirs: 3068},
			{Metric: "latency_ns", Unit: "ns", Ours: 80, Theirs: 80.8},
			{Metric: "energy_pj", Unit: "pJ", Ours: 1234567.125, Theirs: 1234567.625},
			{Metric: "n_ref", Ours: 0, Theirs: 3},
		}}},
		{Design: design, Outcome: report.Outcome{Inexpressible: "DRAMsim3 has nothing like scheduler = fifo"}},
		{Design: design, Outcome: report.Outcome{Failed: "exit status 3\x1b[2K"}},
	}}
}

func TestRecheckTable(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, report.RecheckTable(&out, rechecked()))
	require.Equal(t, `queues on DRAMsim3 (29817593)
  ga, repeat 1, trial 7: 2 of 4 figures are equal; the largest difference is from 0, of n_ref
  as open page
  metric       unit           ours   the tool's  difference
  time_cycles  cycles         3068         3068           0
  latency_ns   ns               80         80.8         1 %
  energy_pj    pJ      1234567.125  1234567.625           0
  n_ref                          0            3      from 0
  ga, repeat 1, trial 7: not compared: DRAMsim3 has nothing like scheduler = fifo
  ga, repeat 1, trial 7: not compared, the tool failed: exit status 3?[2K
`, out.String())
	out.Reset()
	require.NoError(t, report.RecheckTable(&out, report.Recheck{Tool: "T", Scenario: "s"}))
	require.Equal(t, "s on T\n  no design meets the spec: there is nothing to re-check\n", out.String())
}

func TestReadingsThatAgree(t *testing.T) {
	o := rechecked().Designs[0].Outcome
	o.Readings = o.Readings[:3]
	require.Equal(t, 2, o.Equal())
	difference, metric := o.Largest()
	require.InDelta(t, 0.01, difference, 1e-12)
	require.Equal(t, "latency_ns", metric)
	require.Equal(t, "2 of 3 figures are equal; the largest difference is 1 %, of latency_ns", o.Verdict())
	o.Readings = o.Readings[:1]
	require.Equal(t, "all 1 figures are equal", o.Verdict())
	require.InDelta(t, -0.5, report.Reading{Ours: -2, Theirs: -3}.RelativeDifference(), 0)
	require.True(t, math.IsInf(report.Reading{Theirs: -3}.RelativeDifference(), -1))
}

func TestHTMLShowsRechecks(t *testing.T) {
	sweep := sample(2, 2, 50)
	sweep.Scenarios[0].Rechecks = []report.Recheck{rechecked()}
	page := html(t, sweep)
	requireBalanced(t, page)
	require.Contains(t, page, "<h3>Re-checked on DRAMsim3 (29817593)</h3>")
	require.Contains(t, page, "<strong>ga, repeat 1, trial 7</strong>: 2 of 4 figures are equal; the largest difference is from 0, of n_ref. As open page.</p>")
	require.Contains(t, page, `<tr><th scope="row">latency_ns</th><td>ns</td><td>80</td><td>80.8</td><td>1 %</td></tr>`)
	require.Contains(t, page, "not compared: DRAMsim3 has nothing like scheduler = fifo")
	require.Equal(t, 1, strings.Count(page, "Re-checked figures"), "one table: the other designs have no figures")
}
