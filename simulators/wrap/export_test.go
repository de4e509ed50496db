package wrap

import "github.com/codesign-gym/codesign/simulators"

// Parked is the number of parked workers of a Timeout.
func Parked(s simulators.Simulator) int {
	workers := &s.(*timeout).workers
	workers.mu.Lock()
	defer workers.mu.Unlock()
	return len(workers.parked)
}
