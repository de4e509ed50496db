package nas

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env/space"
)

// Anchored is an accuracy that is known for the smallest and the largest network of a space only: a rising curve with diminishing returns in the
// logarithm of the MACs goes through both.
//
//	x   = min(ln(MACs / least MACs) / ln(most MACs / least MACs), 1)
//	acc = low + (high − low)·(1 − e^(−k·x)) / (1 − e^(−k))
//
// The least MACs are those of the smallest network, the most those of the best published one; larger ones are no better.
//
// It is made up in between: it ranks networks by their MACs, and what it says of two networks of like MACs, or how far apart two are, is worth nothing.
type Anchored struct {
	Metric                  string // what the percentage is: "accuracy", "IoU"
	LowPercent, HighPercent float64
	LeastMACs, MostMACs     int64
	Curvature               float64 // k > 0
	AssumedErrorPercent     float64 // points by which a trained network may differ: a judgement, not a measurement
}

// anchoredCurvature makes a network of 1e8 MACs, which NASAIC's chosen ones have by their energy, as accurate as those are published: 92.6 to 92.9 %.
const anchoredCurvature = 3

// AnchoredSpace is a search space whose accuracy is anchored.
type AnchoredSpace interface {
	SearchSpace
	Dataset() Dataset
	Accuracy() (Anchored, error)
}

// Accuracy is anchored at NASAIC's published 78.93 % and 94.17 % on CIFAR-10, 71.57 % and 76.50 % on STL-10, of its smallest and its best networks.
func (r *ResNet9) Accuracy() (Anchored, error) {
	if r.least < r.most {
		return anchor(r, "accuracy", 71.57, 76.50, last(r.space))
	}
	return anchor(r, "accuracy", 78.93, 94.17, space.Point{2, 2, 2, 3, 2, 3, 2}) // <32, 128, 2, 256, 2, 256, 2>
}

// Accuracy is anchored at NASAIC's published intersections over union of the smallest and the best network, 64.6 % and 83.94 %.
func (u *UNet) Accuracy() (Anchored, error) { return anchor(u, "IoU", 64.6, 83.94, last(u.space)) }

// last is the point of the last levels: the largest network.
func last(s space.Space) space.Point {
	p := make(space.Point, s.Len())
	for axis := range p {
		p[axis] = s.Levels(axis) - 1
	}
	return p
}

// anchor finds the MACs of the first point of a space, whose axes all grow the network, and of the best published network.
func anchor(s SearchSpace, metric string, low, high float64, best space.Point) (Anchored, error) {
	a := Anchored{Metric: metric, LowPercent: low, HighPercent: high, Curvature: anchoredCurvature, AssumedErrorPercent: 1}
	for _, end := range []struct {
		point space.Point
		macs  *int64
	}{{make(space.Point, s.Space().Len()), &a.LeastMACs}, {best, &a.MostMACs}} {
		n, err := s.Decode(end.point)
		if err != nil {
			return Anchored{}, err
		}
		*end.macs = n.Totals().MACs
	}
	return a, nil
}

// Percent is the accuracy of a network of so many MACs; less than the least is an error.
func (a Anchored) Percent(macs int64) (float64, error) {
	if macs < a.LeastMACs {
		return 0, fmt.Errorf("nas: a network of %d MACs: the %s is anchored at %d and more", macs, a.Metric, a.LeastMACs)
	}
	x := min(math.Log(float64(macs)/float64(a.LeastMACs))/math.Log(float64(a.MostMACs)/float64(a.LeastMACs)), 1)
	return a.LowPercent + (a.HighPercent-a.LowPercent)*math.Expm1(-a.Curvature*x)/math.Expm1(-a.Curvature), nil
}
