package golden_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest/golden"
)

func TestEveryRowAgrees(t *testing.T) {
	reports, err := golden.Check()
	require.NoError(t, err)
	require.Len(t, reports, 3)
	for i, rows := range []int{40, 30, 4} {
		r := reports[i]
		t.Logf("%s: %d of %d rows equal, largest relative error %.1e", r.Reference, r.Equal, r.Rows, r.LargestRelativeError)
		require.Equal(t, rows, r.Rows, r.Reference)
		require.Equal(t, rows, r.Equal, "%s: %s", r.Reference, r.FirstDifference)
	}
}
