package golden

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/ramulator"
)

func TestEveryWordOfThePoliciesIsUnderstood(t *testing.T) {
	tests := []struct {
		peer, config string
		change       func(*dram.Config)
	}{
		{peerDRAMSys, "base", func(*dram.Config) {}},
		{peerDRAMSys, "noref", func(c *dram.Config) { c.DRAMSys.RefreshPolicy = dramsys.NoRefresh }},
		{peerDRAMSys, "refpb", func(c *dram.Config) { c.DRAMSys.RefreshPolicy = dramsys.PerBank }},
		{peerDRAMSys, "refpost8", func(c *dram.Config) { c.DRAMSys.RefreshMaxPostponed, c.DRAMSys.RefreshMaxPulledIn = 8, 8 }},
		{peerDRAMSys, "closed_noref", func(c *dram.Config) {
			c.DRAMSys.PagePolicy, c.DRAMSys.RefreshPolicy = dramsys.Closed, dramsys.NoRefresh
		}},
		{peerDRAMSys, "openadaptive", func(c *dram.Config) { c.DRAMSys.PagePolicy = dramsys.OpenAdaptive }},
		{peerDRAMSys, "closedadaptive", func(c *dram.Config) { c.DRAMSys.PagePolicy = dramsys.ClosedAdaptive }},
		{peerDRAMSys, "frfcfsgrp", func(c *dram.Config) { c.DRAMSys.Scheduler = dramsys.FrFcfsGrp }},
		{peerDRAMSys, "fifo_noref", func(c *dram.Config) { c.DRAMSys.Scheduler, c.DRAMSys.RefreshPolicy = dramsys.Fifo, dramsys.NoRefresh }},
		{peerDRAMSys, "powerdown", func(c *dram.Config) { c.DRAMSys.PowerDown = dramsys.Staggered }},
		{peerDRAMSys, "arb_fifo_max8", func(c *dram.Config) { c.DRAMSys.Arbiter, c.DRAMSys.MaxActiveTransactions = dramsys.ArbiterFifo, 8 }},
		{peerDRAMSys, "arb_reorder", func(c *dram.Config) { c.DRAMSys.Arbiter = dramsys.ArbiterReorder }},
		{peerDRAMSys, "resp_reorder", func(c *dram.Config) { c.DRAMSys.RespQueue = dramsys.RespReorder }},
		{peerDRAMSys, "rbs16", func(c *dram.Config) { c.DRAMSys.RequestBufferSize = 16 }},
		{peerDRAMSys, "buf_rw8", func(c *dram.Config) { c.DRAMSys.SchedulerBuffer, c.DRAMSys.RequestBufferSize = dramsys.ReadWrite, 8 }},
		{peerDRAMSys, "buf_shared64", func(c *dram.Config) { c.DRAMSys.SchedulerBuffer, c.DRAMSys.RequestBufferSize = dramsys.Shared, 64 }},
		{peerDRAMSys, "shared1_fifo_noref", func(c *dram.Config) {
			c.DRAMSys.SchedulerBuffer, c.DRAMSys.RequestBufferSize = dramsys.Shared, 1
			c.DRAMSys.Scheduler, c.DRAMSys.RefreshPolicy = dramsys.Fifo, dramsys.NoRefresh
		}},
		{peerDRAMsim3, "open", func(*dram.Config) {}},
		{peerDRAMsim3, "open_sref", func(*dram.Config) {}},
		{peerDRAMsim3, "closed_noref_tq1", func(c *dram.Config) {
			c.DRAMsim3.PagePolicy, c.DRAMsim3.RefreshPolicy, c.DRAMsim3.TransactionQueueSize = dramsim3.Closed, dramsim3.NoRefresh, 1
		}},
		{peerDRAMsim3, "open_cq16(LIVELOCK)", func(c *dram.Config) { c.DRAMsim3.CommandQueueSize = 16 }},
		{peerDRAMsim3, "open_perrank", func(c *dram.Config) { c.DRAMsim3.QueuePer = dramsim3.PerRank }},
		{peerDRAMsim3, "open_unified", func(c *dram.Config) { c.DRAMsim3.Unified = true }},
		{peerDRAMsim3, "open_simul", func(c *dram.Config) { c.DRAMsim3.RefreshPolicy = dramsim3.RankSimultaneous }},
		{peerRamulator, "open_frfcfs", func(*dram.Config) {}},
		{peerRamulator, "open_rowhit_q8", func(c *dram.Config) {
			c.Ramulator.Scheduler, c.Ramulator.ReadBufferSize, c.Ramulator.WriteBufferSize = ramulator.FrFcfsRowHit, 8, 8
		}},
		{peerRamulator, "closedcap4_noref", func(c *dram.Config) {
			c.Ramulator.RowPolicy, c.Ramulator.Cap, c.Ramulator.Refresh = ramulator.ClosedCap, 4, ramulator.NoRefresh
		}},
	}
	for _, test := range tests {
		t.Run(test.peer+" "+test.config, func(t *testing.T) {
			want := dram.Default()
			want.Structure = map[string]dram.Structure{peerDRAMSys: dram.DRAMSys, peerDRAMsim3: dram.DRAMsim3, peerRamulator: dram.Ramulator}[test.peer]
			want.DRAMSys.EventOrder, want.DRAMsim3.Defects, want.Ramulator.Defects = dramsys.Peer, true, true
			test.change(&want)
			got, mapping, err := Row{Peer: test.peer, Config: test.config}.policies(dramsys.Peer, true)
			require.NoError(t, err)
			require.Equal(t, want, got)
			require.Equal(t, "row-bank-column", mapping)
		})
	}
}

func TestMapBIsAWordOfEveryPeer(t *testing.T) {
	for _, r := range []Row{{Peer: peerDRAMSys, Config: "mapB"}, {Peer: peerDRAMsim3, Config: "open_mapB(LIVELOCK)"}, {Peer: peerRamulator, Config: "open_frfcfs_mapB"}} {
		_, mapping, err := r.policies(dramsys.Simple, false)
		require.NoError(t, err)
		require.Equal(t, "row-column-bank", mapping)
	}
}

func TestUnknownWordsOfThePoliciesAreNamed(t *testing.T) {
	tests := []struct{ peer, config, word string }{
		{peerDRAMSys, "", ""},
		{peerDRAMSys, "open_noref", "open"},
		{peerDRAMSys, "arb_lifo", "arb lifo"},
		{peerDRAMSys, "shared", "shared"},
		{peerDRAMSys, "shared8x", "shared8x"},
		{peerDRAMSys, "rbs99999999999999999999", "rbs99999999999999999999"},
		{peerDRAMsim3, "closed_frfcfs", "frfcfs"},
		{peerDRAMsim3, "open_tq-1", "tq-1"},
		{peerRamulator, "closedcap", "closedcap"},
		{peerRamulator, "base", "base"},
	}
	for _, test := range tests {
		t.Run(test.peer+" "+test.config, func(t *testing.T) {
			_, _, err := Row{Peer: test.peer, Config: test.config}.policies(dramsys.Simple, false)
			require.EqualError(t, err, "unknown word "+`"`+test.word+`"`+" in the policies")
		})
	}
}
