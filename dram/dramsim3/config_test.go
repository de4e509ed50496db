package dramsim3

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/trace"
)

func TestDefaultIsValid(t *testing.T) {
	require.NoError(t, Default().Check())
	require.Equal(t, Config{
		PagePolicy: Open, QueuePer: PerBank, TransactionQueueSize: 32, CommandQueueSize: 8, RowHitCap: 4, WriteDrainThreshold: 8,
		RefreshPolicy: RankStaggered,
	}, Default())
}

func TestCheckNamesFieldAndRange(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*Config)
		want   string
	}{
		{"page policy", func(c *Config) { c.PagePolicy = 2 }, "PagePolicy: 2 is not one of the 2 policies"},
		{"queue per", func(c *Config) { c.QueuePer = 7 }, "QueuePer: 7 is not one of the 2 policies"},
		{"refresh", func(c *Config) { c.RefreshPolicy = 3 }, "RefreshPolicy: 3 is not one of the 3 policies"},
		{"no transaction queue", func(c *Config) { c.TransactionQueueSize = 0 }, "TransactionQueueSize = 0 is not in [1, 4096]"},
		{"large transaction queue", func(c *Config) { c.TransactionQueueSize = 4097 }, "TransactionQueueSize = 4097 is not in [1, 4096]"},
		{"no command queue", func(c *Config) { c.CommandQueueSize = 0 }, "CommandQueueSize = 0 is not in [1, 1024]"},
		{"no cap", func(c *Config) { c.RowHitCap = 0 }, "RowHitCap = 0 is not in [1, 65536]"},
		{"threshold", func(c *Config) { c.WriteDrainThreshold = -1 }, "WriteDrainThreshold = -1 is not in [0, 4096]"},
		{"all at once", func(c *Config) { *c = Config{} },
			"TransactionQueueSize = 0 is not in [1, 4096]\nCommandQueueSize = 0 is not in [1, 1024]\n" +
				"RowHitCap = 0 is not in [1, 65536]"},
	} {
		t.Run(test.name, func(t *testing.T) {
			c := Default()
			test.change(&c)
			require.EqualError(t, c.Check(), test.want)
			_, err := Run(c, testJob(t, "ddr4-2400-8gb-x8", "row-bank-column", 1, 1, trace.NewSlice(nil)))
			require.EqualError(t, err, test.want)
		})
	}
	unified := Default()
	unified.Unified, unified.WriteDrainThreshold = true, -1
	require.NoError(t, unified.Check(), "there is no write buffer to drain")
}

func TestPolicyNames(t *testing.T) {
	require.Equal(t, []string{"open", "closed"}, namesOf(PagePolicies()))
	require.Equal(t, []string{"bank", "rank"}, namesOf(QueuePers()))
	require.Equal(t, []string{"none", "rank_staggered", "rank_simultaneous"}, namesOf(RefreshPolicies()))
}

func namesOf[P interface{ String() string }](policies []P) (names []string) {
	for _, p := range policies {
		names = append(names, p.String())
	}
	return names
}

func TestErrors(t *testing.T) {
	run := func(c Config, device string, requests ...trace.Request) error {
		_, err := Run(c, testJob(t, device, "row-bank-column", 1, 1, trace.NewSlice(requests)))
		return err
	}
	require.ErrorContains(t, run(Default(), "ddr4-2400-8gb-x8", trace.Request{Cycle: 5}, trace.Request{Cycle: 4}), "request 2 arrives in clock 4")
	require.ErrorContains(t, run(Default(), "ddr4-2400-8gb-x8", trace.Request{Address: 1 << 40}),
		"request 1: address 0x10000000000 lies past the memory")
	peer := Default()
	peer.Defects = true
	require.EqualError(t, run(peer, "ddr5-4800-16gb-x8"),
		"nothing was measured on a DDR5 device such as ddr5-4800-16gb-x8: Defects is valid for DDR3, DDR4 and LPDDR4")
}
