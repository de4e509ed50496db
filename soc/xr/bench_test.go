package xr_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc/xr"
)

// busy is a platform of several accelerators that the streams of a scenario nearly fill.
func busy(sc xr.Scenario, accelerators int) xr.Platform {
	p := xr.Platform{Accelerators: accelerators}
	for a := range accelerators {
		for i := range sc.Streams {
			p.Costs = append(p.Costs, xr.Cost{LatencyMS: 4 + float64((a+i)%3)*3, EnergyMJ: 20})
		}
	}
	return p
}

// BenchmarkRun is the speed of a run of 700 ms.
func BenchmarkRun(b *testing.B) {
	for _, profile := range []xr.Profile{xr.Repaired, xr.XRBench} {
		for _, name := range []string{"social-a", "ar-assistant", "vr-gaming"} {
			sc, err := xr.Lookup(name)
			require.NoError(b, err)
			w, err := xr.NewWorkload(sc, profile, xr.Timing{}, always)
			require.NoError(b, err)
			p := busy(sc, 4)
			b.Run(fmt.Sprintf("%s/%s", profile, name), func(b *testing.B) {
				var s xr.Scratch
				b.ReportAllocs()
				for b.Loop() {
					if _, err := xr.Run(w, p, xr.Options{}, &s); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func TestRunAllocatesNothing(t *testing.T) {
	for _, profile := range []xr.Profile{xr.Repaired, xr.XRBench} {
		sc, err := xr.Lookup("social-a")
		require.NoError(t, err)
		w, err := xr.NewWorkload(sc, profile, xr.Timing{}, always)
		require.NoError(t, err)
		p := busy(sc, 4)
		var s xr.Scratch
		require.Zero(t, testing.AllocsPerRun(20, func() {
			if _, err := xr.Run(w, p, xr.Options{}, &s); err != nil {
				t.Fatal(err)
			}
		}))
	}
}
