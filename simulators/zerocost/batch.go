package zerocost

import (
	"image"
	"math"
	"sync"

	"golang.org/x/image/draw"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/dnn/zerocost"
)

// colours is the channels of an image.
const colours = 3

// album is pictures, and the batches made of them: one for each size of a network's input.
type album struct {
	pictures []image.Image
	lock     sync.Mutex
	batches  map[dnn.Shape]zerocost.Batch
}

// batch is the pictures at the size of a network's input. It is only read.
func (a *album) batch(input dnn.Shape) zerocost.Batch {
	a.lock.Lock()
	defer a.lock.Unlock()
	if b, ok := a.batches[input]; ok {
		return b
	}
	if a.batches == nil {
		a.batches = map[dnn.Shape]zerocost.Batch{}
	}
	b := zerocost.Batch{Shape: input}
	for _, p := range a.pictures {
		b.Images = append(b.Images, values(p, input))
	}
	for c := range colours {
		standardise(b.Images, c, input.Height*input.Width)
	}
	a.batches[input] = b
	return b
}

// values are the pixels of a picture scaled to the shape of three channels: channel by channel, row by row.
func values(picture image.Image, input dnn.Shape) []float64 {
	scaled := image.NewRGBA64(image.Rect(0, 0, input.Width, input.Height))
	draw.CatmullRom.Scale(scaled, scaled.Rect, picture, picture.Bounds(), draw.Src, nil)
	pixels := input.Height * input.Width
	v := make([]float64, colours*pixels)
	for y := range input.Height {
		for x := range input.Width {
			colour, at := scaled.RGBA64At(x, y), y*input.Width+x
			v[at], v[pixels+at], v[2*pixels+at] = float64(colour.R), float64(colour.G), float64(colour.B)
		}
	}
	return v
}

// standardise shifts and scales a channel of all images to mean 0 and variance 1; one of a single value becomes 0.
func standardise(images [][]float64, channel, pixels int) {
	mean, square, count := 0.0, 0.0, float64(len(images)*pixels)
	for _, v := range images {
		for _, x := range v[channel*pixels : (channel+1)*pixels] {
			mean += x / count
		}
	}
	for _, v := range images {
		for _, x := range v[channel*pixels : (channel+1)*pixels] {
			square += (x - mean) * (x - mean) / count
		}
	}
	scale := 1.0
	if square > 0 {
		scale = 1 / math.Sqrt(square)
	}
	for _, v := range images {
		for i := range pixels {
			v[channel*pixels+i] = (v[channel*pixels+i] - mean) * scale
		}
	}
}
