package zerocost

import (
	"errors"
	"fmt"
	"math"
	"math/bits"

	"gonum.org/v1/gonum/mat"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
)

// LeastScore is the score of a network that passes nothing on, or that tells no images apart.
const LeastScore = -1e6

// Paths scores a live cell by its graph (see the package comment); a dead cell has LeastScore.
func Paths(cell nas.Cell) float64 {
	paths := [...][]int{{3}, {0, 4}, {1, 5}, {0, 2, 5}} // edges of each path from node 0 to node 3
	weights, deepest, convolving, live := 0.0, 0, 0.0, false
	for _, op := range cell {
		switch op {
		case nas.Conv3x3:
			weights += 9
		case nas.Conv1x1:
			weights++
		}
	}
	for _, p := range paths {
		convolutions, alive := 0, true
		for _, e := range p {
			alive = alive && cell[e] != nas.None
			if cell[e] == nas.Conv3x3 || cell[e] == nas.Conv1x1 {
				convolutions++
			}
		}
		if !alive {
			continue
		}
		live = true
		deepest = max(deepest, convolutions)
		if convolutions > 0 {
			convolving++
		}
	}
	if !live {
		return LeastScore
	}
	return math.Log1p(weights) + float64(deepest)/2 + convolving/4
}

// Synflow scores a network by what flows through it.
func Synflow(n dnn.Network, normal Normal) (float64, error) {
	const value, derivative = 0, 1 // the images of the batch
	r := runner{
		batch: 2,
		norm:  func(in feature) feature { return in },
		gate:  func(in, _ feature) feature { return in },
		multiply: func(l dnn.Layer, in feature) feature {
			w := weights(l, normal)
			for i, v := range w {
				w[i] = math.Abs(v)
			}
			out := convolve(l, in, w)
			d := out.image(derivative)
			for i, v := range out.image(value) {
				d[i] += v
			}
			return out
		},
	}
	input := newFeature(n.Input, 2)
	for i := range input.image(value) {
		input.image(value)[i] = 1
	}
	out, err := r.run(n, input)
	if err != nil {
		return 0, err
	}
	sum := 0.0
	for _, v := range out.image(derivative) {
		sum += v
	}
	if math.IsInf(sum, 0) || math.IsNaN(sum) {
		return 0, fmt.Errorf("zerocost: network %q: synflow overflows: too many layers", n.Name)
	}
	return max(math.Log(sum), LeastScore), nil
}

// Batch is images of one size, channel by channel, row by row.
type Batch struct {
	Shape  dnn.Shape
	Images [][]float64
}

// NASWOT scores a network by the codes that its rectifiers give the images, at least two.
func NASWOT(n dnn.Network, b Batch, normal Normal) (float64, error) {
	if len(b.Images) < 2 {
		return 0, errors.New("zerocost: naswot needs at least two images")
	}
	input := newFeature(b.Shape, len(b.Images))
	for i, image := range b.Images {
		if len(image) != len(input.image(i)) {
			return 0, fmt.Errorf("zerocost: image %d has %d values: want %d, %v", i, len(image), len(input.image(i)), b.Shape)
		}
		copy(input.image(i), image)
	}
	k := kernel{size: len(b.Images), equal: make([]float64, len(b.Images)*len(b.Images))}
	r := runner{
		batch: len(b.Images), norm: normalise, gate: scale, rectify: k.rectify,
		multiply: func(l dnn.Layer, in feature) feature { return convolve(l, in, weights(l, normal)) },
	}
	if _, err := r.run(n, input); err != nil {
		return 0, err
	}
	return k.logDet(), nil
}

// kernel counts the units whose bits are equal for each pair of images.
type kernel struct {
	size  int
	equal []float64
}

// rectify sets negative values to 0 and counts the codes.
func (k *kernel) rectify(in feature) feature {
	out := newFeature(in.shape, in.batch)
	units := len(in.data) / in.batch
	codes := make([][]uint64, in.batch)
	for i := range in.batch {
		codes[i] = make([]uint64, (units+63)/64)
		target := out.image(i)
		for u, v := range in.image(i) {
			if v > 0 {
				target[u] = v
				codes[i][u/64] |= 1 << (u % 64)
			}
		}
	}
	for i, a := range codes {
		for j, b := range codes[:i+1] {
			differ := 0
			for w := range a {
				differ += bits.OnesCount64(a[w] ^ b[w])
			}
			k.equal[i*k.size+j] += float64(units - differ)
			if i != j {
				k.equal[j*k.size+i] += float64(units - differ)
			}
		}
	}
	return out
}

// logDet is the logarithm of the determinant's magnitude.
func (k *kernel) logDet() float64 {
	logarithm, _ := mat.LogDet(mat.NewDense(k.size, k.size, k.equal))
	if math.IsNaN(logarithm) {
		return LeastScore
	}
	return max(logarithm, LeastScore)
}
