package golden_test

import (
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
