package golden_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc/xr/golden"
)

func TestEveryRunAgrees(t *testing.T) {
	report, err := golden.Check()
	require.NoError(t, err)
	require.Equal(t, 37, report.Rows)
	require.Empty(t, report.FirstDifference)
	require.Equal(t, report.Rows, report.Equal)
	require.LessOrEqual(t, report.LargestRelativeError, 1e-5, "measured: 0.0007 of 100")
	require.Zero(t, report.Random)
}

// TestDifferencesAreReported changes what was measured, one figure at a time.
func TestDifferencesAreReported(t *testing.T) {
	for _, c := range []struct {
		name, want string
		change     func(*golden.Run)
	}{
		{"score", "score is 20.224", func(r *golden.Run) { r.Overall += 0.02 }},
		{"frames", "42 frames finished, measured 41", func(r *golden.Run) { *r.FramesDone-- }},
		{"part", "parts of PD_Plane_RCNN_Quarter are", func(r *golden.Run) { r.Models = map[string]golden.Parts{"PD_Plane_RCNN_Quarter": {}} }},
		{"model", `no model "ES_RITNet" in the scenario`, func(r *golden.Run) { r.Models = map[string]golden.Parts{"ES_RITNet": {}} }},
		{"event", "event 1 is", func(r *golden.Run) { r.FirstEvents[1].StartMS += 0.02 }},
		{"missing event", "event 16 is missing", func(r *golden.Run) { r.FirstEvents = append(r.FirstEvents, r.FirstEvents[0]) }},
	} {
		t.Run(c.name, func(t *testing.T) {
			runs, err := golden.Embedded()
			require.NoError(t, err)
			row := 0
			if c.name == "missing event" {
				row = 2 // all of its events are stored
			}
			c.change(&runs[row])
			report, err := golden.Compare("changed", runs[row:row+1])
			require.NoError(t, err)
			require.Zero(t, report.Equal)
			require.Contains(t, report.FirstDifference, c.want)
		})
	}
}

func TestRandomRunsAreLeftOut(t *testing.T) {
	runs, err := golden.Embedded()
	require.NoError(t, err)
	runs[1].Deterministic = false
	report, err := golden.Compare("two runs", runs[:2])
	require.NoError(t, err)
	require.Equal(t, 1, report.Rows)
	require.Equal(t, 1, report.Random)
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"no JSON", "x", "golden: invalid character"},
		{"columns", `{"runs": [{"first_events": [[0, "m", 1]]}]}`, "3 columns: want 6"},
		{"scenario", `{"runs": [{"deterministic": true, "scenario": "dream"}]}`, `unknown scenario "dream"`},
		{"accelerator", `{"runs": [{"deterministic": true, "scenario": "VR_gaming", "accelerators": "Dual_4K", "run_on": [{"accelerator": 2, "model": "ES_RITNet"}]}]}`,
			`"ES_RITNet" on accelerator 2 of "Dual_4K": no such model in "VR_gaming", or no such accelerator`},
		{"model", `{"runs": [{"deterministic": true, "scenario": "VR_gaming", "accelerators": "Dual_4K", "run_on": [{"accelerator": 1, "model": "PD_x"}]}]}`,
			`"PD_x" on accelerator 1 of "Dual_4K": no such model in "VR_gaming", or no such accelerator`},
		{"configuration", `{"runs": [{"deterministic": true, "scenario": "VR_gaming", "accelerators": "Octo_4K"}]}`, "0 accelerators out of range [1, 64]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			runs, err := golden.Read(strings.NewReader(c.text))
			if err == nil {
				_, err = golden.Compare(c.name, runs)
			}
			require.ErrorContains(t, err, c.want)
		})
	}
}
