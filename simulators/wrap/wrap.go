package wrap

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Wrapper makes a simulator that does something around another one. The Spec stays the same.
type Wrapper = func(simulators.Simulator) simulators.Simulator

// Chain is several wrappers as one; the first is the outermost. Without wrappers it changes nothing.
func Chain(wrappers ...Wrapper) Wrapper {
	return func(s simulators.Simulator) simulators.Simulator {
		for i := len(wrappers) - 1; i >= 0; i-- {
			s = wrappers[i](s)
		}
		return s
	}
}

// evaluate calls a simulator and makes a wrong number of results an error.
func evaluate(ctx context.Context, s simulators.Simulator, points []space.Point) ([]simulators.Result, error) {
	results, err := s.Evaluate(ctx, points)
	if err != nil {
		return nil, err
	}
	if len(results) != len(points) {
		return nil, fmt.Errorf("simulator %q returned %d results for %d points", s.Spec().Name, len(results), len(points))
	}
	return results, nil
}

// design words a point by names for messages: "[dataflow:os rows:8]", or its levels when it is not a point of the space.
func design(s space.Space, p space.Point) string {
	if s.Check(p) != nil {
		return fmt.Sprintf("levels %v", []int(p))
	}
	return fmt.Sprint(map[string]any(s.Design(p)))[len("map"):]
}
