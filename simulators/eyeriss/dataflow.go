package eyeriss

import (
	"slices"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
)

// rule says which dimensions a level may iterate over in time and in space, by name; whole are those that it takes whole.
type rule struct {
	temporal, spatialX, spatialY []string
	wholeTime, wholeY            string
}

// rowStationary are the rules of the hardware, level by level: filter rows lie along the columns, filter columns stay in a processing element, columns
// of the chip take output columns or filters, and the rows that are left take channels or filters.
func rowStationary() [psumSpad + 1]rule {
	return [...]rule{
		dram:        {temporal: []string{"N", "G", "M", "C", "P", "Q"}},
		glb:         {temporal: []string{"N", "G", "M", "C", "P", "Q"}, spatialX: []string{"Q", "M"}},
		columns:     {spatialY: []string{"S", "C", "M"}, wholeY: "S"},
		ifmapSpad:   {},
		weightsSpad: {temporal: []string{"C", "R"}, wholeTime: "R"},
		psumSpad:    {temporal: []string{"M"}},
	}
}

// names of the levels, as in design.architecture.
func levelNames() [psumSpad + 1]string {
	return [...]string{"DRAM", "shared_glb", "dummy_buffer", "ifmap_spad", "weights_spad", "psum_spad"}
}

// kept says which tensors each level keeps.
func kept() [psumSpad + 1][]string {
	return [...][]string{dram: {weights, inputs, outputs}, glb: {inputs, outputs}, ifmapSpad: {inputs}, weightsSpad: {weights}, psumSpad: {outputs}}
}

// constraints are the mapper's constraints for a layer: which tensors stay where, and with the row-stationary dataflow where each dimension may go.
func constraints(p loopnest.Problem, free bool) mapper.Constraints {
	var c mapper.Constraints
	rules := rowStationary()
	for i, name := range levelNames() {
		l := mapper.LevelConstraint{Level: name, Keep: kept()[i]}
		l.NoTemporal = i == columns
		if !free {
			rules[i].constrain(&l, p)
		}
		c.Levels = append(c.Levels, l)
	}
	return c
}

// constrain adds a rule to the constraints of a level.
func (r rule) constrain(l *mapper.LevelConstraint, p loopnest.Problem) {
	l.SpatialX, l.SpatialY = []string{}, []string{}
	for _, d := range p.Dimensions {
		switch {
		case d.Name == r.wholeTime:
			l.Temporal = append(l.Temporal, mapper.Factor{Dimension: d.Name, Trips: d.Size})
		case !slices.Contains(r.temporal, d.Name):
			l.Temporal = append(l.Temporal, mapper.Factor{Dimension: d.Name, Trips: 1})
		}
		alongX, alongY := slices.Contains(r.spatialX, d.Name), slices.Contains(r.spatialY, d.Name)
		switch {
		case d.Name == r.wholeY:
			l.Spatial = append(l.Spatial, mapper.Factor{Dimension: d.Name, Trips: d.Size})
		case !alongX && !alongY:
			l.Spatial = append(l.Spatial, mapper.Factor{Dimension: d.Name, Trips: 1})
		}
		if alongX {
			l.SpatialX = append(l.SpatialX, d.Name)
		}
		if alongY {
			l.SpatialY = append(l.SpatialY, d.Name)
		}
	}
}

// least is the mapping of a layer that needs the smallest memories: what the dataflow fixes stands in its level, all else in DRAM.
func least(p loopnest.Problem, free bool) *loopnest.Mapping {
	m := &loopnest.Mapping{Levels: make([]loopnest.LevelMapping, psumSpad+1)}
	for i, names := range kept() {
		for t, tensor := range p.Tensors {
			if slices.Contains(names, tensor.Name) {
				m.Levels[i].Keep |= loopnest.Tensors(t)
			}
		}
	}
	rules := rowStationary()
	for d, dim := range p.Dimensions {
		switch {
		case dim.Size == 1:
		case !free && dim.Name == rules[columns].wholeY:
			m.Levels[columns].Spatial = append(m.Levels[columns].Spatial, loopnest.Spread{Dimension: d, Trips: dim.Size, Y: true})
		case !free && dim.Name == rules[weightsSpad].wholeTime:
			m.Levels[weightsSpad].Temporal = append(m.Levels[weightsSpad].Temporal, loopnest.Loop{Dimension: d, Trips: dim.Size})
		default:
			m.Levels[dram].Temporal = append(m.Levels[dram].Temporal, loopnest.Loop{Dimension: d, Trips: dim.Size})
		}
	}
	return m
}
