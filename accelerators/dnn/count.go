package dnn

import "fmt"

// MaxWordBits is the widest element that Bytes converts.
const MaxWordBits = 64

// Product returns the layer as batch independent matrix products of m×k (activations) by k×n (weights, or activations too in a
// GEMM without Weights). A convolution becomes one product a group, a row of the m×k matrix being one window (im2col). A
// transposed convolution becomes one product a group too, a row being one input pixel and a column one element of a filter's kernel; where windows overlap,
// products are added up afterwards (col2im). The other layers multiply nothing: four zeros.
func (l Layer) Product() (batch, m, n, k int64) {
	switch l.Op {
	case GEMM:
		return int64(max(l.Batch, 1)), int64(l.M), int64(l.N), int64(l.K)
	case Conv:
		out, groups := l.Output(), max(l.Groups, 1)
		return int64(groups), int64(out.Height) * int64(out.Width), int64(l.Filters / groups),
			int64(l.KernelHeight) * int64(l.KernelWidth) * int64(l.InChannels/groups)
	case TransposedConv:
		groups := max(l.Groups, 1)
		return int64(groups), int64(l.InHeight) * int64(l.InWidth),
			int64(l.KernelHeight) * int64(l.KernelWidth) * int64(l.Filters/groups), int64(l.InChannels / groups)
	}
	return 0, 0, 0, 0
}

// MACs returns the multiply-accumulate operations of one copy of the layer.
func (l Layer) MACs() int64 {
	batch, m, n, k := l.Product()
	return batch * m * n * k
}

// WeightElements returns the trained elements of the k×n operand of one copy, without biases.
func (l Layer) WeightElements() int64 {
	if l.Op == GEMM && !l.Weights {
		return 0
	}
	batch, _, n, k := l.Product()
	return batch * n * k
}

// Parameters returns all trained values of one copy: weights, biases, the scales and shifts of a normalisation, and trained rows.
func (l Layer) Parameters() int64 {
	parameters := l.WeightElements() + int64(l.Output().Channels)*int64(l.ParametersPerChannel)
	switch {
	case l.Bias && l.Op == GEMM:
		parameters += int64(max(l.Batch, 1)) * int64(l.N)
	case l.Bias:
		parameters += int64(l.Filters)
	}
	return parameters
}

// InputElements returns the activation elements that one copy reads, each counted once.
func (l Layer) InputElements() int64 {
	switch l.Op {
	case GEMM:
		batch, m, n, k := l.Product()
		if l.Weights {
			return batch * m * k
		}
		return batch*m*k + batch*k*n
	case Elementwise:
		return l.input().Elements()*int64(max(l.Operands, 1)-l.Broadcasts) + int64(l.InChannels)*int64(l.Broadcasts)
	case Gather:
		if l.Lookup {
			return int64(l.OutHeight) * int64(l.OutWidth)
		}
		return l.OutputElements() - l.Parameters()
	}
	return l.input().Elements()
}

// OutputElements returns the activation elements that one copy produces.
func (l Layer) OutputElements() int64 { return l.Output().Elements() }

// Copies returns how many copies of the layer the entry stands for (Repeats, at least 1).
func (l Layer) Copies() int64 { return int64(max(l.Repeats, 1)) }

// Bytes returns the storage of elements at wordBits bits each, rounded up to whole bytes. Elements lie in [0, MaxCount], as the
// counts of a checked layer or network do; a width outside [1, MaxWordBits] panics, so callers check what a user gave them.
func Bytes(elements int64, wordBits int) int64 {
	if wordBits < 1 || wordBits > MaxWordBits {
		panic(fmt.Sprintf("dnn: word of %d bits out of range [1, %d]", wordBits, MaxWordBits))
	}
	return (elements*int64(wordBits) + 7) / 8
}
