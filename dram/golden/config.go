package golden

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/dramsim3"
	"github.com/codesign-gym/codesign/dram/dramsys"
	"github.com/codesign-gym/codesign/dram/ramulator"
	"github.com/codesign-gym/codesign/dram/trace"
)

// The peers as the tables name them.
const (
	peerDRAMSys   = "DRAMSys5.0"
	peerDRAMsim3  = "DRAMsim3"
	peerRamulator = "Ramulator2.1"
)

// peers lists the peers in the order of dram.Structures.
func peers() []string { return []string{peerDRAMSys, peerDRAMsim3, peerRamulator} }

// setup is what a row asks for, with the defects of its peer or without. The order is read for DRAMSys only.
func (r Row) setup(order dramsys.EventOrder, defects bool) (dram.Config, trace.Workload, error) {
	fail := func(err error) (dram.Config, trace.Workload, error) {
		return dram.Config{}, trace.Workload{}, fmt.Errorf("golden: %s: %w", r, err)
	}
	d, err := device.Lookup(strings.ToLower(r.Device))
	if err != nil {
		return fail(err)
	}
	work, err := trace.Lookup(r.Trace)
	if err != nil {
		return fail(err)
	}
	c, mapping, err := r.policies(order, defects)
	if err != nil {
		return fail(err)
	}
	geometry := address.Geometry{Channels: 1, Ranks: 1, Device: d}
	spec, err := address.Preset(mapping, geometry)
	if err != nil {
		return fail(err)
	}
	if c.Map, err = address.New(geometry, spec); err != nil {
		return fail(err)
	}
	return c, work, nil
}

// policies are those that the words of the row's Config stand for, and the name of its map. The words are joined by _; buf, arb and resp belong to
// the next one.
func (r Row) policies(order dramsys.EventOrder, defects bool) (c dram.Config, mapping string, err error) {
	structure := slices.Index(peers(), r.Peer)
	if structure < 0 {
		return c, "", fmt.Errorf("unknown peer %q: known are %s", r.Peer, strings.Join(peers(), ", "))
	}
	c = dram.Default()
	c.Structure = dram.Structure(structure)
	c.DRAMSys.EventOrder, c.DRAMsim3.Defects, c.Ramulator.Defects = order, defects, defects
	mapping = "row-bank-column"
	words := strings.NewReplacer(livelock, "", "buf_", "", "arb_", "arb ", "resp_", "resp ").Replace(r.Config)
	for word := range strings.SplitSeq(words, "_") {
		known := false
		switch {
		case word == "mapB":
			known, mapping = true, "row-column-bank"
		case c.Structure == dram.DRAMsim3:
			known = setDRAMsim3(&c.DRAMsim3, word)
		case c.Structure == dram.Ramulator:
			known = setRamulator(&c.Ramulator, word)
		default:
			known = setDRAMSys(&c.DRAMSys, word)
		}
		if !known {
			return c, "", fmt.Errorf("unknown word %q in the policies", word)
		}
	}
	return c, mapping, nil
}

// sized is the number behind a prefix: 8 for "q8" and "q".
func sized(word, prefix string) (size int, ok bool) {
	digits, found := strings.CutPrefix(word, prefix)
	if !found || digits == "" {
		return 0, false
	}
	for _, digit := range digits {
		if digit < '0' || digit > '9' || size > 1<<20 {
			return 0, false
		}
		size = 10*size + int(digit-'0')
	}
	return size, true
}

// setDRAMSys changes the base policies of DRAMSys by one word of the table.
func setDRAMSys(c *dramsys.Config, word string) bool {
	buffers := []struct {
		prefix string
		buffer dramsys.SchedulerBuffer
	}{{"shared", dramsys.Shared}, {"rw", dramsys.ReadWrite}, {"rbs", dramsys.Bankwise}}
	for _, b := range buffers {
		if size, ok := sized(word, b.prefix); ok {
			c.SchedulerBuffer, c.RequestBufferSize = b.buffer, size
			return true
		}
	}
	if size, ok := sized(word, "max"); ok {
		c.MaxActiveTransactions = size
		return true
	}
	if size, ok := sized(word, "refpost"); ok {
		c.RefreshMaxPostponed, c.RefreshMaxPulledIn = size, size
		return true
	}
	switch word {
	case "base":
	case "noref":
		c.RefreshPolicy = dramsys.NoRefresh
	case "refpb":
		c.RefreshPolicy = dramsys.PerBank
	case "closed":
		c.PagePolicy = dramsys.Closed
	case "openadaptive":
		c.PagePolicy = dramsys.OpenAdaptive
	case "closedadaptive":
		c.PagePolicy = dramsys.ClosedAdaptive
	case "frfcfsgrp":
		c.Scheduler = dramsys.FrFcfsGrp
	case "powerdown":
		c.PowerDown = dramsys.Staggered
	case "fifo":
		c.Scheduler = dramsys.Fifo
	case "arb fifo":
		c.Arbiter = dramsys.ArbiterFifo
	case "arb reorder":
		c.Arbiter = dramsys.ArbiterReorder
	case "resp reorder":
		c.RespQueue = dramsys.RespReorder
	default:
		return false
	}
	return true
}

// setDRAMsim3 changes the base policies of DRAMsim3 by one word of the table.
func setDRAMsim3(c *dramsim3.Config, word string) bool {
	if size, ok := sized(word, "tq"); ok {
		c.TransactionQueueSize = size
		return true
	}
	if size, ok := sized(word, "cq"); ok {
		c.CommandQueueSize = size
		return true
	}
	switch word {
	case "open", "sref": // self refresh is never reached by the peer
	case "closed":
		c.PagePolicy = dramsim3.Closed
	case "noref":
		c.RefreshPolicy = dramsim3.NoRefresh
	case "perrank":
		c.QueuePer = dramsim3.PerRank
	case "unified":
		c.Unified = true
	case "simul":
		c.RefreshPolicy = dramsim3.RankSimultaneous
	default:
		return false
	}
	return true
}

// setRamulator changes the base policies of Ramulator by one word of the table.
func setRamulator(c *ramulator.Config, word string) bool {
	if size, ok := sized(word, "q"); ok {
		c.ReadBufferSize, c.WriteBufferSize = size, size
		return true
	}
	if size, ok := sized(word, "closedcap"); ok {
		c.Scheduler, c.RowPolicy, c.Cap = ramulator.FrFcfs, ramulator.ClosedCap, size
		return true
	}
	switch word {
	case "open":
		c.RowPolicy = ramulator.Open
	case "frfcfs":
		c.Scheduler = ramulator.FrFcfs
	case "rowhit":
		c.Scheduler = ramulator.FrFcfsRowHit
	case "noref":
		c.Refresh = ramulator.NoRefresh
	default:
		return false
	}
	return true
}
