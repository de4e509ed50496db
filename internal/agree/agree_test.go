package agree_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/agree"
)

func TestTallySumsRows(t *testing.T) {
	var tally agree.Tally
	require.Equal(t, agree.Report{}, tally.Sum())
	tally.Reference = "table 1"
	tally.Add(0.5, "row 1 is 3, measured 2")
	tally.Add(0, "")
	require.Equal(t, 2, tally.Sum().Rows, "what follows still counts")
	tally.Add(0.1, "row 3 differs")
	require.Equal(t, agree.Report{
		Reference: "table 1", Rows: 3, Equal: 1, MedianRelativeError: 0.1, LargestRelativeError: 0.5, FirstDifference: "row 1 is 3, measured 2",
	}, tally.Sum())
}
