package nas

import "github.com/codesign-gym/codesign/accelerators/dnn"

// BitDrop is what narrow operands cost in accuracy, in points of a percentage relative to BitDropReference bits.
type BitDrop struct{ WeightsPercent, ActivationsPercent float64 }

// BitDropReference is the width at which nothing is lost, and above it.
const BitDropReference = 8

// TotalPercent is the loss of weights and activations together.
func (d BitDrop) TotalPercent() float64 { return d.WeightsPercent + d.ActivationsPercent }

// dropPoint is a point of the curve: the loss at a mean width.
type dropPoint struct{ bits, percent float64 }

// dropCurve is the loss of accuracy by the MAC-weighted mean width of the weights, points below the median at 7.5 to 8 bits, mean of two schedules.
//
// source: the public trainings of NAS-Bench-201 cells with 2, 4 or 8 bits an edge, 50 and 150 epochs, cells above 80 % in full precision.
func dropCurve() []dropPoint {
	return []dropPoint{{2, 11.9}, {3, 3.8}, {4, 1.6}, {5, 0.9}, {6, 0.05}, {BitDropReference, 0}}
}

// DropOf estimates the loss of a network whose layers state widths, see the package comment. Widths that are not stated lose nothing.
func DropOf(n dnn.Network) BitDrop {
	var macs, trained, weights, activations float64 // sums over the layers
	for _, l := range n.Layers {
		work := float64(l.MACs()) * float64(l.Copies())
		activation, other := l.OperandBits(BitDropReference)
		macs += work
		activations += work * float64(min(activation, BitDropReference))
		if l.HasFilters() {
			trained += work
			weights += work * float64(min(other, BitDropReference))
		}
	}
	return BitDrop{WeightsPercent: dropAt(weights, trained), ActivationsPercent: dropAt(activations, macs)}
}

// dropAt is the curve at a mean width, a sum over a weight; no layers lose nothing, and fewer than 2 bits as much as 2.
func dropAt(sum, weight float64) float64 {
	if weight == 0 {
		return 0
	}
	bits, curve := sum/weight, dropCurve()
	for i, high := range curve {
		if bits > high.bits {
			continue
		}
		if i == 0 {
			return high.percent
		}
		low := curve[i-1]
		return low.percent + (high.percent-low.percent)*(bits-low.bits)/(high.bits-low.bits)
	}
	return 0
}
