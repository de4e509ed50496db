package dnn

import (
	"errors"
	"fmt"
)

const (
	// MaxDimension bounds every size of a layer: 2^28 elements an axis.
	MaxDimension = 1 << 28
	// MaxCount bounds every count of a checked layer or network, repeats included: 2^52, so that counts are exact in a
	// float64 and a count of 64-bit words in bytes fits an int64.
	MaxCount = 1 << 52
)

// ops is a set of operations.
type ops uint8

const (
	onConv    ops = 1 << Conv
	onGEMM    ops = 1 << GEMM
	onPool    ops = 1 << Pool
	onElement ops = 1 << Elementwise
	onTConv   ops = 1 << TransposedConv
	onGather  ops = 1 << Gather
	onFilter      = onConv | onTConv
	onWindow      = onFilter | onPool
	onMap         = onWindow | onElement
	onEvery       = onMap | onGEMM | onGather
)

// field is one size of a Layer with the operations that use it and its lowest legal value.
type field struct {
	name  string
	value *int
	use   ops
	low   int
	unit  bool // the zero value means 1
}

// fields lists the sizes of the layer in the order of its declaration.
func (l *Layer) fields() [27]field {
	return [27]field{
		{"input height", &l.InHeight, onMap, 1, false},
		{"input width", &l.InWidth, onMap, 1, false},
		{"input channels", &l.InChannels, onMap, 1, false},
		{"filters", &l.Filters, onFilter, 1, false},
		{"kernel height", &l.KernelHeight, onWindow, 1, false},
		{"kernel width", &l.KernelWidth, onWindow, 1, false},
		{"stride height", &l.StrideHeight, onWindow, 1, true},
		{"stride width", &l.StrideWidth, onWindow, 1, true},
		{"dilation height", &l.DilationHeight, onWindow, 1, true},
		{"dilation width", &l.DilationWidth, onWindow, 1, true},
		{"padding top", &l.PadTop, onWindow, 0, false},
		{"padding bottom", &l.PadBottom, onWindow, 0, false},
		{"padding left", &l.PadLeft, onWindow, 0, false},
		{"padding right", &l.PadRight, onWindow, 0, false},
		{"groups", &l.Groups, onFilter, 1, true},
		{"batch", &l.Batch, onGEMM, 1, true},
		{"M", &l.M, onGEMM, 1, false},
		{"N", &l.N, onGEMM, 1, false},
		{"K", &l.K, onGEMM, 1, false},
		{"cached elements", &l.Cached, onGEMM, 0, false},
		{"operands", &l.Operands, onElement, 1, true},
		{"broadcasts", &l.Broadcasts, onElement, 0, false},
		{"output height", &l.OutHeight, onGather, 1, false},
		{"output width", &l.OutWidth, onGather, 1, false},
		{"output channels", &l.OutChannels, onGather, 1, false},
		{"parameters per channel", &l.ParametersPerChannel, onElement | onGather, 0, false},
		{"repeats", &l.Repeats, onEvery, 1, true},
	}
}

// Check returns the layer with its defaults filled in, or all mistakes of the layer, joined: a size out of range, a field
// that the operation does not use, groups that do not divide the channels, a kernel larger than its padded input,
// counts above MaxCount. Inputs are the network's to check. Checking a checked layer changes nothing.
func (l Layer) Check() (Layer, error) {
	checked, errs := l.check()
	if len(errs) == 0 {
		return checked, nil
	}
	for i, err := range errs {
		errs[i] = fmt.Errorf("dnn: %w", err)
	}
	return l, errors.Join(errs...)
}

// check is Check with the mistakes apart; each names the layer.
func (l Layer) check() (checked Layer, errs []error) {
	if l.Op > lastOp {
		return l, []error{fmt.Errorf("layer %q: unknown operation %s: known are %s", l.Name, l.Op, opNames)}
	}
	errs = l.checkFields()
	if len(errs) == 0 {
		errs = l.checkRelations()
	}
	if len(errs) == 0 {
		errs = l.checkCounts()
	}
	for i, err := range errs {
		errs[i] = fmt.Errorf("layer %q (%s): %w", l.Name, l.Op, err)
	}
	return l, errs
}

