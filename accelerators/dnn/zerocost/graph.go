package zerocost

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas64"

	"github.com/codesign-gym/codesign/accelerators/dnn"
)

// Normal draws normal deviates of mean 0 and variance 1.
type Normal func() float64

// feature is a batch of feature maps: channel by channel, row by row, an image after the other.
type feature struct {
	shape dnn.Shape
	batch int
	data  []float64
}

func newFeature(s dnn.Shape, batch int) feature {
	return feature{s, batch, make([]float64, batch*int(s.Elements()))}
}

// image is the values of one image.
func (f feature) image(i int) []float64 {
	size := len(f.data) / f.batch
	return f.data[i*size : (i+1)*size]
}

// channel is the values of one channel of one image.
func (f feature) channel(i, c int) []float64 {
	pixels := f.shape.Height * f.shape.Width
	return f.image(i)[c*pixels : (c+1)*pixels]
}

// weights draws the weights of a layer: one row an output channel, variance 2/fan-in.
func weights(l dnn.Layer, normal Normal) []float64 {
	w := make([]float64, l.WeightElements())
	_, _, _, fanIn := l.Product()
	scale := math.Sqrt(2 / float64(fanIn))
	for i := range w {
		w[i] = scale * normal()
	}
	return w
}

// convolve is a convolution with the given weights, groups one after the other.
func convolve(l dnn.Layer, in feature, w []float64) feature {
	out := newFeature(l.Output(), in.batch)
	groups := max(l.Groups, 1)
	pixels, depth := out.shape.Height*out.shape.Width, l.KernelHeight*l.KernelWidth*l.InChannels/groups
	columns := make([]float64, depth*pixels)
	filters := l.Filters / groups
	for i := range in.batch {
		for g := range groups {
			unfold(l, in, i, g*l.InChannels/groups, l.InChannels/groups, columns)
			blas64.Gemm(blas.NoTrans, blas.NoTrans, 1,
				blas64.General{Rows: filters, Cols: depth, Stride: depth, Data: w[g*filters*depth : (g+1)*filters*depth]},
				blas64.General{Rows: depth, Cols: pixels, Stride: pixels, Data: columns},
				0, blas64.General{Rows: filters, Cols: pixels, Stride: pixels, Data: out.image(i)[g*filters*pixels : (g+1)*filters*pixels]})
		}
	}
	return out
}

// unfold writes the windows of some channels of an image: one row an element of the window, one column a window.
func unfold(l dnn.Layer, in feature, image, first, channels int, columns []float64) {
	out := l.Output()
	at := 0
	for c := range channels {
		source := in.channel(image, first+c)
		for r := range l.KernelHeight {
			for s := range l.KernelWidth {
				for y := range out.Height {
					row := y*max(l.StrideHeight, 1) + r*max(l.DilationHeight, 1) - l.PadTop
					for x := range out.Width {
						column := x*max(l.StrideWidth, 1) + s*max(l.DilationWidth, 1) - l.PadLeft
						v := 0.0
						if row >= 0 && row < l.InHeight && column >= 0 && column < l.InWidth {
							v = source[row*l.InWidth+column]
						}
						columns[at] = v
						at++
					}
				}
			}
		}
	}
}

// pool averages the pixels of each window that exist.
func pool(l dnn.Layer, in feature) feature {
	out := newFeature(l.Output(), in.batch)
	for i := range in.batch {
		for c := range l.InChannels {
			source, target := in.channel(i, c), out.channel(i, c)
			for y := range out.shape.Height {
				for x := range out.shape.Width {
					sum, count := 0.0, 0.0
					for r := range l.KernelHeight {
						for s := range l.KernelWidth {
							row, column := y*max(l.StrideHeight, 1)+r-l.PadTop, x*max(l.StrideWidth, 1)+s-l.PadLeft
							if row >= 0 && row < l.InHeight && column >= 0 && column < l.InWidth {
								sum, count = sum+source[row*l.InWidth+column], count+1
							}
						}
					}
					target[y*out.shape.Width+x] = sum / max(count, 1)
				}
			}
		}
	}
	return out
}

// add is the sum of features.
func add(parts []feature) feature {
	out := newFeature(parts[0].shape, parts[0].batch)
	for _, p := range parts {
		for i, v := range p.data {
			out.data[i] += v
		}
	}
	return out
}

// scale multiplies each channel of an image with the logistic of its value.
func scale(in, by feature) feature {
	out := newFeature(in.shape, in.batch)
	for i := range in.batch {
		for c := range in.shape.Channels {
			target, factor := out.channel(i, c), 1/(1+math.Exp(-by.channel(i, c)[0]))
			for k, v := range in.channel(i, c) {
				target[k] = v * factor
			}
		}
	}
	return out
}

// normalise shifts and scales each channel to mean 0 and variance 1 over the batch.
func normalise(in feature) feature {
	const tiny = 1e-5 // as trained networks add to the variance
	out := newFeature(in.shape, in.batch)
	count := float64(in.batch * in.shape.Height * in.shape.Width)
	for c := range in.shape.Channels {
		mean, square := 0.0, 0.0
		for i := range in.batch {
			for _, v := range in.channel(i, c) {
				mean += v / count
			}
		}
		for i := range in.batch {
			for _, v := range in.channel(i, c) {
				square += (v - mean) * (v - mean) / count
			}
		}
		factor := 1 / math.Sqrt(square+tiny)
		for i := range in.batch {
			target := out.channel(i, c)
			for k, v := range in.channel(i, c) {
				target[k] = (v - mean) * factor
			}
		}
	}
	return out
}

// concatenate puts features beside each other along the channels.
func concatenate(parts []feature) feature {
	if len(parts) == 1 {
		return parts[0]
	}
	shape := parts[0].shape
	shape.Channels = 0
	for _, p := range parts {
		shape.Channels += p.shape.Channels
	}
	out := newFeature(shape, parts[0].batch)
	for i := range out.batch {
		at := out.image(i)
		for _, p := range parts {
			at = at[copy(at, p.image(i)):]
		}
	}
	return out
}

// unsupported names a layer that the scores cannot run.
func unsupported(n dnn.Network, i int) error {
	return fmt.Errorf("zerocost: network %q: layers[%d] %q (%s) is none that the scores run", n.Name, i, n.Layers[i].Name, n.Layers[i].Op)
}
