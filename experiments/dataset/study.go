package dataset

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// Study is one study of an experiment file, as the writer needs it. Its index in the dataset is its place in the list given to Create.
type Study struct {
	Scenario        string
	Spec            simulators.Spec
	Fidelity        string // empty = the true model
	Settings        map[string]any
	Agent           string // kind
	Label           string // the agent for people: name or kind, and what sets it apart in its file; may be empty
	Hyperparameters map[string]any
	Seed            uint64
	Repeat          int
	Objectives      []objective.Term
	Constraints     []objective.Term
	Optimum         *float64 // the best value there is of the only objective, in its own direction; nil = unknown
}

// StudyInfo is a study as the dataset records it: in the metadata of every part, and in the first columns of the study's rows.
type StudyInfo struct {
	Index           int             `json:"study"`
	Scenario        string          `json:"scenario"`
	Simulator       string          `json:"simulator"`
	Version         string          `json:"simulator_version"`
	Fidelity        string          `json:"fidelity"`
	Settings        json.RawMessage `json:"settings"` // an object with sorted keys
	SpaceHash       string          `json:"space_hash"`
	Agent           string          `json:"agent"`
	Label           string          `json:"label,omitempty"`
	Hyperparameters json.RawMessage `json:"hyperparameters"` // an object with sorted keys
	Seed            uint64          `json:"seed"`
	Repeat          int             `json:"repeat"`
	Objectives      []Term          `json:"objectives"`
	Constraints     []Term          `json:"constraints"`
	Optimum         *float64        `json:"optimum,omitempty"`
}

// Term is an objective.Term as the dataset records it.
type Term struct {
	Name     string  `json:"name"`
	Unit     string  `json:"unit,omitempty"`
	Minimise bool    `json:"minimise,omitempty"`
	Bound    float64 `json:"bound,omitempty"`
	AtLeast  bool    `json:"at_least,omitempty"`
	Scale    float64 `json:"scale,omitempty"`
}

// info is what the dataset records of the study.
func (s *Study) info(index int) (StudyInfo, error) {
	settings, err := jsonObject(s.Settings)
	if err != nil {
		return StudyInfo{}, fmt.Errorf("study %d: settings: %w", index, err)
	}
	hyperparameters, err := jsonObject(s.Hyperparameters)
	if err != nil {
		return StudyInfo{}, fmt.Errorf("study %d: hyper-parameters: %w", index, err)
	}
	if s.Repeat < 0 || s.Repeat > math.MaxInt32 {
		return StudyInfo{}, fmt.Errorf("study %d: repeat %d out of range [0, %d]", index, s.Repeat, math.MaxInt32)
	}
	return StudyInfo{
		Index: index, Scenario: s.Scenario, Simulator: s.Spec.Name, Version: s.Spec.Version, Fidelity: s.Fidelity, Settings: settings,
		SpaceHash: SpaceHash(s.Spec.Space), Agent: s.Agent, Label: s.Label, Hyperparameters: hyperparameters, Seed: s.Seed, Repeat: s.Repeat,
		Objectives: terms(s.Objectives), Constraints: terms(s.Constraints), Optimum: s.Optimum,
	}, nil
}

func terms(list []objective.Term) []Term {
	recorded := make([]Term, len(list))
	for i, t := range list {
		recorded[i] = Term(t)
	}
	return recorded
}

// values are the study's first columns, in their order, with the Go types of Reader.Values.
func (i *StudyInfo) values() []any {
	return []any{i.Index, i.Scenario, i.Simulator, i.Version, i.Fidelity, i.Settings, i.SpaceHash, i.Agent, i.Hyperparameters, i.Seed, i.Repeat}
}

// jsonObject is a map as JSON with sorted keys; nil is the empty object.
func jsonObject(m map[string]any) (json.RawMessage, error) {
	if m == nil {
		m = map[string]any{}
	}
	return jsonText(m)
}

// jsonText is v as one line of JSON without HTML escapes.
func jsonText(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// SpaceHash identifies a design space: the first 16 bytes, in hexadecimal, of the SHA-256 of its axes: names, units, kinds, levels and
// conditions, each preceded by its length. Documentation and groups do not count.
func SpaceHash(s space.Space) string {
	var b []byte
	number := func(n int) { b = binary.LittleEndian.AppendUint64(b, uint64(n)) }
	text := func(t string) { number(len(t)); b = append(b, t...) }
	list := func(l []string) {
		number(len(l))
		for _, t := range l {
			text(t)
		}
	}
	number(s.Len())
	for _, p := range s.Params() {
		text(p.Name)
		text(p.Unit)
		text(p.Kind.String())
		number(len(p.Values))
		for _, v := range p.Values {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
		list(p.Labels)
		number(len(p.When))
		for _, c := range p.When {
			text(c.Param)
			list(c.In)
		}
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}
