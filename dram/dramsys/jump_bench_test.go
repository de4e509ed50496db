package dramsys

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

// pattern streams bursts at a fixed rhythm, consecutive or anywhere, and may be wound back.
type pattern struct {
	gap, requests int
	random        bool
	writes        uint64 // of 256
	next          int
	x             uint64
}

func (p *pattern) Next() (trace.Request, bool) {
	if p.next == p.requests {
		return trace.Request{}, false
	}
	r := trace.Request{Cycle: int64(p.next * p.gap), Address: uint64(p.next) * 64 % (1 << 30)}
	p.next++
	p.x = p.x*6364136223846793005 + 1442695040888963407
	if p.random {
		r.Address = p.x >> 33 % (1 << 24) * 64
	}
	r.Write = p.x>>25&255 < p.writes
	return r, true
}

func (p *pattern) rewind()  { p.next, p.x = 0, 1 }
func (*pattern) Err() error { return nil }

// benchmark runs a trace over and over.
func benchmark(b *testing.B, c Config, p pattern) {
	j := newJob(b, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
	j.Source = &p
	require.True(b, jumpSupports(c, &j))
	b.ReportAllocs()
	for b.Loop() {
		p.rewind()
		if _, err := Run(c, j); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(p.requests)*float64(b.N)/b.Elapsed().Seconds(), "requests/s")
}

func BenchmarkRandomReads(b *testing.B) {
	benchmark(b, Default(), pattern{gap: 20, requests: 200_000, random: true})
}

func BenchmarkRandomReadsStaggered(b *testing.B) {
	c := Default()
	c.PowerDown = Staggered
	benchmark(b, c, pattern{gap: 20, requests: 200_000, random: true})
}

func BenchmarkStream(b *testing.B) {
	benchmark(b, Default(), pattern{gap: 10, requests: 200_000})
}

func BenchmarkSaturatedRandom(b *testing.B) {
	benchmark(b, Default(), pattern{gap: 1, requests: 200_000, random: true})
}

func BenchmarkSaturatedMixed(b *testing.B) {
	c := Default()
	c.PagePolicy, c.Scheduler, c.SchedulerBuffer, c.RequestBufferSize = OpenAdaptive, FrFcfsGrp, Shared, 64
	benchmark(b, c, pattern{gap: 1, requests: 200_000, random: true, writes: 85})
}

func BenchmarkLongLists(b *testing.B) {
	c := Default()
	c.PagePolicy, c.Scheduler, c.RequestBufferSize, c.Arbiter = ClosedAdaptive, FrFcfsGrp, 128, ArbiterReorder
	benchmark(b, c, pattern{gap: 1, requests: 200_000, random: true, writes: 85})
}

// BenchmarkEvaluation is one design of a search: 10,000 requests, one a clock.
func BenchmarkEvaluation(b *testing.B) {
	for _, random := range []bool{false, true} {
		for _, arbiter := range Arbiters() {
			name := arbiter.String() + "/stream"
			if random {
				name = arbiter.String() + "/random"
			}
			b.Run(name, func(b *testing.B) {
				c := Default()
				c.Arbiter, c.RefreshMaxPostponed, c.RefreshMaxPulledIn = arbiter, 4, 4
				benchmark(b, c, pattern{gap: 1, requests: 10_000, random: random})
			})
		}
	}
}
