package functions

import (
	"math"

	"github.com/codesign-gym/codesign/env/space"
)

// TileAccel has the shape of an accelerator's design space and no other claim: an invented model of a tiled matrix product
// (384 x 640 x 1024) on a PE array, with axes PE rows and columns, SRAM, three tile sizes, dataflow and memory. The value is
// log10(latency in s x energy in J) under two constraints, double-buffered tiles that fit and area <= 24 mm2. The least value was found by
// enumeration of its 540,225 designs.
func TileAccel() Function {
	pe := []float64{4, 8, 16, 32, 64}
	sramKiB := []float64{16, 32, 64, 128, 256, 512, 1024}
	tile := []float64{8, 16, 32, 64, 128, 256, 512}
	axis := func(name, unit string, v []float64) space.Param {
		return space.Param{Name: name, Unit: unit, Kind: space.Ordinal, Values: v, Log: true}
	}
	s := MustSpace(
		axis("rows", "PE", pe), axis("columns", "PE", pe), axis("sram", "KiB", sramKiB),
		axis("tile_m", "", tile), axis("tile_n", "", tile), axis("tile_k", "", tile),
		space.Param{Name: "dataflow", Kind: space.Nominal, Labels: []string{"output", "weight", "input"}},
		space.Param{Name: "memory", Kind: space.Nominal, Labels: []string{"slow", "medium", "fast"}},
	)
	return Function{
		Name: "tile_accel", Doc: `Invented model with the shape of a tiled matrix accelerator; NOT a hardware claim.

  f = log10(latency in s · energy in J) of 384 x 640 x 1024
  c1 = double-buffered tiles / SRAM - 1 <= 0,  c2 = area / 24 mm2 - 1 <= 0`,
		Space: s, Objectives: 1, Constraints: 2, Best: -7.4529991657897146,
		Eval: func(p space.Point) ([]float64, []float64) {
			t := tiling{
				rows: pe[p[0]], columns: pe[p[1]], sramBytes: sramKiB[p[2]] * 1024,
				m: tile[p[3]], n: tile[p[4]], k: tile[p[5]], dataflow: p[6], memory: p[7],
			}
			return t.eval()
		},
	}
}

// tiling is one design of TileAccel.
type tiling struct {
	rows, columns, sramBytes float64
	m, n, k                  float64 // tile sizes
	dataflow, memory         int
}

// eval is the value and the constraints of a tiling; every constant of it is invented.
func (t tiling) eval() (objectives, constraints []float64) {
	const sizeM, sizeN, sizeK, areaLimitMM2 = 384, 640, 1024, 24
	bytesPerCycle := [3]float64{12.8, 25.6, 102.4}[t.memory]
	pjPerByte := [3]float64{60, 40, 25}[t.memory]
	phyMM2 := [3]float64{0, 2, 12}[t.memory]
	nm, nn, nk := math.Ceil(sizeM/t.m), math.Ceil(sizeN/t.n), math.Ceil(sizeK/t.k)
	a, b, c := t.m*t.k, t.k*t.n, t.m*t.n*4
	var onRows, onColumns, streamed, trafficBytes float64
	switch t.dataflow {
	case 0: // output stationary
		onRows, onColumns, streamed = t.m, t.n, t.k
		trafficBytes = nm*nn*nk*(a+b) + nm*nn*c
	case 1: // weight stationary
		onRows, onColumns, streamed = t.k, t.n, t.m
		trafficBytes = nn*nk*b + nm*nn*nk*a + nm*nn*c*(2*nk-1)
	default: // input stationary
		onRows, onColumns, streamed = t.m, t.k, t.n
		trafficBytes = nm*nk*a + nm*nn*nk*b + nm*nn*c*(2*nk-1)
	}
	folds := math.Ceil(onRows/t.rows) * math.Ceil(onColumns/t.columns)
	compute := nm * nn * nk * folds * (streamed + t.rows + t.columns - 2)
	memory := trafficBytes / bytesPerCycle
	cycles := max(compute, memory) + 0.1*min(compute, memory)
	areaMM2 := t.rows*t.columns*0.004 + t.sramBytes/1024*0.006 + phyMM2
	sramPJ := 0.5 * math.Sqrt(t.sramBytes/16384)
	macs := float64(sizeM) * sizeN * sizeK
	energyPJ := macs*0.3 + trafficBytes*pjPerByte + macs*sramPJ*(1/t.rows+1/t.columns) + cycles*areaMM2*0.8
	need := 2*(a+b) + c
	return []float64{math.Log10(cycles * 1e-9 * energyPJ * 1e-12)}, []float64{need/t.sramBytes - 1, areaMM2/areaLimitMM2 - 1}
}
