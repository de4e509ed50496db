package memory_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
)

func feed(t *testing.T, source trace.Source) *memory.Feed {
	g := address.Geometry{Channels: 2, Ranks: 2, Device: lookup(t, "ddr4-2400-8gb-x8")}
	spec, err := address.Preset("row-bank-column", g)
	require.NoError(t, err)
	m, err := address.New(g, spec)
	require.NoError(t, err)
	job := memory.Job{Device: g.Device, Channels: 2, Ranks: 2, Map: m, Source: source}
	return job.NewFeed()
}

func TestFeedSaysWhereARequestLies(t *testing.T) {
	// 64-byte bursts; then 1 bit of channel, 7 of column, 2 of bank group, 2 of bank, 1 of rank, rows.
	const place = 1<<6 | 5<<7 | 3<<14 | 2<<16 | 1<<18 | 9<<19
	f := feed(t, trace.NewSlice([]trace.Request{{Cycle: 4, Address: place, Write: true}}))
	d, ok, err := f.Next()
	require.NoError(t, err)
	require.True(t, ok)
	require.Equal(t, memory.Demand{Request: trace.Request{Cycle: 4, Address: place, Write: true}, Channel: 1, Bank: 16 + 3*4 + 2, Row: 9, Column: 5}, d)
	_, ok, err = f.Next()
	require.NoError(t, err)
	require.False(t, ok)
}

func TestFeedRefusesWhatMakesNoSense(t *testing.T) {
	f := feed(t, trace.NewSlice([]trace.Request{{Cycle: 4}, {Cycle: 3}}))
	_, _, err := f.Next()
	require.NoError(t, err)
	_, ok, err := f.Next()
	require.False(t, ok)
	require.EqualError(t, err, "request 2 arrives in clock 3, before the previous one in clock 4: requests must be in order of their clocks")

	_, _, err = feed(t, trace.NewSlice([]trace.Request{{Cycle: -1}})).Next()
	require.EqualError(t, err, "request 1 arrives in clock -1, before the previous one in clock 0: requests must be in order of their clocks")

	_, _, err = feed(t, trace.NewSlice([]trace.Request{{Address: 1 << 35}})).Next()
	require.EqualError(t, err, "request 1: address 0x800000000 lies past the memory, whose addresses are 0 to 0x7ffffffff")

	_, _, err = feed(t, trace.NewSlice([]trace.Request{{Cycle: 1 << 60}})).Next()
	require.EqualError(t, err, "request 1 arrives in clock 1152921504606846976: clocks of a trace are at most 1099511627776")

	broken := errors.New("line 3: no address")
	_, ok, err = feed(t, failing{broken}).Next()
	require.False(t, ok)
	require.ErrorIs(t, err, broken)
}

// failing is a source that fails at once.
type failing struct{ err error }

func (failing) Next() (trace.Request, bool) { return trace.Request{}, false }
func (f failing) Err() error                { return f.err }

func TestOccupancy(t *testing.T) {
	var r memory.Recorder
	r.Queue.Change(10, 1)
	r.Queue.Change(20, 1)
	r.Queue.Change(30, -2)
	require.Zero(t, r.Queue.Held())
	s := r.Finish(60, nil)
	require.InDelta(t, (10*1+10*2)/60.0, s.QueueMean, 1e-12)
	require.Equal(t, 2, s.QueueMax)
}
