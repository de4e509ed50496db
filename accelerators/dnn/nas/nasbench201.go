package nas

import (
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// Operation is what an edge of a NAS-Bench-201 cell computes; the value is the digit and the level of the axis.
type Operation uint8

// The operations of NAS-Bench-201.
const (
	None    Operation = iota // the edge is absent
	Skip                     // identity
	Conv1x1                  // ReLU, convolution, normalisation
	Conv3x3                  // ReLU, convolution, normalisation
	Pool3x3                  // average pooling

	operations = 5
)

// Edges is the number of edges of a cell of four nodes.
const Edges = 6

// Edge is one place of a cell: node From feeds node To.
type Edge struct{ From, To int }

// CellEdges lists the edges in the order of the digits and axes.
func CellEdges() [Edges]Edge { return [Edges]Edge{{0, 1}, {0, 2}, {1, 2}, {0, 3}, {1, 3}, {2, 3}} }

// Cell is a choice of operations, in the order of CellEdges.
type Cell [Edges]Operation

const (
	cellDigits = "01234"
	cellNodes  = 4
	cellCount  = operations * operations * operations * operations * operations * operations

	cellStem   = 16 // channels of the first stage; each further one has twice as many
	cellStages = 3
	cellRepeat = 5 // cells a stage
)

// NASBench201 is the cell space of NAS-Bench-201 with the skeleton of the benchmark: a 3×3 convolution to 16 channels, three stages of five cells
// with 16, 32 and 64 channels, joined by residual blocks of stride 2, and a classifier.
type NASBench201 struct {
	data      Dataset
	space     space.Space
	canonical []uint16 // number of the first cell of the class of each cell
}

// NewNASBench201 is the space for networks that classify the given data.
func NewNASBench201(data Dataset) (*NASBench201, error) {
	if data.Pixels < 4 || data.Pixels%4 != 0 || data.Pixels > dnn.MaxDimension || data.Classes < 2 || data.Classes > dnn.MaxDimension {
		return nil, fmt.Errorf("nas: nb201: images of %d×%d pixels in %d classes: want a multiple of 4 pixels and 2 to %d classes",
			data.Pixels, data.Pixels, data.Classes, dnn.MaxDimension)
	}
	var params []space.Param
	for _, e := range CellEdges() {
		params = append(params, space.Param{
			Name: fmt.Sprintf("edge_%d_%d", e.From, e.To), Doc: fmt.Sprintf("operation of the cell from node %d to node %d", e.From, e.To), Group: "network",
			Kind: space.Nominal, Labels: []string{"none", "skip", "conv1x1", "conv3x3", "pool3x3"},
		})
	}
	s, err := space.New(params...)
	if err != nil {
		return nil, err
	}
	n := &NASBench201{data: data, space: s}
	n.canonical = classes()
	return n, nil
}

// Space implements SearchSpace: one nominal axis an edge.
func (n *NASBench201) Space() space.Space { return n.space }

// Dataset is what the networks classify.
func (n *NASBench201) Dataset() Dataset { return n.data }

// Cell is the operations of a point.
func (n *NASBench201) Cell(p space.Point) (c Cell) {
	for i, level := range p {
		c[i] = Operation(level)
	}
	return c
}

// Live is the cell of the canonical point: the one of its class without dead edges that comes first.
func (n *NASBench201) Live(p space.Point) Cell { return cellAt(int(n.canonical[n.Cell(p).number()])) }

// Canonical implements SearchSpace.
func (n *NASBench201) Canonical(p space.Point) space.Point { return cellPoint(n.Live(p)) }

// Dead tells whether the cell computes zeros whatever its input.
func (n *NASBench201) Dead(p space.Point) bool { return n.canonical[n.Cell(p).number()] == 0 }

// Chance implements Named: a dead cell guesses.
func (n *NASBench201) Chance(p space.Point) (percent float64, ok bool) {
	if !n.Dead(p) {
		return 0, false
	}
	return 100 / float64(n.data.Classes), true
}

// Columns implements Named.
func (n *NASBench201) Columns() []string { return []string{"arch"} }

// Text implements Named: the six digits.
func (n *NASBench201) Text(p space.Point) []string { return []string{digitText(p, cellDigits)} }

// Parse implements Named.
func (n *NASBench201) Parse(fields ...string) (space.Point, error) {
	if len(fields) != 1 {
		return nil, fmt.Errorf("nas: nb201: %d fields: want 1, the digits", len(fields))
	}
	return parseDigits("nb201 cell", fields[0], cellDigits, Edges)
}

// Parameters is the published count of parameters, see the package comment.
func (n *NASBench201) Parameters(p space.Point) int64 {
	ones, threes := n.convolutions(p)
	classes := int64(n.data.Classes)
	total := 72_656 + 64*classes + classes
	for c := int64(cellStem); c <= cellStem<<(cellStages-1); c *= 2 {
		total += cellRepeat * (threes*(9*c*c+2*c) + ones*(c*c+2*c))
	}
	return total
}

// MACs is the published count of multiply-accumulate operations, see the package comment.
func (n *NASBench201) MACs(p space.Point) int64 {
	ones, threes := n.convolutions(p)
	quarter, classes := int64(n.data.Pixels/4), int64(n.data.Classes)
	return (7_782_400+35_389_440*threes+3_932_160*ones)/64*quarter*quarter + 64*classes + classes
}

func (n *NASBench201) convolutions(p space.Point) (ones, threes int64) {
	for _, op := range n.Cell(p) {
		switch op {
		case Conv1x1:
			ones++
		case Conv3x3:
			threes++
		}
	}
	return ones, threes
}

// number is the cell's place in the order of the digits.
func (c Cell) number() (n int) {
	for _, op := range c {
		n = n*operations + int(op)
	}
	return n
}

// cellAt is the inverse of number.
func cellAt(n int) (c Cell) {
	for i := range slices.Backward(c[:]) {
		c[i] = Operation(n % operations)
		n /= operations
	}
	return c
}

func cellPoint(c Cell) space.Point {
	p := make(space.Point, Edges)
	for i, op := range c {
		p[i] = int(op)
	}
	return p
}

// value is the sorted terms of a node, 0 where there is none; three nodes of at most one further edge each make at most four.
type value [cellNodes]int32

// classes finds the canonical cell of every cell: the first one with the same value of node 3. Values are numbered as they come up; a term is the
// number of a value and an operation, and the input is term 1.
func classes() []uint16 {
	numbers := map[value]int32{}
	number := func(v value) int32 {
		n, ok := numbers[v]
		if !ok {
			n = int32(len(numbers) + 1)
			numbers[v] = n
		}
		return n
	}
	canonical := make([]uint16, cellCount)
	first := map[value]uint16{}
	for i := range canonical {
		v := cellAt(i).value(number)
		if _, ok := first[v]; !ok {
			first[v] = uint16(i)
		}
		canonical[i] = first[v]
	}
	return canonical
}

// value is what the cell computes at node 3.
func (c Cell) value(number func(value) int32) value {
	var nodes [cellNodes]value
	nodes[0] = value{0, 0, 0, 1}
	for i, e := range CellEdges() { // edges into a node come before edges out of it
		from, to := nodes[e.From], &nodes[e.To]
		switch {
		case c[i] == None || from == (value{}):
		case c[i] == Skip:
			for _, term := range from {
				to.add(term)
			}
		default:
			to.add(number(from)*operations + int32(c[i]))
		}
	}
	return nodes[cellNodes-1]
}

// add puts a term in its place; 0 is none. v has a free place in front.
func (v *value) add(term int32) {
	if term != 0 {
		v[0] = term
		slices.Sort(v[:])
	}
}
