package dramsys

import (
	"compress/gzip"
	"encoding/csv"
	"math"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/power"
	"github.com/codesign-gym/codesign/dram/trace"
)

// measured is a row of a run of the reference, by column.
type measured map[string]string

func (r measured) number(t *testing.T, column string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(r[column], 64)
	require.NoError(t, err)
	return v
}

func (r measured) name() string { return r["device"] + "/" + r["config"] + "/" + r["trace"] }

func readMeasured(t *testing.T) []measured {
	file, err := os.Open("testdata/dramsys50.csv.gz")
	require.NoError(t, err)
	defer file.Close()
	text, err := gzip.NewReader(file)
	require.NoError(t, err)
	lines, err := csv.NewReader(text).ReadAll()
	require.NoError(t, err)
	var rows []measured
	for _, line := range lines[1:] {
		r := measured{}
		for i, column := range lines[0] {
			r[column] = line[i]
		}
		rows = append(rows, r)
	}
	require.Len(t, rows, 60)
	return rows
}

// config is the configuration that the row names.
func (r measured) config(t *testing.T, order EventOrder) Config {
	c := Default()
	c.EventOrder = order
	name, unrefreshed := strings.CutSuffix(r["config"], "noref")
	if unrefreshed {
		c.RefreshPolicy = NoRefresh
	}
	switch strings.TrimSuffix(name, "_") {
	case "", "base", "mapB":
	case "closed":
		c.PagePolicy = Closed
	case "openadaptive":
		c.PagePolicy = OpenAdaptive
	case "closedadaptive":
		c.PagePolicy = ClosedAdaptive
	case "fifo":
		c.Scheduler = Fifo
	case "frfcfsgrp":
		c.Scheduler = FrFcfsGrp
	case "buf_shared8":
		c.SchedulerBuffer = Shared
	case "buf_shared64":
		c.SchedulerBuffer, c.RequestBufferSize = Shared, 64
	case "shared32":
		c.SchedulerBuffer, c.RequestBufferSize = Shared, 32
	case "shared1_fifo":
		c.SchedulerBuffer, c.RequestBufferSize, c.Scheduler = Shared, 1, Fifo
	case "buf_rw8":
		c.SchedulerBuffer = ReadWrite
	case "rw32":
		c.SchedulerBuffer, c.RequestBufferSize = ReadWrite, 32
	case "rbs1":
		c.RequestBufferSize = 1
	case "rbs16":
		c.RequestBufferSize = 16
	case "resp_reorder":
		c.RespQueue = RespReorder
	case "refpost8":
		c.RefreshMaxPostponed, c.RefreshMaxPulledIn = 8, 8
	case "refpb":
		c.RefreshPolicy = PerBank
	case "powerdown":
		c.PowerDown = Staggered
	case "arb_fifo":
		c.Arbiter = ArbiterFifo
	case "arb_fifo_max8":
		c.Arbiter, c.MaxActiveTransactions = ArbiterFifo, 8
	case "arb_reorder":
		c.Arbiter = ArbiterReorder
	default:
		require.Fail(t, "unknown configuration", r["config"])
	}
	return c
}

// job is the memory and the traffic that the row names.
func (r measured) job(t *testing.T) memory.Job {
	preset := "row-bank-column"
	if r["config"] == "mapB" {
		preset = "row-column-bank"
	}
	j := newJob(t, strings.ToLower(r["device"]), preset, 1, 1)
	w, err := trace.Lookup(r["trace"])
	require.NoError(t, err)
	j.Source, j.MaxOutstanding = w.Open(), w.MaxOutstanding
	return j
}

// newJob is a memory without requests.
func newJob(t testing.TB, name, preset string, channels, ranks int) memory.Job {
	d, err := device.Lookup(name)
	require.NoError(t, err)
	g := address.Geometry{Channels: channels, Ranks: ranks, Device: d}
	spec, err := address.Preset(preset, g)
	require.NoError(t, err)
	m, err := address.New(g, spec)
	require.NoError(t, err)
	return memory.Job{Device: d, Channels: channels, Ranks: ranks, Map: m}
}

