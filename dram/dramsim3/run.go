package dramsim3

import (
	"fmt"

	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/power"
)

// Result is what a run gives: the statistics, and how long the ranks stood by, as the energy formula of the reference counts it.
type Result struct {
	memory.Stats
	ActiveCycles int64 // clocks with a row open, summed over ranks
	IdleCycles   int64 // clocks without
}

// StateCycles are the operands of the reference's energy formula.
func (r *Result) StateCycles() *power.StateCycles {
	return &power.StateCycles{
		Activates: r.Commands[device.ACT],
		Reads:     r.Commands[device.RD] + r.Commands[device.RDA], Writes: r.Commands[device.WR] + r.Commands[device.WRA],
		Refreshes: r.Commands[device.REF], ActiveCycles: r.ActiveCycles, IdleCycles: r.IdleCycles,
	}
}

// Run serves the requests of a job: Simulate, without the standby clocks.
func Run(c Config, j memory.Job) (memory.Stats, error) {
	r, err := Simulate(c, j)
	return r.Stats, err
}

// Simulate serves the requests of a job. An error is a configuration or a trace that makes no sense, or a *memory.Stuck.
func Simulate(c Config, j memory.Job) (Result, error) {
	if err := c.Check(); err != nil {
		return Result{}, err
	}
	if c.Defects && !measured(j.Device.Standard) {
		return Result{}, fmt.Errorf("nothing was measured on a %s device such as %s: Defects is valid for DDR3, DDR4 and LPDDR4",
			j.Device.Standard, j.Device.Name)
	}
	r := newRun(c, &j)
	if err := r.serve(); err != nil {
		return Result{}, err
	}
	return r.result(&j), nil
}

// run is the state of a run.
type run struct {
	defects     bool
	everyClock  bool // do not skip the clocks in which nothing can change
	source      source
	controllers []*controller
	patience    int64 // clocks without progress after which the run is stuck
}

func newRun(c Config, j *memory.Job) *run {
	rules := j.Rules()
	if c.Defects {
		rules = peerRules(j.Device)
	}
	r := &run{
		defects: c.Defects, patience: memory.WatchdogClocks(j.Device),
		source: source{feed: j.NewFeed(), limit: j.MaxOutstanding, atOnce: -1, end: -1},
	}
	for i, channel := range j.NewChannels(rules, unused()...) {
		r.controllers = append(r.controllers, newController(c, i, channel, rules, j, &r.source))
	}
	return r
}

// serve runs until everything is answered.
func (r *run) serve() error {
	s := &r.source
	if err := s.load(); err != nil || !s.more {
		return err
	}
	s.offerAt = s.head.Cycle
	for c := int64(0); ; {
		if r.everyClock {
			r.forget(c)
		}
		if s.more && c >= s.offerAt {
			if err := r.offer(c); err != nil {
				return err
			}
		}
		next := int64(far)
		for _, ch := range r.controllers {
			if c >= ch.wake() {
				ch.tick(c)
			}
			next = min(next, ch.wake())
		}
		if s.more {
			next = min(next, s.offerAt)
		} else if s.heldReads == 0 && (r.defects || s.heldWrites == 0) {
			if next = min(next, s.end); c >= s.end {
				return nil
			}
		}
		if r.waiting() {
			limit := s.progress + r.patience
			if c > limit {
				return &memory.Stuck{Cycle: c, Since: s.progress, Waiting: r.explain()}
			}
			next = min(next, limit+1)
		}
		if r.everyClock {
			next = c + 1
		}
		c = max(next, c+1)
	}
}

// forget makes everybody look again in clock c, whether anything can have changed or not.
func (r *run) forget(c int64) {
	r.source.offerAt = max(r.source.head.Cycle, c)
	for _, ch := range r.controllers {
		ch.commandAt, ch.transferAt = c, c
	}
}

// offer offers the next request in step c.
func (r *run) offer(c int64) error {
	s := &r.source
	if !s.mayOffer(c) {
		return nil
	}
	if !s.offered {
		s.offered, s.requested = true, c
	}
	if !r.controllers[s.head.Channel].accept(&s.head, c) {
		s.offerAt = far
		return nil
	}
	s.progress = c
	if err := s.load(); err != nil {
		return err
	}
	s.offerAt = max(s.head.Cycle, c+1)
	if !s.more { // the last writes may drain now
		for _, ch := range r.controllers {
			ch.transferAt = c
		}
	}
	return nil
}

// waiting tells whether there is a request that only the controllers can help.
func (r *run) waiting() bool {
	s := &r.source
	if s.more {
		return s.heldReads > 0 || s.offered
	}
	return s.heldReads > 0 || s.heldWrites > 0 && !r.defects
}

// result sums the run up.
func (r *run) result(j *memory.Job) Result {
	total := r.source.end + 1
	var result Result
	var channels []*memory.Channel
	for _, ch := range r.controllers {
		channels = append(channels, ch.memory)
		for _, s := range ch.standby {
			if s.open {
				s.activeCycles += total - s.since
			}
			result.ActiveCycles += s.activeCycles
			result.IdleCycles += total - s.activeCycles
		}
	}
	result.Stats = r.source.recorder.Finish(total, channels)
	return result
}
