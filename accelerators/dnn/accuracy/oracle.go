package accuracy

import "github.com/codesign-gym/codesign/env/space"

// Estimate is what an oracle says of a network.
type Estimate struct {
	Percent      float64 // top-1 accuracy on the data set's test images, or IOU of a segmentation
	ErrorPercent float64 // standard error of Percent against a training of one's own, in points
}

// Oracle tells the accuracy of the networks of one search space. It is deterministic in the point, and safe for concurrent use. The point is
// a canonical one of the space. An error says that the oracle does not know this network.
type Oracle interface {
	Accuracy(space.Point) (Estimate, error)
}
