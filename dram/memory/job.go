package memory

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/address"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/trace"
)

// Job is a run that a controller is asked for: the memory behind it, the requests before it, and who listens.
type Job struct {
	Device           *device.Device
	Channels, Ranks  int
	Map              *address.Map
	Source           trace.Source
	MaxOutstanding   int                 // requests of one direction without a response that the source allows; 0 = any number
	Log              func(device.Issued) // sees every command; nil = none
	PeakWindowClocks int64               // span over which the peak power is averaged; 0 = not measured
	FastExit         bool                // power-down uses the fast-exit currents

	rules   *device.Rules
	rulesOf *device.Device
}

// Rules are the rules of the job's device, derived when they are first asked for. They are shared: not to be changed.
func (j *Job) Rules() *device.Rules {
	if j.rulesOf != j.Device {
		j.rules, j.rulesOf = j.Device.Rules(), j.Device
	}
	return j.rules
}

// NewChannels makes the channels of the job under the rules; omit names commands that the controller never issues.
func (j *Job) NewChannels(rules *device.Rules, omit ...device.Command) []*Channel {
	channels := make([]*Channel, j.Channels)
	for i := range channels {
		o := Options{Number: i, Ranks: j.Ranks, Log: j.Log, PeakWindowClocks: j.PeakWindowClocks, FastExit: j.FastExit}
		for _, c := range omit {
			o.Omit[c] = true
		}
		channels[i] = NewChannel(j.Device, rules, o)
	}
	return channels
}

// MaxTraceCycle is the latest clock in which a request may arrive: about a quarter of an hour of any device. It bounds the refreshes of a run.
const MaxTraceCycle = 1 << 40

// Feed reads the requests of a job one by one, checks them and says where each lies.
type Feed struct {
	source  trace.Source
	mapping *address.Map
	read    int64
	last    int64
	banks   int32
}

// Demand is a request with its place. Bank counts over the channel.
type Demand struct {
	trace.Request
	Number  int64 // 0, 1, ... in order of the trace
	Channel int32
	Bank    int32
	Row     int32
	Column  int32
}

// NewFeed reads the requests of a job.
func (j *Job) NewFeed() *Feed {
	return &Feed{source: j.Source, mapping: j.Map, banks: int32(j.Device.Banks())}
}

// Next is the next request; false at the end. An error names the request by its number, counted from 1.
func (f *Feed) Next() (Demand, bool, error) {
	var d Demand
	ok, err := f.Read(&d)
	return d, ok, err
}

// Read is Next for hot loops: it saves the copies. The demand has no meaning when there is none.
func (f *Feed) Read(d *Demand) (bool, error) {
	r, ok := f.source.Next()
	if !ok {
		return false, f.source.Err()
	}
	f.read++
	if r.Cycle < f.last {
		return false, fmt.Errorf("request %d arrives in clock %d, before the previous one in clock %d: requests must be in order of their clocks",
			f.read, r.Cycle, f.last)
	}
	if r.Cycle > MaxTraceCycle {
		return false, fmt.Errorf("request %d arrives in clock %d: clocks of a trace are at most %d", f.read, r.Cycle, int64(MaxTraceCycle))
	}
	f.last = r.Cycle
	channel, rank, bank, row, column, ok := f.mapping.Coordinates(r.Address)
	if !ok {
		return false, fmt.Errorf("request %d: address %#x lies past the memory, whose addresses are 0 to %#x", f.read, r.Address, f.mapping.Geometry().CapacityBytes()-1)
	}
	d.Cycle, d.Address, d.Write = r.Cycle, r.Address, r.Write
	d.Number, d.Channel, d.Bank, d.Row, d.Column = f.read-1, channel, rank*f.banks+bank, row, column
	return true, nil
}

// Stuck is a controller that makes no progress: the watchdog's finding, in simulated clocks.
type Stuck struct {
	Cycle   int64  // in which the watchdog gave up
	Since   int64  // clock of the last progress
	Waiting string // which request waits for what
}

// Error says what waits for what.
func (s *Stuck) Error() string {
	return fmt.Sprintf("no progress from clock %d to clock %d: %s", s.Since, s.Cycle, s.Waiting)
}

// WatchdogClocks is how long a controller that holds requests may go without serving one before it is reported as stuck: far longer
// than any legal wait, with refreshes made up and every queue full.
func WatchdogClocks(d *device.Device) int64 {
	return 1_000_000 + 64*int64(d.Timing.TREFI)
}
