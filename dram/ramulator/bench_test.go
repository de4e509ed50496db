package ramulator

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// BenchmarkRun reports requests a second of runs of 200,000 requests.
func BenchmarkRun(b *testing.B) {
	open := Default()
	capped := Default()
	capped.RowPolicy, capped.Cap = ClosedCap, 4
	rowHit := Default()
	rowHit.Scheduler = FrFcfsRowHit
	for _, c := range []struct {
		name, trace string
		config      Config
	}{
		{"random", "rand_rd", open},
		{"stream", "stream_rd", open},
		{"stream saturated", "stream_sat", open},
		{"mixed saturated", "hotrow", open},
		{"mixed saturated row-hit", "hotrow", rowHit},
		{"mixed saturated capped", "hotrow", capped},
		{"random saturated", "random", open},
	} {
		b.Run(c.name, func(b *testing.B) {
			const requests = 200_000
			for b.Loop() {
				_, err := Run(c.config, job(b, "ddr4-2400-8gb-x8", c.trace, requests))
				require.NoError(b, err)
			}
			b.ReportMetric(requests*float64(b.N)/b.Elapsed().Seconds(), "req/s")
		})
	}
}
