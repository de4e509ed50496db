package simulators

import (
	"context"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
)

// Factory is what a catalogue lists: how to make a simulator for a scenario. A catalogue is an explicit slice in one visible place.
type Factory struct {
	Name, Doc  string // Name is the catalogue id: family[/variant], lower case, without the workload
	Settings   []Setting
	Fidelities []Fidelity // from the cheapest to the true model; none = the true model only
	New        func(Settings) (Instance, error)
}

// Fidelity is a cheaper stand-in for the true model: some settings changed. It is never an axis.
type Fidelity struct {
	Name         string
	Set          map[string]any // the settings that it changes
	RelativeCost float64        // of an evaluation; the true model is 1
}

// Instance is a simulator with what else a model can offer. Detail, Repair, Advise and Features may be nil.
type Instance struct {
	Simulator Simulator
	// Detail explains one design (per-layer table, timeline, "why"); it runs only for designs that are reported.
	Detail func(ctx context.Context, p space.Point) ([]Artifact, error)
	// Repair projects a canonical point onto the valid ones; it is idempotent, and false means that nothing was changed.
	Repair func(space.Point) (space.Point, bool)
	// Advise gives changes of a design that the model's own analysis proposes, what limits the design most first; of no design (nil) it gives designs to begin
	// a search at. Each is canonical and the caller's. It is deterministic, safe for concurrent use, and empty for a design that it knows no advice on.
	Advise func(p space.Point) []Advice
	// Features describe the workload and the device that the settings chose, in numbers; the same at each call. Proxies tell by them what a workload is like that they have not
	// learned (package proxy), and `describe` prints them.
	Features func() []Feature
	// About tells what the settings made of the model, such as the figures that it computes with: `describe` prints it.
	About []Section
}

// Advice is a changed design.
type Advice struct {
	Point space.Point
	About string // what the change is against: "latency of task decode"; advice against one thing shares it
	Why   string // for people: "pe2 limits it for 31 ms: unroll 4 instead of 2"
}

// Section is a table of text.
type Section struct {
	Title   string // heading of the first column
	Columns []string
	Rows    [][]string // one cell more than Columns each
}

// Artifact is one explanation of a design: a small file.
type Artifact struct {
	Name      string // file name with extension: "layers.csv"
	MediaType string // "text/csv", "image/svg+xml", "application/json"
	Data      []byte
}

// Open makes the instance for the given settings, checked strictly against the declared ones; absent settings take their defaults.
func (f Factory) Open(given map[string]any) (Instance, Settings, error) {
	settings, err := NewSettings(f.Settings, given)
	if err != nil {
		return Instance{}, Settings{}, fmt.Errorf("%s: %w", f.Name, err)
	}
	instance, err := f.New(settings)
	if err != nil {
		return Instance{}, Settings{}, fmt.Errorf("%s: %w", f.Name, err)
	}
	return instance, settings, nil
}
