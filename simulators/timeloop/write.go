package timeloop

import (
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/loopnest"
)

// WriteMapping is a mapping as a file that Read and Timeloop read: innermost loops first in a permutation, and every dimension in it. A target of
// spatial loops is the level above the mesh, which in version 0.4 is the place inter_NAME_spatial.
func WriteMapping(m *loopnest.Mapping, a loopnest.Architecture, p loopnest.Problem) []byte {
	var b strings.Builder
	b.WriteString("mapping:\n")
	for i, l := range m.Levels {
		name := a.Levels[i].Name
		var keep, bypass []string
		for t, tensor := range p.Tensors {
			if l.Keep.Has(t) {
				keep = append(keep, tensor.Name)
			} else {
				bypass = append(bypass, tensor.Name)
			}
		}
		fmt.Fprintf(&b, "  - {target: %s, type: dataspace, keep: [%s], bypass: [%s]}\n", name, strings.Join(keep, ", "), strings.Join(bypass, ", "))
		if len(l.Spatial) > 0 {
			loops, x := spatialOrder(l.Spatial)
			fmt.Fprintf(&b, "  - {target: %s, type: spatial, %s, split: %d}\n", name, loopText(loops, p), x)
		}
		var loops []loopnest.Loop
		for _, loop := range slices.Backward(l.Temporal) {
			loops = append(loops, loop)
		}
		fmt.Fprintf(&b, "  - {target: %s, type: temporal, %s}\n", name, loopText(loops, p))
	}
	return []byte(b.String())
}

// spatialOrder lists spatial loops innermost first, those along X before those along Y, and how many are along X. Their order within a level
// changes nothing.
func spatialOrder(spread []loopnest.Spread) (loops []loopnest.Loop, x int) {
	for _, y := range []bool{false, true} {
		for _, s := range slices.Backward(spread) {
			if s.Y == y {
				loops = append(loops, loopnest.Loop{Dimension: s.Dimension, Trips: s.Trips})
			}
		}
		if !y {
			x = len(loops)
		}
	}
	return loops, x
}

// loopText is the factors and the permutation of loops, innermost first.
func loopText(loops []loopnest.Loop, p loopnest.Problem) string {
	factors, order := make([]string, len(p.Dimensions)), []string(nil)
	for d, dim := range p.Dimensions {
		factors[d] = dim.Name + "=1"
	}
	for _, l := range loops {
		name := p.Dimensions[l.Dimension].Name
		factors[l.Dimension] = fmt.Sprintf("%s=%d", name, l.Trips)
		order = append(order, name)
	}
	for _, d := range p.Dimensions {
		if !slices.Contains(order, d.Name) {
			order = append(order, d.Name)
		}
	}
	return fmt.Sprintf("factors: [%s], permutation: [%s]", strings.Join(factors, ", "), strings.Join(order, ", "))
}
