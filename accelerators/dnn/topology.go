package dnn

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	// MaxTopologyLayers bounds the rows of a topology file.
	MaxTopologyLayers = 1 << 16

	maxTopologyLine   = 1 << 16 // bytes
	maxTopologyErrors = 10      // reported at once
	maxTopologySizes  = 7       // numbers in a row, without the sparsity
)

// TopologyOptions say how ReadTopology understands a file. The zero value is the default.
type TopologyOptions struct {
	// ExpandDP reproduces a quirk of SCALE-Sim: a convolution whose name contains the letters DP becomes C layers of one channel
	// each, all with the given number of filters (one entry with C repeats). By default a name is only a name.
	ExpandDP bool
}

// ReadTopology reads a SCALE-Sim topology, a CSV of convolutions
//
//	Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, Strides[, Sparsity],
//
// or of matrix products
//
//	Layer, M, N, K[, Sparsity],
//
// as a plain list of layers (see Network) called name, which is the file's name in errors too. The form is that of the header or,
// where there is none, of the first row; a header is a first row without a number after its first field. Accepted as well:
// a byte order mark, no trailing comma, empty rows, spaces, CRLF, notes in columns to the right of an empty header column, and
// a remark from a field with a leading # to the end of the row.
// Sizes lie in [1, MaxDimension]; a sparsity is N:M (see ParseSparsity), and empty means dense. Mistakes are reported together, with their lines.
//
// The format has no padding (sizes include it) and one stride for both axes. SCALE-Sim rounds the output size up where the
// stride leaves a rest; the layers read here round it down, as everywhere in this package.
func ReadTopology(name string, r io.Reader, o TopologyOptions) (Network, error) {
	p := topologyReader{options: o, network: Network{Name: name}}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 0, 4096), maxTopologyLine)
	for len(p.errs) < maxTopologyErrors && scanner.Scan() {
		p.line++
		p.row(scanner.Text())
	}
	if err := scanner.Err(); err != nil {
		p.line++
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("a line longer than %d bytes", maxTopologyLine)
		}
		p.fail("%w", err)
	}
	if len(p.errs) == 0 && len(p.network.Layers) == 0 {
		return Network{}, fmt.Errorf("dnn: %s: no layers in %d lines", name, p.line)
	}
	if err := errors.Join(p.errs...); err != nil {
		return Network{}, err
	}
	return p.network, nil
}

// topologyReader is the state between rows.
type topologyReader struct {
	options TopologyOptions
	network Network
	totals  Totals   // of the layers so far
	columns []string // of the form, nil until known
	notes   int      // first column of notes, 0 for none
	seen    bool     // a row that is not empty was read
	line    int
	errs    []error
}

// fail records a mistake of the current line.
func (p *topologyReader) fail(format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("dnn: %s:%d: %w", p.network.Name, p.line, fmt.Errorf(format, args...)))
}

// row reads one line.
func (p *topologyReader) row(line string) {
	if p.line == 1 {
		line = strings.TrimPrefix(line, "\ufeff")
	}
	cells := strings.Split(line, ",")
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	if p.notes > 0 && len(cells) > p.notes {
		cells = cells[:p.notes]
	}
	if remark := slices.IndexFunc(cells[1:], isRemark) + 1; remark > 0 {
		cells = cells[:remark]
	}
	cells = trimEmpty(cells)
	if len(cells) == 0 {
		return
	}
	first := !p.seen
	p.seen = true
	if first && !slices.ContainsFunc(cells[1:], looksNumeric) {
		p.header(cells)
		return
	}
	if len(p.columns) == 0 {
		p.columns = form(len(cells))
	}
	p.layer(cells)
}

// header takes the form from the header, if it has the width of one, and finds the notes.
func (p *topologyReader) header(cells []string) {
	if gap := slices.Index(cells[1:], "") + 1; gap > 0 {
		p.notes, cells = gap, cells[:gap]
	}
	p.columns = form(len(cells))
	if last := cells[len(cells)-1]; len(p.columns) > 0 && len(cells) > len(p.columns) && !strings.EqualFold(last, "sparsity") {
		p.fail("column %d is %q: want Sparsity or nothing", len(cells), last)
	}
}

