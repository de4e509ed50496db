package golden_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc/golden"
)

func TestEveryEmbeddedRecordIsEqual(t *testing.T) {
	reports, err := golden.Check()
	require.NoError(t, err)
	rows := map[string]int{}
	for _, r := range reports {
		require.Empty(t, r.FirstDifference, r.Reference)
		require.Equal(t, r.Rows, r.Equal, r.Reference)
		require.LessOrEqual(t, r.LargestRelativeError, 1e-10, r.Reference) // what is reached: a phase of the reference is a difference of times
		rows[r.Reference] = r.Rows
	}
	require.Equal(t, map[string]int{"FARSI, designs": 56, "ArchGym, limited vectors": 67, "ArchGym, refused vectors": 24}, rows)
}

// small is a record of one task on one processor: 1046 cycles at 1 GHz, and 6400 bytes each way at 400 MB/s.
const small = `[{"id": "one", "workloads": ["SOC_example_1p"],
	"blocks": [{"id": "P0", "lib": "A53_pe"}, {"id": "B0", "lib": "LMEM_ic_0_1_ic"}, {"id": "M0", "lib": "GMEM_0_1_mem"}],
	"links": [["P0", "B0"], ["B0", "M0"]], "links_used": [["M0", "B0"], ["B0", "P0"]],
	"task_pe": {"souurce": "P0", "participant0": "P0", "siink": "P0"},
	"edge_mem": {"souurce->participant0": "M0", "participant0->siink": "M0"},
	"task_priority": ["souurce", "participant0", "siink"],
	"result": {"latency_s": {"SOC_example_1p": 1.6e-05}, "serial_latency_s": 1.6e-05, "tasks": {"participant0": {}}, "phases": [[0, 0], [1.6e-05, 1]]}}]`

func TestDifferencesAreNamed(t *testing.T) {
	reports, err := golden.CheckDesigns(strings.NewReader(small))
	require.NoError(t, err)
	require.Equal(t, 0, reports[0].Equal)
	require.True(t, strings.HasPrefix(reports[0].FirstDifference, "one: development cost is "), reports[0].FirstDifference)
	reports, err = golden.CheckDesigns(strings.NewReader(strings.Replace(small, "1.6e-05", "1.6000001e-05", 1)))
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(reports[0].FirstDifference, "one: latency of SOC_example_1p is 1.5999999999999999e-05"), reports[0].FirstDifference)
	require.True(t, strings.HasSuffix(reports[0].FirstDifference, ", the reference has 1.6000000999999999e-05"), reports[0].FirstDifference)
	require.GreaterOrEqual(t, reports[0].LargestRelativeError, 6e-8)
}

func TestRecordsThatCannotRunAreErrors(t *testing.T) {
	for _, c := range []struct{ name, old, wrong, want string }{
		{"not JSON", "[{", "[", "golden: designs: "},
		{"no ID", `"id": "one"`, `"id": ""`, `golden: designs: record 0 (""): no ID or no result`},
		{"no result", `"participant0": {}`, ``, `golden: designs: record 0 ("one"): no ID or no result`},
		{"workload", "SOC_example_1p", "SOC_example_9p", `golden: one: soc: unknown workload "SOC_example_9p": known are `},
		{"block", "GMEM_0_1_mem", "GMEM_9_1_mem", `golden: one: soc: unknown block "GMEM_9_1_mem": known are `},
		{"link", `["B0", "M0"]`, `["B0", "M1"]`, `golden: one: link: unknown block "M1"`},
		{"task", `"siink": "P0"`, `"siink": "P9"`, `golden: one: task siink: unknown block "P9"`},
		{"edge", `"participant0->siink"`, `"participant0->drain"`, `golden: one: edge participant0->siink: unknown block ""`},
		{"design", `["P0", "B0"],`, ``, `golden: one: no_route: `},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := golden.CheckDesigns(strings.NewReader(strings.Replace(small, c.old, c.wrong, 1)))
			require.ErrorContains(t, err, c.want)
		})
	}
	_, err := golden.CheckActions(strings.NewReader(`{"records": [{"workload": "hpvm_cava", "action": [], "valid": true}]}`))
	require.EqualError(t, err, "golden: actions: record 0: want an observation or a reason")
	_, err = golden.CheckActions(strings.NewReader(`[]`))
	require.ErrorContains(t, err, "golden: actions: ")
	_, err = golden.CheckActions(strings.NewReader(`{"records": [{"workload": "none", "action": [], "valid": false, "reason": "r"}]}`))
	require.ErrorContains(t, err, `golden: none []: soc: unknown workload "none": known are `)
	reports, err := golden.CheckActions(strings.NewReader(`{"records": [{"workload": "hpvm_cava", "action": [], "valid": false, "reason": "self_bus_link"}]}`))
	require.NoError(t, err)
	require.Equal(t, `hpvm_cava []: refused (malformed: a vector of 0 entries: want 36), the reference says "self_bus_link"`, reports[0].FirstDifference)
}
