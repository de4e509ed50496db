package golden_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/accelerators/dataflow/golden"
)

const (
	header = "net,layer,type,dataflow,num_pes,noc_bw,K,C,R,S,Y,X,stride,runtime_cycles,num_macs,l2_bytes,energy_mac_units\n"
	line   = "nasaic_resnet9,c_k8_c3_o32,CONV,KCP,576,8,8,3,3,3,34,34,1,15390,221184,500,2265011.6\n"
	nested = "mapping_set,layer,type,K,C,R,S,Y,X,stride,map_id,num_pes,noc_bw,offchip_bw,runtime_cycles\n" +
		"vgg16_ckp_ws,CONV1,CONV,64,3,3,3,224,224,1,m1,256,1000,50,1724940\n"
	nest = "sp:C=1/1 t:K=64/64 t:R=#R/#R t:S=#S/#S t:Y'=1/1 t:X'=1/1 |64 sp:K=1/1 t:R=#R/#R t:S=#S/#S"
)

func TestEveryMeasuredRowIsReproduced(t *testing.T) {
	reports, err := golden.Check()
	require.NoError(t, err)
	require.Len(t, reports, 3)
	for i, want := range []struct{ rows, columns int }{{9135, 35}, {2625, 35}, {305, 22}} {
		report := reports[i]
		require.Empty(t, report.FirstDifference)
		require.Equal(t, want.rows, report.Rows)
		require.Equal(t, want.rows, report.Equal)
		require.LessOrEqual(t, report.LargestRelativeError, 1e-5)
		compared := 0
		for _, column := range report.Columns {
			require.Equal(t, column.Rows, column.Equal, column.Name)
			if column.Exact {
				require.Zero(t, column.LargestRelativeError, column.Name)
			}
			if column.Rows > 0 {
				require.Equal(t, want.rows, column.Rows, column.Name)
				compared++
			}
		}
		require.Equal(t, want.columns, compared)
	}
}

func TestPublishedAreasComeOut(t *testing.T) {
	areas := []float64{4.7083e9, 3.8357e9, 2.0084e9, 4.8283e9, 3.8481e9, 3.3415e9}
	designs := golden.Designs()
	require.Len(t, designs, len(areas))
	for i, d := range designs {
		require.InEpsilon(t, areas[i], d.AreaUM2(), 2e-5, d.Approach)
		require.InEpsilon(t, d.PublishedUM2, d.AreaUM2(), 0.011, d.Approach)
	}
	report := golden.CheckAreas()
	require.Equal(t, [2]int{6, 6}, [2]int{report.Rows, report.Equal})
	require.Empty(t, report.FirstDifference)
	require.InDelta(t, 0.0106, report.LargestRelativeError, 1e-4)
}

func TestFurtherRowsAreCompared(t *testing.T) {
	report, err := golden.CheckFurther("further", strings.NewReader(header+line), nil)
	require.NoError(t, err)
	require.Equal(t, "further", report.Reference)
	require.Equal(t, [2]int{1, 1}, [2]int{report.Rows, report.Equal}, report.FirstDifference)
	report, err = golden.CheckFurther("nests", strings.NewReader(nested), nil)
	require.NoError(t, err)
	require.Equal(t, [2]int{1, 1}, [2]int{report.Rows, report.Equal}, report.FirstDifference)
}

func TestTablesAreToldApartByTheirHeaders(t *testing.T) {
	require.Equal(t, golden.RowTable, golden.KindOf([]byte(header+line)))
	require.Equal(t, golden.RowTable, golden.KindOf([]byte(nested)))
	require.Equal(t, golden.NestTable, golden.KindOf([]byte("map_id,nest_outer_to_inner\r\nm1,sp:K=1/1\n")))
	require.Equal(t, golden.OtherTable, golden.KindOf([]byte("net,layer\na,b\n")))
	require.Equal(t, golden.OtherTable, golden.KindOf(nil))
	nests := golden.Nests{"m1": "sp:K=1/1"}
	report, err := golden.CheckFurther("another nest", strings.NewReader(nested), nests)
	require.NoError(t, err)
	require.Contains(t, report.FirstDifference, "row 1 (vgg16_ckp_ws CONV1, m1 on 256 PEs, bandwidth 1000): runtime_cycles is ")
	axes := strings.NewReplacer("stride,", "stride_y,stride_x,", ",34,34,1,", ",34,34,1,1,").Replace(header + line)
	report, err = golden.CheckFurther("a stride an axis", strings.NewReader(axes), nil)
	require.NoError(t, err)
	require.Empty(t, report.FirstDifference)
}

