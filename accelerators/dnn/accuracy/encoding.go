package accuracy

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// Encoding turns the networks of a search space into numbers that a surrogate learns from. Points of one class have the same numbers.
type Encoding interface {
	Inputs() int // how many
	// Append appends the numbers of a network to dst.
	Append(dst []float64, p space.Point) []float64
	// Statistics are figures of a network that cost nothing and go with its accuracy: what a surrogate is pretrained on.
	Statistics(p space.Point) ([]float64, error)
}

// Encode is the encoding of a search space.
func Encode(s nas.SearchSpace) (Encoding, error) {
	switch s := s.(type) {
	case *nas.NASBench201:
		return cellEncoding{s}, nil
	case *nas.NASBenchMacro, *nas.OFAMobileNet:
		return levelEncoding{s}, nil
	}
	return nil, fmt.Errorf("accuracy: no encoding for %T", s)
}

// levelEncoding is one indicator for each level of each axis of the class's representative, all 0 where the axis is inactive.
type levelEncoding struct{ searched nas.SearchSpace }

// Inputs implements Encoding.
func (e levelEncoding) Inputs() (n int) {
	s := e.searched.Space()
	for axis := range s.Len() {
		n += s.Levels(axis)
	}
	return n
}

// Append implements Encoding.
func (e levelEncoding) Append(dst []float64, p space.Point) []float64 {
	s, c := e.searched.Space(), e.searched.Canonical(p)
	for axis := range c {
		for level := range s.Levels(axis) {
			dst = append(dst, indicator(c[axis] == level && s.Active(c, axis)))
		}
	}
	return dst
}

// Statistics implements Encoding: the logarithms of parameters and MACs.
func (e levelEncoding) Statistics(p space.Point) ([]float64, error) {
	n, err := e.searched.Decode(e.searched.Canonical(p))
	if err != nil {
		return nil, err
	}
	t := n.Totals()
	return []float64{math.Log(float64(t.Parameters)), math.Log(float64(t.MACs))}, nil
}

func indicator(holds bool) float64 {
	if holds {
		return 1
	}
	return 0
}
