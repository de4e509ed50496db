package queue_test

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

func TestWorkersGiveTheDatasetOfOneProcess(t *testing.T) {
	for _, lag := range []int{1, 4} {
		for _, more := range []string{"", "distribute = \"evaluations\"\n"} {
			text := mixed(lag, 0, more)
			want := local(t, text)
			dir := filepath.Join(t.TempDir(), "out")
			p := plan(t, text)
			outcome, err, done := newFleet(t, p, 5*time.Second).run(t, p, dir, 1, 2)
			require.NoError(t, err)
			require.Equal(t, sweep.Complete, outcome.Status)
			require.Equal(t, 16, outcome.Studies)
			require.Equal(t, 16*60, outcome.Trials)
			same(t, want, contents(t, dir))
			studies, evaluations := done[0].Studies+done[1].Studies, done[0].Evaluations+done[1].Evaluations
			if more == "" {
				require.Equal(t, []int{16, 0}, []int{studies, evaluations})
			} else {
				require.Zero(t, studies)
				require.Positive(t, evaluations)
			}
			require.Equal(t, sweep.Complete, done[0].Status)
		}
	}
}
