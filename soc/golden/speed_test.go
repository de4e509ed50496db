package golden

import (
	"bytes"
	"compress/gzip"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/soc"
)

// measuredDesigns are the embedded ones.
func measuredDesigns(tb testing.TB) []Design {
	tb.Helper()
	text, err := gzip.NewReader(bytes.NewReader(designsGZ))
	require.NoError(tb, err)
	list, err := ReadDesigns(text)
	require.NoError(tb, err)
	return list
}

// prepared is one of the list, ready to run.
func prepared(tb testing.TB, list []Design, id string) (*soc.System, *soc.Design) {
	tb.Helper()
	d := list[slices.IndexFunc(list, func(d Design) bool { return d.ID == id })]
	g, err := graphOf(d.Workloads...)
	require.NoError(tb, err)
	s, err := soc.NewSystem(g, soc.PublishedLibrary(), g.Budget, soc.Reference)
	require.NoError(tb, err)
	design, err := d.build(s)
	require.NoError(tb, err)
	return s, design
}

func speedDesigns() []string {
	return []string{"A_cava_dram_wide", "C_cava_ip_max", "E_cava_star4", "B_audio_4gpp", "C_audio_ip_mid", "E_audio_star4", "E_all3_star5"}
}

func BenchmarkSimulate(b *testing.B) {
	list := measuredDesigns(b)
	for _, id := range speedDesigns() {
		b.Run(id, func(b *testing.B) {
			s, design := prepared(b, list, id)
			var x soc.Scratch
			b.ReportAllocs()
			for b.Loop() {
				if _, err := x.Simulate(s, design); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func TestSimulationWithAReusedScratchDoesNotAllocate(t *testing.T) {
	list := measuredDesigns(t)
	for _, id := range speedDesigns() {
		s, design := prepared(t, list, id)
		var x soc.Scratch
		require.Zero(t, testing.AllocsPerRun(10, func() {
			if _, err := x.Simulate(s, design); err != nil {
				panic(err)
			}
		}), id)
	}
}
