package nas

import (
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// SearchSpace is a set of networks that a search may choose from. Points are canonical points of Space (see space.Space); every one decodes to a
// network that passes dnn.Network.Check. The methods are pure and safe for concurrent use. Three methods, because the canonical form must
// come from what knows the networks, and it is worth a cache.
type SearchSpace interface {
	Space() space.Space
	Decode(space.Point) (dnn.Network, error)
	Canonical(space.Point) space.Point // the representative of the networks that compute the same functions; idempotent
}

// Named is a SearchSpace whose networks have names in published tables.
type Named interface {
	SearchSpace
	Columns() []string                             // the columns of a table that name a network
	Text(space.Point) []string                     // the fields of those columns
	Parse(fields ...string) (space.Point, error)   // the inverse of Text
	Chance(space.Point) (percent float64, ok bool) // the accuracy of a network that cannot learn, which needs no fit; false for all others
}

// Dataset is what a network classifies: the size of its images and the number of classes.
type Dataset struct {
	Name    string
	Pixels  int // height and width of an image of three channels
	Classes int
}

// CIFAR10 is 32×32 images of 10 classes (A. Krizhevsky, 2009).
func CIFAR10() Dataset { return Dataset{Name: "cifar10", Pixels: 32, Classes: 10} }

// CIFAR100 is 32×32 images of 100 classes (A. Krizhevsky, 2009).
func CIFAR100() Dataset { return Dataset{Name: "cifar100", Pixels: 32, Classes: 100} }

// ImageNet16 is ImageNet16-120: 16×16 images of 120 classes (P. Chrabaszcz et al., 2017, arXiv 1707.08819; the choice of classes is NAS-Bench-201's).
func ImageNet16() Dataset { return Dataset{Name: "imagenet16-120", Pixels: 16, Classes: 120} }

// ImageNet is 1,000 classes of ImageNet; the size of the images is the search space's.
func ImageNet() Dataset { return Dataset{Name: "imagenet", Classes: 1000} }