// checkLegality fails on the first illegal command of the job.
func checkLegality(t require.TestingT, j *memory.Job, refresh bool) {
	checker, err := jedec.New(j.Device, jedec.Options{Channels: j.Channels, Ranks: j.Ranks, Refresh: refresh, RefreshSlackCycles: 1000})
	require.NoError(t, err)
	j.Log = func(i device.Issued) {
		if violations := checker.Check(i); len(violations) > 0 {
			require.Empty(t, violations)
		}
	}
}

// counted are the command counts by column.
func counted() map[string]device.Command {
	return map[string]device.Command{
		"n_act": device.ACT, "n_prepb": device.PRE, "n_preab": device.PREA, "n_rd": device.RD, "n_rda": device.RDA, "n_wr": device.WR,
		"n_wra": device.WRA, "n_refab": device.REF, "n_refpb": device.REFPB, "n_pdea": device.PDEA, "n_pdep": device.PDEP, "n_srefen": device.SREFEN,
	}
}

func TestPeerOrderEqualsReference(t *testing.T) {
	const latencyDigits, energyDigits = 0.5000001e-5, 0.5000001e-3 // half of the last printed digit
	for _, r := range readMeasured(t) {
		t.Run(r.name(), func(t *testing.T) {
			j := r.job(t)
			if r["trace"] == "wr_rand" || r["trace"] == "hotrow" {
				checkLegality(t, &j, r.config(t, Peer).RefreshPolicy != NoRefresh)
			}
			s, err := Run(r.config(t, Peer), j)
			require.NoError(t, err)
			require.EqualValues(t, r.number(t, "total_cycles"), s.TotalCycles)
			for column, command := range counted() {
				require.EqualValues(t, r.number(t, column), s.Commands[command], column)
			}
			require.InDelta(t, r.number(t, "rd_lat_req_cyc"), s.ReadLatency.Request.MeanCycles, latencyDigits)
			require.InDelta(t, r.number(t, "rd_lat_endreq_cyc"), s.ReadLatency.Accepted.MeanCycles, latencyDigits)
			require.InDelta(t, r.number(t, "rd_lat_arr_cyc"), s.ReadLatency.Arrival.MeanCycles, latencyDigits)
			require.EqualValues(t, r.number(t, "rd_lat_max_cyc"), s.ReadLatency.Request.MaxCycles)
			require.InDelta(t, r.number(t, "wr_lat_req_cyc"), s.WriteLatency.Request.MeanCycles, latencyDigits)
			if r["e_total_pJ"] != "" {
				require.InDelta(t, r.number(t, "e_total_pJ"), power.DRAMPower4(j.Device, s.Ranks[0]).TotalPJ(), energyDigits)
			}
		})
	}
}

func TestSimpleOrderIsCloseToReference(t *testing.T) {
	cycles, latency, energy := 0, 0, 0
	within := func(got, want, tolerance float64) int {
		if math.Abs(got-want) <= tolerance*want {
			return 1
		}
		return 0
	}
	for _, r := range readMeasured(t) {
		j := r.job(t)
		s, err := Run(r.config(t, Simple), j)
		require.NoError(t, err, r.name())
		cycles += within(float64(s.TotalCycles), r.number(t, "total_cycles"), 0.001)
		latency += within(s.ReadLatency.Request.MeanCycles, r.number(t, "rd_lat_req_cyc"), 0.01)
		if r["e_total_pJ"] == "" {
			energy++
		} else {
			energy += within(power.DRAMPower4(j.Device, s.Ranks[0]).TotalPJ(), r.number(t, "e_total_pJ"), 0.005)
		}
	}
	// Of all 539 rows they are 530, 533 and 539; the rows that differ are saturated.
	require.Equal(t, []int{59, 60, 60}, []int{cycles, latency, energy})
}
