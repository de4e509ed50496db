package wrap

import (
	"time"

	"github.com/codesign-gym/codesign/simulators"
)

// Options says which wrappers a stack has. The zero value evaluates, isolates and counts, nothing else.
type Options struct {
	Tape     Tape          // the recorded results to serve first; nil = none
	Recorder Recorder      // takes every evaluation that was not replayed; nil = none
	Limit    int           // trials at and above it are refused; 0 = no limit
	Store    *Store        // the cache, shareable between stacks of the same simulator; nil = none
	Pool     *Pool         // the worker slots, shareable between any stacks; nil = the caller's goroutine
	Timeout  time.Duration // of one point; 0 = none
	Marked   bool          // the model sees which trials it evaluates (TrialOf): one whose results depend on earlier trials
}

// Stack wraps an instance's simulator in the one order; see the package comment. The counter is that of the meter and the clock.
func Stack(in simulators.Instance, o Options) (simulators.Simulator, *Counter) {
	var wrappers []Wrapper
	if o.Tape != nil {
		wrappers = append(wrappers, Replay(o.Tape))
	}
	if o.Recorder != nil {
		wrappers = append(wrappers, Record(o.Recorder))
	}
	counter := new(Counter)
	wrappers = append(wrappers, Meter(counter, o.Limit))
	if in.Repair != nil {
		wrappers = append(wrappers, Repair(in.Repair))
	}
	if o.Store != nil {
		wrappers = append(wrappers, Cache(o.Store))
	}
	if o.Pool != nil {
		wrappers = append(wrappers, Parallel(o.Pool))
	}
	wrappers = append(wrappers, Clock(counter), Isolate())
	if o.Timeout > 0 {
		wrappers = append(wrappers, Timeout(o.Timeout))
	}
	if o.Marked {
		return Chain(wrappers...)(in.Simulator), counter
	}
	return Chain(wrappers...)(unmarked{in.Simulator}), counter
}
