package systolic_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/systolic"
)

func TestWhatIsTooLargeIsSaid(t *testing.T) {
	large := product(1<<15, 1<<10, 1<<15)
	require.NoError(t, large.CheckWindows(), "no window of a product overlaps")
	require.EqualError(t, large.CheckUser(), "systolic: operands of 1073741824 and 33554432 elements are too large for the prefetch order of USER: the limit is 268435456")
	wide, err := systolic.Lower(dnn.Layer{InHeight: 4096, InWidth: 4096, InChannels: 60, Filters: 1, KernelHeight: 7, KernelWidth: 7}, systolic.Physical)
	require.NoError(t, err)
	require.EqualError(t, wide.CheckWindows(), "systolic: 49180614000 reads of an ifmap with overlapping windows are too many to walk: the limit is 17179869184")
	small := systolic.Problem{VectorOps: 1 << 40, Repeats: 1}
	require.NoError(t, small.CheckWindows())
	require.NoError(t, small.CheckUser())
	require.EqualError(t, systolic.PortWords{Ifmap: 0, Filter: 1, Ofmap: 1 << 17}.Check(), "systolic: PortWords Ifmap 0 out of range [1, 65536] words a cycle\n"+
		"systolic: PortWords Ofmap 131072 out of range [1, 65536] words a cycle")
}
