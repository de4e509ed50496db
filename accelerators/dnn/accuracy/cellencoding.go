package accuracy

import (
	"math"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// cellEncoding describes the live cell of NAS-Bench-201: the representative of its class, which has no dead edge. A linear model of the operations
// fails because one edge none changes what all others mean; the numbers are therefore about the paths from node 0 to node 3.
type cellEncoding struct{ cells *nas.NASBench201 }

const (
	cellPaths   = 4
	cellKinds   = 5 // operations
	cellNodes   = 4
	longestPath = 3

	histograms    = 7
	pathQuantity  = 3 // convolutions, 3×3 convolutions, pools
	pathTotals    = 5
	nodeDegrees   = 4
	pathFigures   = 5
	weightFigures = 2

	cellInputs = nas.Edges*cellKinds + cellKinds + 2*histograms*(longestPath+1) + pathTotals + 3*pathQuantity + cellPaths*pathFigures +
		cellNodes*nodeDegrees + weightFigures
)

// paths lists the edges of each path from node 0 to node 3, as indices of nas.CellEdges.
func paths() [cellPaths][]int { return [cellPaths][]int{{3}, {0, 4}, {1, 5}, {0, 2, 5}} }

// path is what one live path computes.
type path struct {
	live                       bool
	skips, ones, threes, pools int
	edges                      int
}

func (p path) convolutions() int { return p.ones + p.threes }

// figures are the numbers of the paths of a cell. A histogram counts live paths by a quantity from 0 to longestPath.
type figures struct {
	paths                 [cellPaths]path
	histograms            [histograms][longestPath + 1]float64
	live, allSkip, pooled float64 // paths: live; only skips; with a pool
	unpooled, deep        float64 // paths: with a 3×3 convolution and no pool; with two convolutions or more
	most, least, sum      [pathQuantity]float64
}

// Inputs implements Encoding.
func (e cellEncoding) Inputs() int { return cellInputs }

// Append implements Encoding.
func (e cellEncoding) Append(dst []float64, p space.Point) []float64 {
	cell := e.cells.Live(p)
	var counts [cellKinds]float64
	for _, op := range cell {
		for kind := range cellKinds {
			dst = append(dst, indicator(int(op) == kind))
		}
		counts[op]++
	}
	dst = append(dst, counts[:]...)
	f := look(cell)
	for _, h := range f.histograms {
		dst = append(dst, h[:]...)
	}
	for _, h := range f.histograms {
		for _, n := range h {
			dst = append(dst, indicator(n > 0))
		}
	}
	dst = append(dst, f.live, f.allSkip, f.pooled, f.unpooled, f.deep)
	dst = append(dst, f.most[:]...)
	dst = append(dst, f.least[:]...)
	dst = append(dst, f.sum[:]...)
	for _, q := range f.paths {
		dst = append(dst, indicator(q.live), float64(q.threes), float64(q.ones), float64(q.pools), indicator(q.live && q.skips == q.edges))
	}
	for node := range cellNodes {
		degrees := degrees(cell, node)
		dst = append(dst, degrees[:]...)
	}
	weights := weights(counts)
	return append(dst, math.Log1p(weights), weights)
}

// Statistics implements Encoding: the weights of the live cell, plain and logarithmic, the convolutions of its deepest path and those of all paths.
func (e cellEncoding) Statistics(p space.Point) ([]float64, error) {
	cell := e.cells.Live(p)
	var counts [cellKinds]float64
	for _, op := range cell {
		counts[op]++
	}
	f, w := look(cell), weights(counts)
	return []float64{w, math.Log1p(w), f.most[0], f.sum[0]}, nil
}

// weights is the weights of the cell's convolutions, in units of those of one 1×1.
func weights(counts [cellKinds]float64) float64 { return 9*counts[nas.Conv3x3] + counts[nas.Conv1x1] }

// look walks the paths of a live cell.
func look(cell nas.Cell) (f figures) {
	for i, edges := range paths() {
		q := walk(cell, edges)
		f.paths[i] = q
		if !q.live {
			continue
		}
		quantity := [pathQuantity]float64{float64(q.convolutions()), float64(q.threes), float64(q.pools)}
		for j, v := range quantity {
			if f.live == 0 || v < f.least[j] {
				f.least[j] = v
			}
			f.most[j] = max(f.most[j], v)
			f.sum[j] += v
		}
		f.live++
		f.allSkip += indicator(q.skips == q.edges)
		f.pooled += indicator(q.pools > 0)
		f.unpooled += indicator(q.pools == 0 && q.threes > 0)
		f.deep += indicator(q.convolutions() >= 2)
		f.histograms[0][q.convolutions()]++
		f.histograms[1][q.threes]++
		f.histograms[2][q.pools]++
		f.histograms[3][q.edges-q.skips]++
		if q.pools == 0 {
			f.histograms[4][q.convolutions()]++
			f.histograms[5][q.threes]++
		}
		if q.convolutions() == 0 {
			f.histograms[6][q.pools]++
		}
	}
	return f
}

// walk is what the path of the given edges computes; of one that is not live only that.
func walk(cell nas.Cell, edges []int) path {
	q := path{live: true, edges: len(edges)}
	for _, e := range edges {
		switch cell[e] {
		case nas.None:
			return path{}
		case nas.Skip:
			q.skips++
		case nas.Conv1x1:
			q.ones++
		case nas.Conv3x3:
			q.threes++
		case nas.Pool3x3:
			q.pools++
		}
	}
	return q
}

// degrees are the edges into and out of a node, and the convolutions among them.
func degrees(cell nas.Cell, node int) (d [nodeDegrees]float64) {
	for i, e := range nas.CellEdges() {
		convolution := indicator(cell[i] == nas.Conv1x1 || cell[i] == nas.Conv3x3)
		if e.To == node {
			d[0] += indicator(cell[i] != nas.None)
			d[2] += convolution
		}
		if e.From == node {
			d[1] += indicator(cell[i] != nas.None)
			d[3] += convolution
		}
	}
	return d
}
