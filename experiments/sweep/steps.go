package sweep

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// steps takes the steps of an environment, which are executed again when a study is taken up: a recorded one must be equal.
type steps struct{ Log }

// Step compares or records one step.
func (s steps) Step(id int, p space.Point, r simulators.Result) error {
	if id >= s.Kept() {
		return s.Record(id, p, r)
	}
	recorded, ok, err := s.Next()
	if err != nil || !ok {
		return errors.Join(fmt.Errorf("replay: trial %d is missing in the journal", id), err)
	}
	if !slices.Equal(recorded.Point, p) || !reflect.DeepEqual(recorded.Result, r) {
		return fmt.Errorf("replay: trial %d gives %v %v, the recorded run had %v %v: the environment is not deterministic, or the file or binary differs",
			id, p, r, recorded.Point, recorded.Result)
	}
	return nil
}
