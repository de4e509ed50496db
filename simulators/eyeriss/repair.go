package eyeriss

import (
	"slices"

	"github.com/codesign-gym/codesign/env/space"
)

// repair makes what some layer needs: the least rows and lines that are enough. What no level is enough for is left alone.
func repair(s space.Space, d design, p space.Point) (space.Point, bool) {
	if _, count := d.short(); count == 0 {
		return p, false
	}
	repaired, changed := slices.Clone(p), false
	set := func(axis string, value int) {
		at, err := s.Axis(axis)
		if err != nil {
			panic("eyeriss: " + err.Error()) // an axis of this package
		}
		level := slices.Index(s.Param(at).Values, float64(value))
		changed = changed || repaired[at] != level
		repaired[at] = level
	}
	if need := d.scenario.needs.rows.amount; need > int64(d.rows()) {
		if n, ok := enough(pes(), need*dummies); ok {
			set("pes", n)
		}
	}
	for at, axis := range [...]string{glb: "glb", ifmapSpad: "ifmap", weightsSpad: "weights", psumSpad: "psum"} {
		if axis == "" {
			continue
		}
		m, need := *d.memories()[at], d.scenario.needs.words[at].amount
		if m.words() >= need {
			continue
		}
		lines := depths()
		if at == glb {
			lines = powers(10, 16)
		}
		if n, ok := enough(lines, (need+int64(m.block)-1)/int64(m.block)); ok {
			set(axis+"_depth", n)
			continue
		}
		if block, ok := enough(blocks(), (need+int64(lines[len(lines)-1])-1)/int64(lines[len(lines)-1])); ok {
			set(axis+"_depth", lines[len(lines)-1])
			set(axis+"_block", block)
		}
	}
	return repaired, changed
}
