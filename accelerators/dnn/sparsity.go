package dnn

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// MaxSparsityBlock bounds the block of a Sparsity.
const MaxSparsityBlock = 1 << 12

// Sparsity is N:M sparsity of a layer's weights: of each block of Of consecutive weights along the depth of a filter Keep are there. The zero
// value is dense. Counts of layers and networks are those of the dense layer.
type Sparsity struct{ Keep, Of int }

// ParseSparsity reads "N:M", 1 ≤ N ≤ M ≤ MaxSparsityBlock; 1:1 is dense. N:N has every weight too, but a sparse layer is free to store where they belong.
func ParseSparsity(text string) (Sparsity, error) {
	first, second, _ := strings.Cut(text, ":")
	keep, keepErr := strconv.Atoi(first)
	of, ofErr := strconv.Atoi(second)
	if errors.Join(keepErr, ofErr) != nil || keep < 1 || keep > of || of > MaxSparsityBlock {
		return Sparsity{}, fmt.Errorf("sparsity %q: want N:M with 1 ≤ N ≤ M ≤ %d, as 2:4", text, MaxSparsityBlock)
	}
	if of == 1 {
		return Sparsity{}, nil
	}
	return Sparsity{keep, of}, nil
}

// String is N:M, 1:1 if dense.
func (s Sparsity) String() string {
	if s == (Sparsity{}) {
		return "1:1"
	}
	return fmt.Sprintf("%d:%d", s.Keep, s.Of)
}

// HasFilters tells whether the layer multiplies by weights, which can be sparse.
func (l Layer) HasFilters() bool {
	return l.Op == Conv || l.Op == TransposedConv || l.Op == GEMM && l.Weights
}

// checkSparsity reports a sparsity out of range, and one of a layer without filters.
func (l Layer) checkSparsity() error {
	switch s := l.Sparsity; {
	case s == Sparsity{}:
		return nil
	case s.Keep < 1 || s.Keep > s.Of || s.Of > MaxSparsityBlock:
		return fmt.Errorf("sparsity %d:%d: want N:M with 1 ≤ N ≤ M ≤ %d", s.Keep, s.Of, MaxSparsityBlock)
	case !l.HasFilters():
		return fmt.Errorf("sparsity %s: the layer has no weights to be sparse", s)
	}
	return nil
}