// layer reads one row of numbers.
func (p *topologyReader) layer(cells []string) {
	want := len(p.columns)
	switch {
	case want == 0:
		conv, gemm := convColumns(), gemmColumns()
		p.fail("row %q has %d fields: want %d (%s), %d (%s), or one more for the sparsity", cells[0], len(cells),
			len(conv), strings.Join(conv, ", "), len(gemm), strings.Join(gemm, ", "))
		return
	case len(cells) < want || len(cells) > want+1:
		p.fail("row %q has %d fields: want %d (%s), or one more for the sparsity", cells[0], len(cells), want, strings.Join(p.columns, ", "))
		return
	case len(p.network.Layers) == MaxTopologyLayers:
		p.fail("more than %d layers", MaxTopologyLayers)
		return
	}
	var sizes [maxTopologySizes]int
	for i, column := range p.columns[1:] {
		size, err := strconv.Atoi(cells[i+1])
		if err != nil || size < 1 || size > MaxDimension {
			p.fail("layer %q: %s %q: want a whole number in [1, %d]", cells[0], column, cells[i+1], MaxDimension)
			return
		}
		sizes[i] = size
	}
	built := p.build(cells[0], sizes)
	if len(cells) > want {
		var err error
		if built.Sparsity, err = ParseSparsity(cells[want]); err != nil {
			p.fail("layer %q: %w", cells[0], err)
			return
		}
	}
	layer, errs := built.check()
	if len(errs) == 0 {
		p.totals.add(&layer)
		errs = append(errs, p.totals.check())
	}
	if err := errors.Join(errs...); err != nil {
		p.fail("%w", err)
		return
	}
	p.network.Layers = append(p.network.Layers, layer)
}

// build makes the layer of a row whose sizes are in the order of the columns.
func (p *topologyReader) build(name string, sizes [maxTopologySizes]int) Layer {
	if len(p.columns) == len(gemmColumns()) {
		return Layer{Name: name, Op: GEMM, M: sizes[0], N: sizes[1], K: sizes[2], Weights: true}
	}
	l := Layer{
		Name: name, Op: Conv, InHeight: sizes[0], InWidth: sizes[1], KernelHeight: sizes[2], KernelWidth: sizes[3],
		InChannels: sizes[4], Filters: sizes[5], StrideHeight: sizes[6], StrideWidth: sizes[6],
	}
	if p.options.ExpandDP && strings.Contains(name, "DP") {
		l.InChannels, l.Repeats = 1, l.InChannels
	}
	return l
}

// form returns the columns of the form that has rows of the given width, with or without a sparsity; nil if none has.
func form(width int) []string {
	for _, columns := range [][]string{convColumns(), gemmColumns()} {
		if width == len(columns) || width == len(columns)+1 {
			return columns
		}
	}
	return nil
}

// convColumns names the columns of a topology of convolutions, without the sparsity.
func convColumns() []string {
	return []string{"layer name", "ifmap height", "ifmap width", "filter height", "filter width", "channels", "num filter", "strides"}
}

// gemmColumns names the columns of a topology of matrix products, without the sparsity.
func gemmColumns() []string { return []string{"layer", "m", "n", "k"} }

// isRemark reports whether a cell starts a remark, as in the published MobileNet files.
func isRemark(cell string) bool { return strings.HasPrefix(cell, "#") }

// looksNumeric reports whether a cell starts like a number.
func looksNumeric(cell string) bool {
	return cell != "" && strings.ContainsRune("+-.0123456789", rune(cell[0]))
}

// trimEmpty drops the empty cells at the end of a row.
func trimEmpty(cells []string) []string {
	for len(cells) > 0 && cells[len(cells)-1] == "" {
		cells = cells[:len(cells)-1]
	}
	return cells
}
