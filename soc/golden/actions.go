package golden

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/codesign-gym/codesign/soc"
)

// Action is a measured vector.
type Action struct {
	Workload    string      `json:"workload"`
	Entries     []int       `json:"action"`
	Valid       bool        `json:"valid"`
	Reason      string      `json:"reason"` // of an invalid one
	LinksUsed   [][2]string `json:"links_used"`
	BlocksUsed  []string    `json:"blocks_used"`
	Priority    []string    `json:"task_priority"`
	Observation struct {
		LatencyS float64 `json:"latency_s"`
		PowerW   float64 `json:"power_W"`
		AreaM2   float64 `json:"area_m2"`
	} `json:"observation"`
	Distance float64 `json:"distance_eliminate_sum"`
}

// ReadActions reads records in the form of the embedded ones.
func ReadActions(from io.Reader) ([]Action, error) {
	var file struct {
		Records []Action `json:"records"`
	}
	if err := json.NewDecoder(from).Decode(&file); err != nil {
		return nil, fmt.Errorf("golden: actions: %w", err)
	}
	for i, a := range file.Records {
		if a.Valid == (a.Reason != "") || a.Valid == (a.Observation.LatencyS == 0) {
			return nil, fmt.Errorf("golden: actions: record %d: want an observation or a reason", i)
		}
	}
	return file.Records, nil
}

// String names the record.
func (a Action) String() string { return fmt.Sprintf("%s %v", a.Workload, a.Entries) }

// reasonName is how the reference's records state a broken rule. A missing route shows there as a list that ends too early.
func reasonName(r soc.Reason) string {
	switch r {
	case soc.SelfLink:
		return "self_bus_link"
	case soc.NoRoute:
		return "build_failed:IndexError"
	}
	return r.String()
}

// compare decodes and runs the vector.
func (a Action) compare(l soc.Library) (Outcome, error) {
	c := compare(a.String())
	g, err := graphOf(a.Workload)
	if err != nil {
		return Outcome{}, fmt.Errorf("golden: %v: %w", a, err)
	}
	s, err := soc.NewSystem(g, l, g.Budget, soc.Reference)
	if err != nil {
		return Outcome{}, fmt.Errorf("golden: %v: %w", a, err)
	}
	var r *soc.Result
	d, err := soc.DecodeLimited(s, a.Entries)
	if err == nil {
		r, err = soc.Simulate(s, d)
	}
	var invalid *soc.Invalid
	switch {
	case errors.As(err, &invalid):
		if got := reasonName(invalid.Reason); got != a.Reason {
			c.differ("refused (%v), the reference says %q", invalid, a.Reason)
		}
		return c.Outcome, nil
	case err != nil:
		return Outcome{}, fmt.Errorf("golden: %v: %w", a, err)
	case !a.Valid:
		c.differ("not refused, the reference says %q", a.Reason)
		return c.Outcome, nil
	}
	c.near("latency", r.LatencyS[0], a.Observation.LatencyS)
	c.near("power", r.PowerMW/mWPerW, a.Observation.PowerW)
	c.near("area", r.AreaMM2/mm2PerM2, a.Observation.AreaM2)
	c.distance("distance", r.Distance.Sum(soc.Eliminate), a.Distance)
	c.priority(g, r.Priority, a.Priority)
	c.links(d, r.Links, a.LinksUsed)
	var used []string
	for i, b := range d.Blocks {
		if r.Blocks[i].Used {
			used = append(used, b.ID)
		}
	}
	slices.Sort(used)
	c.same("blocks in use", used, slices.Sorted(slices.Values(a.BlocksUsed)))
	return c.Outcome, nil
}
