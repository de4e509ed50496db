package asic_test

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPublishedChips(t *testing.T) {
	list, err := check(t, "chips", "")
	require.NoError(t, err)
	require.Len(t, list, 8)
	figures := 0
	for _, a := range list {
		require.Empty(t, a.Failure(), a.Reference)
		figures += len(a.Figures)
	}
	all := list[7]
	require.Equal(t, [3]int{71, 71, 36}, [3]int{figures, all.Rows, all.Needed})
	require.Equal(t, "36 within 15 %", all.Bar)
	require.Less(t, all.MedianRelativeError, 0.15)
	require.Equal(t, "256 MACs", list[1].Figures[3].Name)
	require.InDelta(t, 46, list[1].Figures[3].Model, 1.3)
	require.Zero(t, list[1].Figures[3].LeftOut)
	require.NotZero(t, list[0].Figures[3].LeftOut)
}
