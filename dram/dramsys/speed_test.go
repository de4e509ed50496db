package dramsys

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

// scattered are reads of random bursts, one every gap clocks, or consecutive ones.
func scattered(n int, gap int64, random bool) []trace.Request {
	requests := make([]trace.Request, n)
	x := uint64(1)
	for i := range requests {
		requests[i] = trace.Request{Cycle: gap * int64(i), Address: 64 * uint64(i)}
		if random {
			x = x*6364136223846793005 + 1442695040888963407
			requests[i].Address = 64 * (x >> 33 % (1 << 24))
		}
	}
	return requests
}

func TestRequestsAllocateNothing(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Config)
	}{
		{"base", func(*Config) {}},
		{"peer", func(c *Config) { c.EventOrder = Peer }},
		{"everything", func(c *Config) {
			c.EventOrder, c.PagePolicy, c.Scheduler, c.SchedulerBuffer = Peer, ClosedAdaptive, FrFcfsGrp, Shared
			c.Arbiter, c.RespQueue, c.PowerDown, c.RefreshMaxPostponed, c.RefreshMaxPulledIn = ArbiterReorder, RespReorder, Staggered, 8, 8
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Default()
			test.change(&c)
			j := newJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
			allocations := func(n int) float64 {
				requests := scattered(n, 20, true)
				return testing.AllocsPerRun(2, func() {
					j.Source = trace.NewSlice(requests)
					_, err := runEvents(c, &j)
					require.NoError(t, err)
				})
			}
			require.InDelta(t, allocations(2000), allocations(4000), 100, "2000 more requests; queues double and the runtime allocates now and then")
		})
	}
}

func BenchmarkEventModel(b *testing.B) {
	for _, test := range []struct {
		name   string
		gap    int64
		random bool
	}{{"random-20", 20, true}, {"random-saturated", 1, true}, {"stream-10", 10, false}} {
		for _, order := range EventOrders() {
			b.Run(test.name+"/"+order.String(), func(b *testing.B) {
				c := Default()
				c.EventOrder = order
				j := newJob(b, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1)
				requests := scattered(100_000, test.gap, test.random)
				b.ReportAllocs()
				for b.Loop() {
					j.Source = trace.NewSlice(requests)
					if _, err := runEvents(c, &j); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(b.N*len(requests))/b.Elapsed().Seconds(), "requests/s")
			})
		}
	}
}