// checkFields fills in the defaults and checks each field by itself.
func (l *Layer) checkFields() (errs []error) {
	for _, f := range l.fields() {
		switch used := f.use&(1<<l.Op) != 0; {
		case !used && *f.value != 0:
			errs = append(errs, fmt.Errorf("%s %d is not used: want 0", f.name, *f.value))
		case used && f.unit && *f.value == 0:
			*f.value = 1
		case used && (*f.value < f.low || *f.value > MaxDimension):
			errs = append(errs, fmt.Errorf("%s %d out of range [%d, %d]", f.name, *f.value, f.low, MaxDimension))
		}
	}
	if l.Weights && l.Op != GEMM {
		errs = append(errs, errors.New("weights is not used: want false (only a gemm chooses)"))
	}
	if l.Bias && onFilter&(1<<l.Op) == 0 && !(l.Op == GEMM && l.Weights) {
		errs = append(errs, errors.New("bias is not used: want false (only a conv, a transposed_conv, or a gemm with weights, has one)"))
	}
	if l.Cached != 0 && l.Weights {
		errs = append(errs, fmt.Errorf("cached elements %d are not used: want 0 (only a gemm without weights has a cache)", l.Cached))
	}
	if l.Lookup && l.Op != Gather {
		errs = append(errs, errors.New("lookup is not used: want false (only a gather looks up)"))
	}
	if err := l.checkSparsity(); err != nil {
		errs = append(errs, err)
	}
	if err := l.checkBits(); err != nil {
		errs = append(errs, err)
	}
	return errs
}

// checkRelations checks the sizes against each other.
func (l *Layer) checkRelations() (errs []error) {
	if l.Op == Conv || l.Op == Pool {
		errs = append(errs,
			fits("height", l.InHeight, l.PadTop, l.PadBottom, l.KernelHeight, l.DilationHeight),
			fits("width", l.InWidth, l.PadLeft, l.PadRight, l.KernelWidth, l.DilationWidth))
	}
	if l.Op == TransposedConv {
		errs = append(errs,
			remains("height", tconvSize(l.InHeight, l.KernelHeight, l.DilationHeight, l.StrideHeight), l.PadTop, l.PadBottom),
			remains("width", tconvSize(l.InWidth, l.KernelWidth, l.DilationWidth, l.StrideWidth), l.PadLeft, l.PadRight))
	}
	if l.Op == Elementwise && l.Broadcasts >= l.Operands {
		errs = append(errs, fmt.Errorf("broadcasts %d out of range [0, %d]: one of the %d operands is a whole feature map",
			l.Broadcasts, l.Operands-1, l.Operands))
	}
	if l.Op == Gather {
		errs = append(errs, l.checkRows())
	}
	if onFilter&(1<<l.Op) != 0 {
		errs = append(errs, divides(l.Groups, "input channels", l.InChannels), divides(l.Groups, "filters", l.Filters))
	}
	return compact(errs)
}

// fits reports a kernel that spans more than its padded axis.
func fits(axis string, size, before, after, kernel, dilation int) error {
	span := int64(dilation)*int64(kernel-1) + 1
	padded := int64(size) + int64(before) + int64(after)
	if span <= padded {
		return nil
	}
	return fmt.Errorf("kernel %s %d with dilation %d spans %d elements: larger than the padded input %s %d+%d+%d = %d",
		axis, kernel, dilation, span, axis, size, before, after, padded)
}

// remains reports a transposed convolution of which the padding leaves nothing, or too much to state.
func remains(axis string, size int64, before, after int) error {
	if rest := size - int64(before) - int64(after); rest < 1 || rest > MaxDimension {
		return fmt.Errorf("output %s %d-%d-%d = %d out of range [1, %d]", axis, size, before, after, rest, MaxDimension)
	}
	return nil
}

