package accuracy

import (
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Anchors are the published accuracies of the smallest and the biggest network of a family, in points. Between them nothing is measured.
type Anchors struct{ LeastPercent, MostPercent float64 }

// The families of NASAIC (L. Yang et al., DAC 2020, arXiv 2002.04116): figure 6 for the smallest networks, table 1 for the biggest, which plain search finds.
// The figure's values are recalled, not re-read.

// ResNet9CIFAR10 are the anchors of NASAIC's ResNet9 on CIFAR-10, top-1.
func ResNet9CIFAR10() Anchors { return Anchors{78.93, 94.17} }

// ResNet9STL10 are the anchors of NASAIC's ResNet9 on STL-10, top-1.
func ResNet9STL10() Anchors { return Anchors{71.57, 76.50} }

// UNetNuclei are the anchors of NASAIC's U-Net on the nuclei images, intersection over union in percent.
func UNetNuclei() Anchors { return Anchors{64.6, 83.94} }

// The exponents of the curve between the anchors: the one that is used, and those between which the truth is assumed to lie.
const (
	anchorExponent              = 2
	leastExponent, mostExponent = 1, 3
	anchorNoisePercent          = 0.3 // of one training, about that of NAS-Bench-201
)

// Anchored is an accuracy that grows with the size of a network of one family, from one anchor to the other:
//
//	size s    = ½ log(P/P0)/log(P1/P0) + ½ log(M/M0)/log(M1/M0)     of P parameters and M MACs; 0 for the smallest network, 1 for the biggest
//	accuracy  = most − (most − least)·(1 − s)²
//	error     = ½ (most − least)·((1 − s) − (1 − s)³) + 0.3
//
// It is monotone in every choice that adds parameters or MACs, with diminishing returns. Its shape is our choice: it ranks networks by size alone and tells
// nothing about two of one size. The error is half the distance between the curves of exponents 1 and 3, and the noise of a training: up to 3.2 points on CIFAR-10.
type Anchored struct {
	anchors                Anchors
	parameters, macs       float64 // logarithms of the smallest network's
	parameterSpan, macSpan float64 // and from there to the biggest's
}

// NewAnchored is the accuracy of a family between its smallest and its biggest network.
func NewAnchored(a Anchors, smallest, biggest dnn.Network) (Anchored, error) {
	least, most := smallest.Totals(), biggest.Totals()
	if least.Parameters < 1 || least.MACs < 1 || most.Parameters <= least.Parameters || most.MACs <= least.MACs {
		return Anchored{}, fmt.Errorf("accuracy: anchors %q (%d parameters, %d MACs) and %q (%d, %d): want a smaller and a bigger network",
			smallest.Name, least.Parameters, least.MACs, biggest.Name, most.Parameters, most.MACs)
	}
	p, m := math.Log(float64(least.Parameters)), math.Log(float64(least.MACs))
	return Anchored{anchors: a, parameters: p, macs: m, parameterSpan: math.Log(float64(most.Parameters)) - p, macSpan: math.Log(float64(most.MACs)) - m}, nil
}

// Accuracy is the estimate for a network of the family; one outside the anchors is taken for the nearer anchor.
func (a Anchored) Accuracy(n dnn.Network) Estimate {
	t := n.Totals()
	size := ((math.Log(float64(t.Parameters))-a.parameters)/a.parameterSpan + (math.Log(float64(t.MACs))-a.macs)/a.macSpan) / 2
	left := 1 - min(max(size, 0), 1)
	gap := a.anchors.MostPercent - a.anchors.LeastPercent
	return Estimate{
		Percent:      a.anchors.MostPercent - gap*math.Pow(left, anchorExponent),
		ErrorPercent: gap/2*(math.Pow(left, leastExponent)-math.Pow(left, mostExponent)) + anchorNoisePercent,
	}
}
