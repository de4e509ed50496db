package ramulator

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

func TestCheck(t *testing.T) {
	require.NoError(t, Default().Check())
	for _, c := range []struct {
		name   string
		change func(*Config)
		want   string
	}{
		{"no read buffer", func(c *Config) { c.ReadBufferSize = 0 }, "ReadBufferSize = 0 is not in [1, 4096]"},
		{"large write buffer", func(c *Config) { c.WriteBufferSize = 4097 }, "WriteBufferSize = 4097 is not in [1, 4096]"},
		{"negative watermark", func(c *Config) { c.LowWatermarkFrac = -0.1 }, "LowWatermarkFrac = -0.1 is not in [0, 1]"},
		{"crossed watermarks", func(c *Config) { c.HighWatermarkFrac = 0.1 }, "HighWatermarkFrac = 0.1 is not in [0.2, 1]"},
		{"watermark past the buffer", func(c *Config) { c.HighWatermarkFrac = 1.5 }, "HighWatermarkFrac = 1.5 is not in [0.2, 1]"},
		{"no number", func(c *Config) { c.HighWatermarkFrac = math.NaN() }, "HighWatermarkFrac = NaN is not in [0.2, 1]"},
		{"scheduler", func(c *Config) { c.Scheduler = 2 }, "Scheduler: 2 is not one of the 2 policies"},
		{"row policy", func(c *Config) { c.RowPolicy = 7 }, "RowPolicy: 7 is not one of the 2 policies"},
		{"refresh", func(c *Config) { c.Refresh = 2 }, "Refresh: 2 is not one of the 2 policies"},
		{"no cap", func(c *Config) { c.RowPolicy, c.Cap = ClosedCap, 0 }, "Cap = 0 is not in [1, 65536]"},
		{"two mistakes", func(c *Config) { c.ReadBufferSize, c.WriteBufferSize = -1, 0 },
			"ReadBufferSize = -1 is not in [1, 4096]\nWriteBufferSize = 0 is not in [1, 4096]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			config := Default()
			c.change(&config)
			require.EqualError(t, config.Check(), c.want)
			_, err := Run(config, jobOf(t, "ddr4-2400-8gb-x8", 1, 1, trace.NewSlice(nil)))
			require.EqualError(t, err, "ramulator: "+c.want)
		})
	}
	t.Run("cap that nothing uses", func(t *testing.T) {
		c := Default()
		c.Cap = 0
		require.NoError(t, c.Check())
	})
}

func TestNames(t *testing.T) {
	for _, s := range Schedulers() {
		require.Equal(t, []string{"frfcfs", "frfcfs_rowhit"}[s], s.String())
	}
	for _, p := range RowPolicies() {
		require.Equal(t, []string{"open", "closed_cap"}[p], p.String())
	}
	for _, p := range RefreshPolicies() {
		require.Equal(t, []string{"none", "all_bank"}[p], p.String())
	}
	require.Equal(t, "9", Scheduler(9).String())
}

func TestRunReportsBadJobs(t *testing.T) {
	for _, c := range []struct {
		name     string
		requests []trace.Request
		want     string
	}{
		{"out of order", []trace.Request{read(5, 0), read(4, 0)},
			"ramulator: request 2 arrives in clock 4, before the previous one in clock 5: requests must be in order of their clocks"},
		{"past the memory", []trace.Request{read(0, 1<<40)}, "ramulator: request 1: address 0x10000000000 lies past the memory, whose addresses are 0 to 0x1ffffffff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Run(Default(), jobOf(t, "ddr4-2400-8gb-x8", 1, 1, trace.NewSlice(c.requests)))
			require.EqualError(t, err, c.want)
		})
	}
	t.Run("no refresh interval", func(t *testing.T) {
		j := jobOf(t, "ddr4-2400-8gb-x8", 1, 1, trace.NewSlice(nil))
		j.Device.Timing.TREFI = 0
		_, err := Run(Default(), j)
		require.EqualError(t, err, `ramulator: Refresh = all_bank: device "ddr4-2400-8gb-x8" has tREFI = 0: want at least 1`)
	})
	t.Run("no request", func(t *testing.T) {
		s, err := Run(Default(), jobOf(t, "ddr4-2400-8gb-x8", 1, 1, trace.NewSlice(nil)))
		require.NoError(t, err)
		require.Zero(t, s.TotalCycles)
	})
}
