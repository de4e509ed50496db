package xr

import (
	"errors"
	"fmt"
	"strings"
)

// Stream is one model of a scenario with the frames that it has to serve.
type Stream struct {
	Model string // unit model, the name of one of Models
	FPS   int    // frames a second

	// After names the model that a frame waits for: the frame of the same number of its stream. Empty = the frame waits for its sensor only.
	After string
	// LaunchFrac is the probability that a finished frame of After launches one of this stream; 0 means 1.
	LaunchFrac float64
	// AccuracyFrac is the accuracy score, see Accuracy; 0 means 1.
	AccuracyFrac float64
}

// Scenario is a set of streams that run together. Their order is that in which the XRBench profile looks at them.
type Scenario struct {
	Name, Doc string
	Streams   []Stream
}

// Limits of a scenario.
const (
	MaxStreams = 64   // streams of a scenario
	MaxFPS     = 1000 // frames a second: a period is at least 1 ms
)

// Scenarios are the seven usage scenarios of XRBench: models, rates, dependencies, probabilities and order of the streams are those of its
// program.
func Scenarios() []Scenario {
	return []Scenario{
		{"social-a", "social interaction A: hands, eyes and depth of the room", []Stream{
			{Model: "dr", FPS: 30}, {Model: "es", FPS: 60}, {Model: "ge", FPS: 60, After: "es"}, {Model: "ht", FPS: 30},
		}},
		{"social-b", "social interaction B: eyes and what the other does", []Stream{
			{Model: "as", FPS: 30}, {Model: "es", FPS: 60}, {Model: "ge", FPS: 60, After: "es"},
		}},
		{"outdoor-a", "outdoor activity A: voice, the scene and its objects", []Stream{
			{Model: "asr", FPS: 3, After: "kd", LaunchFrac: 0.2}, {Model: "kd", FPS: 3}, {Model: "od", FPS: 30}, {Model: "ss", FPS: 10},
		}},
		{"outdoor-b", "outdoor activity B: voice and objects", []Stream{
			{Model: "asr", FPS: 3, After: "kd", LaunchFrac: 0.2}, {Model: "od", FPS: 30}, {Model: "kd", FPS: 3},
		}},
		{"ar-assistant", "AR assistant: voice, scene, depth, planes and objects", []Stream{
			{Model: "asr", FPS: 3, After: "kd", LaunchFrac: 0.5}, {Model: "de", FPS: 30}, {Model: "kd", FPS: 3}, {Model: "od", FPS: 10},
			{Model: "pd", FPS: 15}, {Model: "ss", FPS: 10},
		}},
		{"ar-gaming", "AR gaming: hands, depth and planes", []Stream{
			{Model: "de", FPS: 30}, {Model: "ht", FPS: 45}, {Model: "pd", FPS: 15},
		}},
		{"vr-gaming", "VR gaming: hands and eyes", []Stream{
			{Model: "es", FPS: 60}, {Model: "ge", FPS: 60, After: "es"}, {Model: "ht", FPS: 45},
		}},
	}
}

// Lookup returns the scenario of Scenarios with the given name; the error of an unknown name lists the known ones.
func Lookup(name string) (Scenario, error) {
	var known []string
	for _, s := range Scenarios() {
		if s.Name == name {
			return s, nil
		}
		known = append(known, s.Name)
	}
	return Scenario{}, fmt.Errorf("xr: unknown scenario %q: known are %s", name, strings.Join(known, ", "))
}

// Check reports the mistakes of a scenario, joined: no streams or too many, a model without a name or twice, rates and probabilities out of range, a stream that
// follows one that is not there, has another rate, or follows it in a circle.
func (s Scenario) Check() error {
	if len(s.Streams) == 0 || len(s.Streams) > MaxStreams {
		return fmt.Errorf("xr: scenario %q: %d streams out of range [1, %d]", s.Name, len(s.Streams), MaxStreams)
	}
	var errs []error
	for i, stream := range s.Streams {
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("xr: scenario %q: stream %d, %q: %s", s.Name, i, stream.Model, fmt.Sprintf(format, args...)))
		}
		if at := s.index(stream.Model); stream.Model == "" || at != i {
			bad("want a name, and each model once")
		}
		if stream.FPS < 1 || stream.FPS > MaxFPS {
			bad("rate %d out of range [1, %d] frames/s", stream.FPS, MaxFPS)
		}
		for _, part := range []struct {
			name string
			frac float64
		}{{"launch probability", stream.LaunchFrac}, {"accuracy", stream.AccuracyFrac}} {
			if !(part.frac >= 0 && part.frac <= 1) {
				bad("%s %g out of range [0, 1]", part.name, part.frac)
			}
		}
		switch after := s.index(stream.After); {
		case stream.After == "":
		case after < 0:
			bad("follows %q, which the scenario does not have", stream.After)
		case s.Streams[after].FPS != stream.FPS:
			bad("follows %q of %d frames/s at %d: want the same rate", stream.After, s.Streams[after].FPS, stream.FPS)
		case s.circular(i):
			bad("follows itself, through %q", stream.After)
		}
	}
	return errors.Join(errs...)
}

// index is where the scenario first has the model; -1 when it does not.
func (s Scenario) index(model string) int {
	for i, stream := range s.Streams {
		if stream.Model == model {
			return i
		}
	}
	return -1
}

// circular tells whether following the inputs of a stream does not end.
func (s Scenario) circular(stream int) bool {
	for range s.Streams {
		if stream = s.index(s.Streams[stream].After); stream < 0 {
			return false
		}
	}
	return true
}
