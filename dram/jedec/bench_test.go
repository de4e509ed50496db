package jedec_test

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
)

// busy is a random trace of accesses that breaks no rule, as early as possible, with all rows closed at the end; and the clock from which it
// can be repeated.
func busy(d *device.Device, n int) (list []device.Issued, span int64) {
	r, g := rand.New(rand.NewPCG(1, 1)), newGenerator(d)
	issue := func(c device.Issued) {
		c.Cycle = g.earliest(c)
		g.issue(c)
		list = append(list, c)
	}
	for len(list) < n {
		if c := g.draw(r); c.Command <= device.PRE {
			issue(c)
		}
	}
	issue(device.Issued{Command: device.PREA})
	issue(device.Issued{Command: device.PREA, Rank: 1})
	return list, list[len(list)-1].Cycle + 1000
}

func TestLegalCommandsDoNotAllocate(t *testing.T) {
	list, span := busy(ddr4(), 300)
	c, err := jedec.New(ddr4(), jedec.Options{Ranks: 2})
	require.NoError(t, err)
	shift := int64(0)
	require.Zero(t, testing.AllocsPerRun(10, func() {
		for _, i := range list {
			i.Cycle += shift
			c.Check(i)
		}
		shift += span
	}))
}

func BenchmarkCheck(b *testing.B) {
	for _, d := range []*device.Device{ddr4(), lpddr4(), hbm2()} {
		b.Run(d.Name, func(b *testing.B) {
			list, span := busy(d, 2000)
			c, err := jedec.New(d, jedec.Options{Ranks: 2})
			require.NoError(b, err)
			shift, next := int64(0), 0
			b.ReportAllocs()
			for b.Loop() {
				i := list[next]
				i.Cycle += shift
				c.Check(i)
				if next++; next == len(list) {
					next, shift = 0, shift+span
				}
			}
		})
	}
}
