package soc

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
	"github.com/codesign-gym/codesign/soc"
	"github.com/codesign-gym/codesign/soc/format"
)

// Version changes whenever a number of the simulators moves.
const Version = "1.0.0"

const comprehensiveDoc = `AR/VR SoC: processors, accelerators, memories, buses and the mapping of tasks and data, from the whole hardware library.`

// slotSettings say how many blocks designs may have.
func slotSettings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "processors", Unit: "blocks", Doc: "general processors that a design may use, beside an accelerator for each task", Default: 3, Min: 1, Max: 16},
		{Name: "memories", Unit: "blocks", Doc: "memories that a design may use", Default: 4, Min: 1, Max: 32},
		{Name: "buses", Unit: "blocks", Doc: "buses that a design may use", Default: 3, Min: 1, Max: 16},
		{Name: "start_file", Doc: "design to begin a guided search or an episode at, JSON as the detail writes it; empty = the cheapest: one processor, one bus, one memory", Default: ""},
	}
}

// Comprehensive is the catalogue entry soc/comprehensive.
func Comprehensive() simulators.Factory {
	return simulators.Factory{
		Name: "soc/comprehensive", Doc: comprehensiveDoc + about,
		Settings: append(systemSettings("hpvm_cava", repaired), slotSettings()...),
		New: func(s simulators.Settings) (simulators.Instance, error) {
			c, err := openComprehensive(s)
			if err != nil {
				return simulators.Instance{}, err
			}
			return simulators.Instance{
				Simulator: c.designs, Detail: c.Detail, Repair: c.repair, Advise: c.advise, About: c.about(),
			}, nil
		},
	}
}

// comprehensive is soc/comprehensive for its settings.
type comprehensive struct {
	*designs
	layout *layout
	start  space.Point // where guided searches and episodes begin
}

func openComprehensive(s simulators.Settings) (*comprehensive, error) {
	system, origin, err := openSystem(s)
	if err != nil {
		return nil, err
	}
	l, err := newLayout(system, slots{s.Int("processors"), s.Int("memories"), s.Int("buses")})
	if err != nil {
		return nil, err
	}
	c := &comprehensive{layout: l, start: make(space.Point, l.space.Len())}
	spec := simulators.Spec{Name: "soc/comprehensive", Doc: comprehensiveDoc, Space: l.space}
	if path := s.String("start_file"); path != "" {
		text, _, err := files.Read("start_file", path, maxFileBytes) // no part of the version: it moves no number
		if err == nil {
			c.start, err = l.readStart(text)
		}
		if err != nil {
			return nil, fmt.Errorf("setting start_file: %s: %w", path, err)
		}
	}
	spec.Version = Version + origin
	c.designs = newDesigns(spec, system, func(p space.Point, d *soc.Design) error {
		l.at(p).design(d)
		return nil
	})
	return c, nil
}

// repair sets everything that a design does not use to level 0: then equal designs are equal points.
func (c *comprehensive) repair(p space.Point) (space.Point, bool) {
	q := c.layout.at(p).repaired()
	if slices.Equal(p, q) {
		return p, false
	}
	return q, true
}

// readStart is the point of a design file.
func (l *layout) readStart(text []byte) (space.Point, error) {
	d, err := format.ReadDesign(text, l.system.Graph())
	if err != nil {
		return nil, err
	}
	if err := l.system.Check(d); err != nil {
		return nil, err
	}
	return l.point(d)
}

// about tells what the system is made of.
func (c *comprehensive) about() []simulators.Section {
	return append(budgets(c.system), simulators.Section{
		Title: "VALID VECTORS", Columns: []string{"share", "about"},
		Rows: [][]string{{"before repair", "100 %", "the buses are a tree and everything hangs on it; only a memory larger than the library has is refused"}},
	})
}

// budgets tells what designs are measured against.
func budgets(s *soc.System) []simulators.Section {
	rows := [][]string{}
	for _, goal := range s.Graph().Goals {
		rows = append(rows, []string{"latency of " + goal.Workload, fmt.Sprintf("%g", goal.LatencyBudgetS*1e3), "ms"})
	}
	rows = append(rows,
		[]string{"power", fmt.Sprintf("%g", s.Budget().PowerMW), "mW"},
		[]string{"area without DRAM, and of DRAM", fmt.Sprintf("%g", s.Budget().AreaMM2), "mm2"})
	return []simulators.Section{{Title: "BUDGET", Columns: []string{"at most", "unit"}, Rows: rows}}
}
