package soc

import (
	"context"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/soc"
)

func openedLimited(t testing.TB, workload string) *limited {
	settings, err := simulators.NewSettings(Limited().Settings, map[string]any{"workload": workload})
	require.NoError(t, err)
	l, err := openLimited(settings)
	require.NoError(t, err)
	return l
}

// valid tells whether the model takes a point for a design.
func (l *limited) valid(p space.Point) bool {
	d, err := soc.DecodeLimited(l.system, l.vector(p))
	return err == nil && l.system.Check(d) == nil
}

// Every vector, however broken, is repaired into a design of the model, and breaches are counted exactly where there are some.
func TestRepairMakesEveryVectorADesign(t *testing.T) {
	for _, workload := range []string{"hpvm_cava", "audio_decoder", "edge_detection", "SOC_example_8p"} {
		t.Run(workload, func(t *testing.T) {
			l := openedLimited(t, workload)
			rng := seed.New(7)
			moved := 0
			for range 150 {
				p := l.spec.Space.Sample(rng)
				require.Equal(t, l.valid(p), l.breaches(p) == 0, "%v has %d breaches", l.vector(p), l.breaches(p))
				q, changed := l.repair(p)
				require.Zero(t, l.breaches(q), "%v repaired to %v", l.vector(p), l.vector(q))
				require.True(t, l.valid(q), "%v repaired to %v", l.vector(p), l.vector(q))
				require.Equal(t, !slices.Equal(p, q), changed)
				again, changed := l.repair(q)
				require.False(t, changed)
				require.Equal(t, q, again)
				results, err := l.Evaluate(context.Background(), []space.Point{q})
				require.NoError(t, err)
				require.NotNil(t, results[0].Values, results[0].Infeasible)
				for axis := range p {
					if p[axis] != q[axis] {
						moved++
					}
				}
			}
			t.Logf("%.2f of %d entries changed by a repair", float64(moved)/150, l.spec.Space.Len())
		})
	}
}

func BenchmarkLimitedEvaluate(b *testing.B) {
	l := openedLimited(b, "hpvm_cava")
	p, _ := l.repair(l.spec.Space.Sample(seed.New(1)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := l.Evaluate(context.Background(), []space.Point{p}); err != nil {
			b.Fatal(err)
		}
	}
}

// describe states these shares: they are measured again on fewer vectors, within four standard deviations.
func TestValidVectorsAreAsRareAsDescribed(t *testing.T) {
	const samples = 12_000
	for workload, share := range validShares() {
		t.Run(workload, func(t *testing.T) {
			l := openedLimited(t, workload)
			rng, valid := seed.New(3), 0
			for range samples {
				if l.breaches(l.spec.Space.Sample(rng)) == 0 {
					valid++
				}
			}
			require.InDelta(t, share*samples, float64(valid), 4*math.Sqrt(share*samples))
		})
	}
}