// checkRows checks the trained rows of a gather.
func (l *Layer) checkRows() error {
	rows := int64(l.OutHeight) * int64(l.OutWidth)
	switch {
	case l.Lookup && l.ParametersPerChannel < 1:
		return fmt.Errorf("parameters per channel %d out of range [1, %d]: a lookup needs trained rows", l.ParametersPerChannel, MaxDimension)
	case !l.Lookup && int64(l.ParametersPerChannel) >= rows:
		return fmt.Errorf("parameters per channel %d out of range [0, %d]: trained rows beside some of the %d output rows", l.ParametersPerChannel, rows-1, rows)
	}
	return nil
}

// divides reports groups that do not divide a number of channels.
func divides(groups int, name string, channels int) error {
	if channels%groups == 0 {
		return nil
	}
	return fmt.Errorf("groups %d does not divide the %d %s", groups, channels, name)
}

// checkCounts checks that no count of all copies together exceeds MaxCount. The factors of the work are at least 1, so a bounded
// work bounds the weights, biases, outputs and operands, which are products of some of its factors (but not the outputs of a
// transposed convolution, whose windows may lie apart); a sum of two of them cannot
// overflow and is checked last.
func (l *Layer) checkCounts() (errs []error) {
	out := l.Output()
	switch l.Op {
	case Conv:
		errs = append(errs,
			atMost("MACs", l.Repeats, out.Height, out.Width, l.Filters, l.KernelHeight, l.KernelWidth, l.InChannels/l.Groups),
			atMost("input elements", l.Repeats, l.InHeight, l.InWidth, l.InChannels))
	case TransposedConv:
		errs = append(errs,
			atMost("MACs", l.Repeats, l.InHeight, l.InWidth, l.InChannels, l.KernelHeight, l.KernelWidth, l.Filters/l.Groups),
			atMost("output elements", l.Repeats, out.Height, out.Width, l.Filters))
	case Gather:
		errs = append(errs,
			atMost("output elements", l.Repeats, l.OutHeight, l.OutWidth, l.OutChannels),
			atMost("parameters", l.Repeats, l.OutChannels, l.ParametersPerChannel))
	case GEMM:
		errs = append(errs, atMost("MACs", l.Repeats, l.Batch, l.M, l.N, l.K))
	case Pool:
		errs = append(errs,
			atMost("window reads", l.Repeats, out.Height, out.Width, l.InChannels, l.KernelHeight, l.KernelWidth),
			atMost("input elements", l.Repeats, l.InHeight, l.InWidth, l.InChannels))
	case Elementwise:
		errs = append(errs,
			atMost("input elements", l.Repeats, l.InHeight, l.InWidth, l.InChannels, l.Operands),
			atMost("parameters", l.Repeats, l.InChannels, l.ParametersPerChannel))
	}
	if errs = compact(errs); len(errs) > 0 {
		return errs
	}
	if l.Op == GEMM {
		if operand := int64(l.Batch) * int64(l.N) * int64(l.K); int64(l.Cached) >= operand {
			return []error{fmt.Errorf("cached elements %d out of range [0, %d]: the second operand has %d", l.Cached, operand-1, operand)}
		}
	}
	return compact([]error{
		bounded("input elements", l.InputElements()*l.Copies()),
		bounded("parameters", l.Parameters()*l.Copies()),
	})
}

// bounded reports a count above MaxCount.
func bounded(name string, count int64) error {
	if count <= MaxCount {
		return nil
	}
	return fmt.Errorf("%s %d out of range [0, %d]", name, count, int64(MaxCount))
}

// atMost reports a product of factors above MaxCount. It divides instead of multiplying, so it cannot overflow.
func atMost(name string, factors ...int) error {
	count := int64(1)
	for _, f := range factors {
		if f != 0 && count > MaxCount/int64(f) {
			return fmt.Errorf("%s, the product of %v, out of range [0, %d]", name, factors, int64(MaxCount))
		}
		count *= int64(f)
	}
	return nil
}

// compact removes the nil errors.
func compact(errs []error) []error {
	kept := errs[:0]
	for _, err := range errs {
		if err != nil {
			kept = append(kept, err)
		}
	}
	return kept
}
