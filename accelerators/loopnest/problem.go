package loopnest

// Problem is a perfectly nested computation: one multiply-accumulate for every point of the box of its dimensions, whose operands and result are
// elements of tensors that affine index expressions pick.
type Problem struct {
	Name       string
	Dimensions []Dimension
	Tensors    []Tensor // exactly one of them is the Output
}

// Dimension is one loop of the untiled nest.
type Dimension struct {
	Name string
	Size int64
}

// Tensor is an operand or the result. Its shape follows from its axes: an axis has 1 + Σ coefficient·(size − 1) elements.
type Tensor struct {
	Name   string
	Axes   []Axis // none = a scalar
	Output bool   // read and written: partial sums accumulate in it
}

// Axis is one index expression: the sum of its terms.
type Axis []Term

// Term is a dimension times a coefficient: a stride or a dilation, 1 for a plain index.
type Term struct {
	Dimension   int // index in Problem.Dimensions
	Coefficient int64
}
