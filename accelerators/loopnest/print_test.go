package loopnest_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

func TestNestsAndTablesAreReadable(t *testing.T) {
	a := loopnest.Architecture{Levels: []loopnest.Level{{Name: "DRAM", ReadPJ: 10, UpdatePJ: 10, LeakPJPerCycle: 2, AreaUM2: 1e6},
		{Name: "row", NoStorage: true, Instances: 2, MeshX: 1}, {Name: "register", Instances: 8, MeshX: 4, Parts: []loopnest.Part{{Tensor: "Weights", CapacityWords: 4}}}},
		Compute: loopnest.Compute{Instances: 8, MeshX: 4}}
	m := loopnest.Mapping{Levels: []loopnest.LevelMapping{
		{Temporal: loops(r, 3), Spatial: []loopnest.Spread{{Dimension: p, Trips: 2, Y: true}}},
		{Spatial: spread(p, 2)},
		{Keep: loopnest.Tensors(0), Temporal: loops(p, 2)}}}
	model, result := evaluate(t, row(1), a, m)
	var text strings.Builder
	require.NoError(t, model.WriteNest(&text, &m))
	require.Equal(t, `DRAM [ Weights: 3, Inputs: 8, Outputs: 6 ]
  for R in [0:3)
    par-for P in [0:2) (Y) tiles of 4 in 6
row
      par-for P in [0:2) (X) tiles of 2 in 6
register [ Weights: 1 ]
        for P in [0:2) tiles of 1 in 6
compute
`, text.String())
	text.Reset()
	require.NoError(t, model.WriteTable(&text, &result))
	// three of four units work, 18 MACs in 6 steps of 8 units; DRAM: 3 weights for all, 18 inputs, 18 updates and 12 sums read back
	require.Equal(t, `     level   tensor  tile words  capacity used  instances  reads  fills  updates   pJ/MAC  energy
      DRAM  Weights           3              -        1/1      3      0        0   1.6667   5.7 %
      DRAM   Inputs           8              -        1/1     18      0        0  10.0000  34.5 %
      DRAM  Outputs           6              -        1/1     12      0       18  16.6667  57.5 %
      DRAM  leakage                                                                0.6667   2.3 %
  register  Weights           1         25.0 %        3/8     18      9        0   0.0000   0.0 %
   compute                                                                         0.0000   0.0 %
18 MACs in 6 cycles, bound by compute; utilisation 37.5 %; 0.000522 uJ, 29.0000 pJ/MAC; area 1 mm2
`, text.String())
	a.Levels[2].Parts[0].CapacityWords = 1
	a.Levels[0].CapacityWords = 16
	model, result = evaluate(t, row(1), a, m)
	text.Reset()
	require.NoError(t, model.WriteTable(&text, &result))
	require.Equal(t, "does not fit: the tiles need 17 words of DRAM, which has 16\n", text.String())
}
