package golden

import (
	"bytes"
	"compress/gzip"
	_ "embed" // for the measured runs
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/codesign-gym/codesign/soc/xr"
)

//go:embed data/runs.json.gz
var runsJSON []byte

// Run is one measured run.
type Run struct {
	Scenario      string           `json:"scenario"`
	Accelerators  string           `json:"accelerators"`
	Dataflow      string           `json:"dataflow"`
	Deterministic bool             `json:"deterministic"`
	Overall       float64          `json:"overall"` // of 100
	Models        map[string]Parts `json:"models"`
	RunOn         []RunOn          `json:"run_on"`
	FramesDone    *int             `json:"frames_done"`
	FirstEvents   []Event          `json:"first_events"`
}

// Parts are the scores of one model.
type Parts struct {
	RealTime   float64 `json:"realtime"`
	Energy     float64 `json:"energy"`
	Experience float64 `json:"experience"`
}

// RunOn is the cost of a frame of a model on an accelerator.
type RunOn struct {
	Accelerator int     `json:"accelerator"`
	Model       string  `json:"model"`
	LatencyMS   float64 `json:"latency_ms"`
	EnergyMJ    float64 `json:"energy_mJ"`
}

// Event is a frame that finished.
type Event struct {
	Accelerator                int
	Model                      string
	Frame                      int
	StartMS, EndMS, DeadlineMS float64
}

// UnmarshalJSON reads an event from its list of columns.
func (e *Event) UnmarshalJSON(text []byte) error {
	columns := []any{&e.Accelerator, &e.Model, &e.Frame, &e.StartMS, &e.EndMS, &e.DeadlineMS}
	want := len(columns)
	if err := json.Unmarshal(text, &columns); err != nil {
		return err
	}
	if len(columns) != want {
		return fmt.Errorf("golden: event %s: %d columns: want %d", text, len(columns), want)
	}
	return nil
}

// String names the run.
func (r Run) String() string {
	return fmt.Sprintf("%s on %s %s", r.Scenario, r.Accelerators, r.Dataflow)
}

// Embedded are the runs that come with the package.
func Embedded() ([]Run, error) {
	text, err := gzip.NewReader(bytes.NewReader(runsJSON))
	if err != nil {
		return nil, err
	}
	return Read(text)
}

// Read reads runs in the form of the embedded ones.
func Read(r io.Reader) ([]Run, error) {
	var file struct {
		Runs []Run `json:"runs"`
	}
	if err := json.NewDecoder(r).Decode(&file); err != nil {
		return nil, fmt.Errorf("golden: %w", err)
	}
	return file.Runs, nil
}

// recompute runs the scheduler with the costs of a run.
func (r Run) recompute(s *xr.Scratch) (*xr.Workload, xr.Result, error) {
	name, ok := scenarioNames()[r.Scenario]
	if !ok {
		return nil, xr.Result{}, fmt.Errorf("unknown scenario %q", r.Scenario)
	}
	scenario, err := xr.Lookup(name)
	if err != nil {
		return nil, xr.Result{}, err
	}
	w, err := xr.NewWorkload(scenario, xr.XRBench, xr.Timing{}, func(int, int) (float64, float64) { return 0, 0 })
	if err != nil {
		return nil, xr.Result{}, err
	}
	p, err := r.platform(scenario)
	if err != nil {
		return nil, xr.Result{}, err
	}
	result, err := xr.Run(w, p, xr.Options{}, s)
	return w, result, err
}

// platform is the costs of a run; what never ran somewhere cannot.
func (r Run) platform(sc xr.Scenario) (xr.Platform, error) {
	kind, _, _ := strings.Cut(r.Accelerators, "_")
	p := xr.Platform{Accelerators: map[string]int{"Single": 1, "Dual": 2, "Quad": 4}[kind]}
	p.Costs = make([]xr.Cost, p.Accelerators*len(sc.Streams))
	for _, on := range r.RunOn {
		at := stream(sc, on.Model)
		if at < 0 || on.Accelerator < 0 || on.Accelerator >= p.Accelerators {
			return p, fmt.Errorf("%q on accelerator %d of %q: no such model in %q, or no such accelerator", on.Model, on.Accelerator, r.Accelerators, r.Scenario)
		}
		p.Costs[on.Accelerator*len(sc.Streams)+at] = xr.Cost{LatencyMS: on.LatencyMS, EnergyMJ: on.EnergyMJ}
	}
	return p, nil
}

// scenarioNames are our names by those of the program.
func scenarioNames() map[string]string {
	return map[string]string{
		"social_interactionA": "social-a", "social_interactionB": "social-b", "outdoor_activity_A": "outdoor-a", "outdoor_activity_B": "outdoor-b",
		"AR_Assistant": "ar-assistant", "AR_gaming": "ar-gaming", "VR_gaming": "vr-gaming",
	}
}

// stream is the stream of a model by the program's name, which starts with ours (or with D2go, the detector in one scenario); -1 = none.
func stream(sc xr.Scenario, model string) int {
	short, _, _ := strings.Cut(strings.ToLower(model), "_")
	if short == "d2go" {
		short = "od"
	}
	for i, s := range sc.Streams {
		if s.Model == short {
			return i
		}
	}
	return -1
}