func TestADifferenceIsFoundAndNamed(t *testing.T) {
	for _, c := range []struct{ name, old, wrong, difference string }{
		{"cycles", ",15390,", ",15391,", "row 1 (nasaic_resnet9 c_k8_c3_o32, KCP on 576 PEs, bandwidth 8): runtime_cycles is 15390, measured 15391"},
		{"energy", "2265011.6", "2265111.6", "row 1 (nasaic_resnet9 c_k8_c3_o32, KCP on 576 PEs, bandwidth 8): energy_mac_units is 2265011.64, measured 2265111.6"},
		{"not an integer", ",500,", ",500.0,", "row 1 (nasaic_resnet9 c_k8_c3_o32, KCP on 576 PEs, bandwidth 8): l2_bytes is 500, measured 500.0"},
		{"not a number", ",500,", ",NaN,", "row 1 (nasaic_resnet9 c_k8_c3_o32, KCP on 576 PEs, bandwidth 8): l2_bytes is 500, measured NaN"},
	} {
		t.Run(c.name, func(t *testing.T) {
			report, err := golden.CheckFurther("changed", strings.NewReader(header+line+strings.Replace(line, c.old, c.wrong, 1)), nil)
			require.NoError(t, err)
			require.Equal(t, [2]int{2, 1}, [2]int{report.Rows, report.Equal})
			require.Equal(t, strings.Replace(c.difference, "row 1", "row 2", 1), report.FirstDifference)
		})
	}
}

func TestMalformedRowsAreNamed(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "golden: no rows"},
		{"header only", header, "golden: no rows"},
		{"short record", header + "a,1\n", "golden: record on line 2: wrong number of fields"},
		{"missing column", "net,layer\na,1\n", `golden: record 1: column "stride": no such column`},
		{"type", header + strings.Replace(line, ",CONV,", ",POOL,", 1), `golden: record 1: column "type": unknown type "POOL": known are CONV, DSCONV, FC, TRCONV`},
		{"template", header + strings.Replace(line, ",KCP,", ",NLR,", 1), `golden: record 1: column "dataflow": dataflow: unknown template "nlr": known are kcp yxp yrp os ws is`},
		{"layer", header + strings.Replace(line, ",34,34,", ",2,34,", 1), `golden: record 1: column "layer": dataflow: layer "c_k8_c3_o32" (CONV): kernel R 3 is larger than the input Y 2`},
		{"nest", strings.Replace(nested, ",m1,", ",m77,", 1), `golden: record 1: column "map_id": no nest "m77" in the table of nests`},
		{"number", header + strings.Replace(line, ",15390,", ",many,", 1), `golden: row 1 (nasaic_resnet9 c_k8_c3_o32, KCP on 576 PEs, bandwidth 8): column "runtime_cycles": strconv.ParseFloat: parsing "many": invalid syntax`},
		{"hardware", header + strings.Replace(line, ",576,8,", ",32,8,", 1), "golden: row 1 (nasaic_resnet9 c_k8_c3_o32, KCP on 32 PEs, bandwidth 8): the clusters need more PEs than there are"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := golden.CheckFurther("malformed", strings.NewReader(c.text), nil)
			require.EqualError(t, err, c.want)
		})
	}
	for _, c := range []struct{ name, nest, want string }{
		{"kind", "x:K=1/1", `golden: record 1: column "map_id": nest: map "x:K=1/1": want sp:D=tile/step or t:D=tile/step`},
		{"dimension", "sp:Q=1/1", `golden: record 1: column "map_id": dataflow: unknown dimension "Q": known are C G K M N R S X Y X' Y'`},
		{"tile", "sp:K=a/1", `golden: record 1: column "map_id": nest: map "sp:K=a/1": strconv.Atoi: parsing "a": invalid syntax`},
		{"step", "sp:K=1/b", `golden: record 1: column "map_id": nest: map "sp:K=1/b": strconv.Atoi: parsing "b": invalid syntax`},
		{"cluster", "sp:K=1/1 |x", `golden: record 1: column "map_id": nest: cluster "|x": strconv.Atoi: parsing "x": invalid syntax`},
	} {
		t.Run("nest "+c.name, func(t *testing.T) {
			_, err := golden.ReadRows(strings.NewReader(nested), golden.Nests{"m1": c.nest})
			require.EqualError(t, err, c.want)
		})
	}
	rows, err := golden.ReadRows(strings.NewReader(nested), golden.Nests{"m1": nest})
	require.NoError(t, err)
	require.Equal(t, "TemporalMap(1,1) Y'", rows[0].Nest[0].Maps[4].String())
	require.EqualError(t, golden.Nests{}.Read(strings.NewReader("a,b,c\n")), "golden: nest 0: 3 columns: want an identifier and a nest")
}

func FuzzReadRows(f *testing.F) {
	f.Add(header+line, nest)
	f.Add(nested, nest)
	f.Fuzz(func(t *testing.T, text, nest string) {
		rows, err := golden.ReadRows(strings.NewReader(text), golden.Nests{"m1": nest})
		if err == nil {
			_, _ = golden.Compare("fuzz", rows) // must not panic
		}
	})
}

func Example() {
	reports, err := golden.Check()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, r := range append(reports, golden.CheckAreas()) {
		fmt.Printf("%s: %d of %d rows equal\n", r.Reference, r.Equal, r.Rows)
	}
	// Output:
	// MAESTRO, networks: 9135 of 9135 rows equal
	// MAESTRO, NASAIC-like layers: 2625 of 2625 rows equal
	// MAESTRO, shipped mappings: 305 of 305 rows equal
	// NASAIC, table 1: 6 of 6 rows equal
}
