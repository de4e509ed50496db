package wire

// Spec is a simulator's specification.
type Spec struct {
	Name    string   `json:"name"`
	Version string   `json:"version"`
	Doc     string   `json:"doc,omitempty"`
	Axes    []Axis   `json:"axes"`
	Metrics []Metric `json:"metrics"`
}

// Axis is one axis of a space.
type Axis struct {
	Name   string      `json:"name"`
	Kind   string      `json:"kind"` // ordinal, nominal or permutation
	Unit   string      `json:"unit,omitempty"`
	Doc    string      `json:"doc,omitempty"`
	Group  string      `json:"group,omitempty"`
	Values []float64   `json:"values,omitempty"`
	Labels []string    `json:"labels,omitempty"`
	Log    bool        `json:"log,omitempty"`
	When   []Condition `json:"when,omitempty"`
}

// Condition makes an axis depend on an earlier one.
type Condition struct {
	Axis string   `json:"axis"`
	In   []string `json:"in"`
}

// Metric is one number that a simulator reports.
type Metric struct {
	Name string `json:"name"`
	Unit string `json:"unit,omitempty"`
	Key  string `json:"key,omitempty"`
	Doc  string `json:"doc,omitempty"`
}

// Setting declares a named option. Default is a string, a float64 or a bool, as Type says.
type Setting struct {
	Name    string   `json:"name"`
	Type    string   `json:"type"` // string, int, float or bool
	Unit    string   `json:"unit,omitempty"`
	Doc     string   `json:"doc,omitempty"`
	Default any      `json:"default"`
	Allowed []string `json:"allowed,omitempty"`
	Min     *float64 `json:"min,omitempty"`
	Max     *float64 `json:"max,omitempty"`
}

// Channel is one number of an observation.
type Channel struct {
	Name string   `json:"name"`
	Unit string   `json:"unit,omitempty"`
	Low  *float64 `json:"low"` // nil = no bound
	High *float64 `json:"high"`
}

// Player is one agent of an environment.
type Player struct {
	ID           string    `json:"id"`
	Axes         []Axis    `json:"axes"`
	Observations []Channel `json:"observations"`
}

// Term is an objective or a constraint.
type Term struct {
	Name     string  `json:"name"`
	Unit     string  `json:"unit,omitempty"`
	Minimise bool    `json:"minimise,omitempty"`
	Bound    float64 `json:"bound,omitempty"`
	AtLeast  bool    `json:"at_least,omitempty"`
	Scale    float64 `json:"scale,omitempty"`
}

// Objective is what is asked of a simulator.
type Objective struct {
	Objectives  []Term `json:"objectives"`
	Constraints []Term `json:"constraints"`
}

// Problem is what an agent is made for.
type Problem struct {
	Axes        []Axis `json:"axes"`
	Objectives  int    `json:"objectives,omitempty"` // 0 = 1
	Constraints int    `json:"constraints,omitempty"`
	Budget      int    `json:"budget,omitempty"` // 0 = not known
	Seed        uint64 `json:"seed,omitempty"`
}

// Searcher is the agent that answers ask and tell.
type Searcher struct {
	Kind    string         `json:"kind"`
	Options map[string]any `json:"options,omitempty"`
}

// Reason says why a design has no values: exactly one of Infeasible and Failed is set.
type Reason struct {
	At         int     `json:"at"` // row
	Infeasible string  `json:"infeasible,omitempty"`
	Violation  float64 `json:"violation,omitempty"`
	Failed     string  `json:"failed,omitempty"`
}

// Artifact is one small file; exactly one of Text and Base64 is set.
type Artifact struct {
	Name      string  `json:"name"`
	MediaType string  `json:"media_type"`
	Text      *string `json:"text,omitempty"`
	Base64    []byte  `json:"base64,omitempty"`
}
