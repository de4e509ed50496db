package format

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/codesign-gym/codesign/soc"
)

// strict decodes the one JSON value of a text; unknown fields are errors.
func strict(what string, text []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("format: %s: %w", what, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return fmt.Errorf("format: %s: something follows the value at byte %d", what, d.InputOffset())
	}
	return nil
}

// written is a value as indented JSON.
func written(value any) []byte {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false) // edges have names with arrows
	if err := e.Encode(value); err != nil {
		panic(fmt.Sprintf("format: %v", err)) // the types of this package hold nothing that JSON cannot
	}
	return text.Bytes()
}

type workloadJSON struct {
	Name           string     `json:"name"`
	Last           string     `json:"last"`
	LatencyBudgetS float64    `json:"latency_budget_s"`
	PowerBudgetMW  float64    `json:"power_budget_mw"`
	AreaBudgetMM2  float64    `json:"area_budget_mm2"`
	Tasks          []taskJSON `json:"tasks"`
	Edges          []edgeJSON `json:"edges"`
}

type taskJSON struct {
	Name           string           `json:"name"`
	Cycles         int64            `json:"cycles,omitempty"`
	LoopIterations int64            `json:"loop_iterations,omitempty"`
	Accelerator    *acceleratorJSON `json:"accelerator,omitempty"`
}

type acceleratorJSON struct {
	Cycles   int64   `json:"cycles"`
	EnergyPJ float64 `json:"energy_pj"`
	AreaUM2  float64 `json:"area_um2"`
}

type edgeJSON struct {
	From  string `json:"from"`
	To    string `json:"to"`
	Bytes int64  `json:"bytes"`
}

// ReadWorkload reads a workload; it is checked (soc.Workload.Check).
func ReadWorkload(text []byte) (soc.Workload, error) {
	var j workloadJSON
	if err := strict("workload", text, &j); err != nil {
		return soc.Workload{}, err
	}
	w := soc.Workload{Name: j.Name, Last: j.Last, LatencyBudgetS: j.LatencyBudgetS, Budget: soc.Budget{PowerMW: j.PowerBudgetMW, AreaMM2: j.AreaBudgetMM2}}
	for _, t := range j.Tasks {
		task := soc.Task{Name: t.Name, Cycles: t.Cycles, LoopIterations: t.LoopIterations}
		if t.Accelerator != nil {
			task.Accelerator = soc.Accelerator(*t.Accelerator)
		}
		w.Tasks = append(w.Tasks, task)
	}
	for _, e := range j.Edges {
		w.Edges = append(w.Edges, soc.Edge(e))
	}
	return w, w.Check()
}

// WriteWorkload is the inverse of ReadWorkload.
func WriteWorkload(w soc.Workload) []byte {
	j := workloadJSON{Name: w.Name, Last: w.Last, LatencyBudgetS: w.LatencyBudgetS, PowerBudgetMW: w.Budget.PowerMW, AreaBudgetMM2: w.Budget.AreaMM2}
	for _, t := range w.Tasks {
		task := taskJSON{Name: t.Name, Cycles: t.Cycles, LoopIterations: t.LoopIterations}
		if t.Accelerator != (soc.Accelerator{}) {
			accelerator := acceleratorJSON(t.Accelerator)
			task.Accelerator = &accelerator
		}
		j.Tasks = append(j.Tasks, task)
	}
	for _, e := range w.Edges {
		j.Edges = append(j.Edges, edgeJSON(e))
	}
	return written(j)
}
