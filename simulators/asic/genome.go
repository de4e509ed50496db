package asic

import (
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
)

// maxNest is the most levels of a genome.
const maxNest = 3

// nestDims are the loops that a genome has genes for, in GAMMA's order. Samples and groups follow each other in time, outside all others.
func nestDims() [6]dataflow.Dim {
	return [...]dataflow.Dim{dataflow.K, dataflow.C, dataflow.Y, dataflow.X, dataflow.R, dataflow.S}
}

// genome is a mapping as GAMMA searches it: levels of units, the outermost first; the units of the innermost are the processing elements.
type genome struct {
	levels int
	level  [maxNest]genes
}

// genes are one level of a genome.
type genes struct {
	over  dataflow.Dim          // what the units share
	units int                   // in one unit of the level above; of the outermost level in asic/digamma only
	order [6]dataflow.Dim       // the fastest loop last; the first so many as the scenario has loops
	tile  [dataflow.NumDims]int // what a unit holds; X and Y in outputs
}

// loops says which genes a genome has.
type loops struct {
	dims   []dataflow.Dim        // the loops of more than one element in some layer, in the order of nestDims
	extent [dataflow.NumDims]int // the largest of all layers; X and Y in outputs
	inner  bool                  // inner levels have an order and tiles of all loops, and kernels stay whole: profile maestro
}

// newLoops lists the loops of some layers. Of layers of one multiply-accumulate the channels are the only loop.
func newLoops(list []work, p dataflow.Profile) (l loops) {
	l.inner = p == dataflow.Maestro
	for d := range l.extent {
		l.extent[d] = 1
	}
	for _, w := range list {
		layer := w.layer.AsConv()
		for _, d := range nestDims() {
			l.extent[d] = max(l.extent[d], extentOf(layer, d))
		}
	}
	for _, d := range nestDims() {
		if l.extent[d] > 1 && !(l.inner && ofKernel(d)) {
			l.dims = append(l.dims, d)
		}
	}
	if l.dims == nil {
		l.dims = []dataflow.Dim{dataflow.C}
	}
	return l
}

// ofKernel tells whether a loop is over the rows or columns of the kernel. MAESTRO counts too few products where a tile holds a part of them: GAMMA keeps them
// whole there by default, and so do we.
func ofKernel(d dataflow.Dim) bool { return d == dataflow.R || d == dataflow.S }

// extentOf is the size of a loop of a convolution, X and Y in outputs.
func extentOf(l dataflow.Layer, d dataflow.Dim) int {
	switch d {
	case dataflow.Y:
		return l.OutHeight()
	case dataflow.X:
		return l.OutWidth()
	}
	return max(l.Size[d], 1)
}

// cuts tells whether a level has a tile of a loop: the outermost of all. An inner level has that of the loop that its units share; its other loops and their
// order move no data in profile physical, where the steps of the outermost level do.
func (l *loops) cuts(level int, over, d dataflow.Dim) bool { return level == 0 || l.inner || d == over }

// clamp cuts the tiles to what the level above holds, as GAMMA repairs its genomes.
func (g *genome) clamp(l *loops) {
	held := l.extent
	for i := range g.levels {
		for _, d := range l.dims {
			if l.cuts(i, g.level[i].over, d) {
				held[d] = min(held[d], g.level[i].tile[d])
			}
			g.level[i].tile[d] = held[d]
		}
	}
}

// clusterPEs is the number of processing elements in one unit of the outermost level.
func (g *genome) clusterPEs() int {
	product := 1
	for i := 1; i < g.levels; i++ {
		product *= g.level[i].units
	}
	return product
}

// mapping writes the nest of a clamped genome for a layer into m, whose memory it reuses.
func (g *genome) mapping(l *loops, layer dataflow.Layer, m dataflow.Mapping) dataflow.Mapping {
	m = slices.Grow(m[:0], maxNest)[:g.levels]
	for i := range m {
		genes := &g.level[i]
		m[i].Units = 0
		if i > 0 {
			m[i].Units = genes.units
		}
		maps := m[i].Maps[:0]
		if i == 0 {
			for _, d := range [...]dataflow.Dim{dataflow.N, dataflow.G} {
				if layer.Size[d] > 1 {
					maps = append(maps, dataflow.Temporal(d, 1, 1))
				}
			}
		}
		over := genes.over
		if layer.Op == dataflow.Depthwise && over == dataflow.K {
			over = dataflow.C // a filter each: channels are its outputs
		}
		spread := false
		for _, d := range genes.order[:len(l.dims)] {
			if layer.Op == dataflow.Depthwise && d == dataflow.K || d != over && !l.cuts(i, over, d) {
				continue
			}
			spread = spread || d == over
			maps = append(maps, nestMap(d, min(genes.tile[d], extentOf(layer, d)), d == over))
		}
		if l.inner {
			for _, d := range [...]dataflow.Dim{dataflow.R, dataflow.S} {
				if whole := extentOf(layer, d); whole > 1 {
					maps = append(maps, dataflow.Temporal(d, whole, whole))
				}
			}
		}
		if !spread { // channels of which every layer has one
			maps = append(maps, nestMap(over, 1, true))
		}
		m[i].Maps = maps
	}
	return m
}

// nestMap is a map whose tiles meet.
func nestMap(d dataflow.Dim, tile int, spatial bool) dataflow.Map {
	switch d {
	case dataflow.Y:
		d = dataflow.OutY
	case dataflow.X:
		d = dataflow.OutX
	}
	return dataflow.Map{Spatial: spatial, Dim: d, Size: tile, Step: tile}
}

// limit cuts clusters, and where they are a gene the units of the outermost level, so that they have at most so many processing elements.
func (g *genome) limit(pes int, top bool) {
	for i := 1; i < g.levels; i++ {
		g.level[i].units = min(g.level[i].units, pes)
		pes /= g.level[i].units
	}
	if top {
		g.level[0].units = min(g.level[0].units, pes)
	}
}

// settle makes clamped genomes of one meaning alike: loops that take one step move nothing, so they follow the others, in the order of nestDims. units are
// those of the outermost level.
func (g *genome) settle(l *loops, units int) {
	held := &l.extent
	for i := range g.levels {
		genes := &g.level[i]
		still := func(d dataflow.Dim) bool { return l.still(genes, d, held[d], units) }
		order := slices.DeleteFunc(slices.Clone(genes.order[:len(l.dims)]), still)
		for _, d := range l.dims {
			if still(d) {
				order = append(order, d)
			}
		}
		copy(genes.order[:], order)
		held = &genes.tile
	}
}

// still tells whether a loop of a level takes one step. In profile maestro the place of the shared loop counts even then; that is C in a depthwise layer if K is
// shared elsewhere.
func (l *loops) still(g *genes, d dataflow.Dim, held, units int) bool {
	tile := g.tile[d]
	switch {
	case l.inner && (d == g.over || d == dataflow.C && g.over == dataflow.K):
		return false
	case d == g.over:
		tile *= units
	}
	return tile >= held
}
