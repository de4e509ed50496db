package dashboard

import "sync"

// signal wakes any number of goroutines that wait for something to change.
type signal struct{ state *signalState }

type signalState struct {
	mu   sync.Mutex
	wait chan struct{}
}

func newSignal() signal { return signal{&signalState{wait: make(chan struct{})}} }

// next is closed when the signal is raised the next time.
func (s signal) next() <-chan struct{} {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	return s.state.wait
}

// raise wakes all who wait.
func (s signal) raise() {
	s.state.mu.Lock()
	defer s.state.mu.Unlock()
	close(s.state.wait)
	s.state.wait = make(chan struct{})
}
