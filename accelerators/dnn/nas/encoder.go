package nas

import (
	"errors"
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/env/space"
)

// The layers of an encoder.
const (
	EncoderLeastLayers = 2
	EncoderMostLayers  = 12
)

// The choices of a layer; every number of heads divides every width.
func encoderWidths() []int   { return []int{192, 384, 576, 768} }
func encoderHeads() []int    { return []int{3, 4, 6, 8, 12} }
func encoderMultiple() []int { return []int{1, 2, 3, 4} }

// The axes of Encoder: the number of layers, then of each layer its width, heads and feed-forward multiple.
const (
	encoderLayers = 0
	atWidth       = 0 // of a layer's axes
	atHeads       = 1
	atMultiple    = 2
	layerAxes     = 3
)

// Task is what an encoder reads and yields.
type Task struct {
	Tokens     int // length of the sequence
	Vocabulary int // words that have a trained row each; 0 = the input is embedded already, as wide as the first layer
	Classes    int // of the last state of the first token; 0 = the states of all tokens are the result
}

// Encoder is a space of transformer encoders of 2 to 12 layers, each with a width, heads and feed-forward width of its own (after FlexiBERT and HAT).
type Encoder struct {
	task  Task
	space space.Space
}

// NewEncoder is the space for a task.
func NewEncoder(t Task) (*Encoder, error) {
	var errs []error
	for _, f := range []struct {
		name             string
		value, low, high int
	}{
		{"tokens", t.Tokens, 1, 1 << 20}, {"words in the vocabulary", t.Vocabulary, 0, 1 << 24}, {"classes", t.Classes, 0, 1 << 24},
	} {
		if f.value < f.low || f.value > f.high {
			errs = append(errs, fmt.Errorf("nas: encoder: %d %s out of range [%d, %d]", f.value, f.name, f.low, f.high))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	layers := space.Param{Name: "layers", Doc: "transformer layers", Group: "network", Kind: space.Ordinal, Values: steps(EncoderLeastLayers, EncoderMostLayers, 1)}
	params := []space.Param{layers}
	for layer := 1; layer <= EncoderMostLayers; layer++ {
		when := encoderWhen(layer)
		for _, axis := range []struct {
			name, unit, doc string
			choices         []int
		}{
			{"width", "features", "width of layer %d", encoderWidths()},
			{"heads", "heads", "attention heads of layer %d", encoderHeads()},
			{"ff", "", "feed-forward width of layer %d as a multiple of its width", encoderMultiple()},
		} {
			params = append(params, space.Param{
				Name: fmt.Sprintf("layer%d_%s", layer, axis.name), Unit: axis.unit, Doc: fmt.Sprintf(axis.doc, layer), Group: "network",
				Kind: space.Ordinal, Values: floats(axis.choices), When: when,
			})
		}
	}
	s, err := space.New(params...)
	if err != nil {
		return nil, err
	}
	return &Encoder{task: t, space: s}, nil
}

// encoderWhen is the condition under which an encoder has a layer.
func encoderWhen(layer int) []space.Cond {
	if layer <= EncoderLeastLayers {
		return nil
	}
	return []space.Cond{{Param: "layers", In: numbersFrom(layer, EncoderMostLayers)}}
}

// Space implements SearchSpace.
func (e *Encoder) Space() space.Space { return e.space }

// Canonical implements SearchSpace: networks of different points differ.
func (e *Encoder) Canonical(p space.Point) space.Point { return e.space.Canonical(p) }

// Task is what the encoders read and yield.
func (e *Encoder) Task() Task { return e.task }

// Layers is the number of layers.
func (e *Encoder) Layers(p space.Point) int { return EncoderLeastLayers + p[encoderLayers] }

// Layer is the choice for a layer, from 0.
func (e *Encoder) Layer(p space.Point, layer int) (width, heads, multiple int) {
	at := p[1+layer*layerAxes:]
	return encoderWidths()[at[atWidth]], encoderHeads()[at[atHeads]], encoderMultiple()[at[atMultiple]]
}

// Parts implements Partitioned: each layer with the projection in front of it, and the classifier.
func (e *Encoder) Parts() []Part {
	var parts []Part
	if e.task.Classes > 0 {
		parts = fixedParts("classes")
	}
	for layer := 1; layer <= EncoderMostLayers; layer++ {
		name := fmt.Sprintf("layer%d", layer)
		parts = append(parts, Part{Name: name, Layers: []string{name}, When: encoderWhen(layer)})
	}
	return parts
}

// Decode implements SearchSpace.
func (e *Encoder) Decode(p space.Point) (dnn.Network, error) {
	if err := e.space.Check(p); err != nil {
		return dnn.Network{}, fmt.Errorf("nas: encoder: %w", err)
	}
	first, _, _ := e.Layer(p, 0)
	input := dnn.Shape{Height: e.task.Tokens, Width: 1, Channels: first}
	if e.task.Vocabulary > 0 {
		input.Channels = 1
	}
	b := dnn.NewBuilder("encoder", input)
	x := dnn.NetworkInput
	if e.task.Vocabulary > 0 {
		x = b.Embed("words", e.task.Vocabulary, first, x)
		x = b.Append(dnn.Layer{Name: "positions", Op: dnn.Elementwise, Inputs: []int{x}, ParametersPerChannel: e.task.Tokens})
		x = b.Norm("norm", x)
	}
	for layer := range e.Layers(p) {
		width, heads, multiple := e.Layer(p, layer)
		name := fmt.Sprintf("layer%d", layer+1)
		if b.Shape(x).Channels != width {
			x = b.Linear(name+".project", width, x)
		}
		x = b.Norm(name+".norm1", b.Add(name+".add1", attention(b, name, heads, x), x))
		x = b.Norm(name+".norm2", b.Add(name+".add2", feedForward(b, name, multiple*width, x), x))
	}
	if e.task.Classes > 0 {
		x = b.Pick("state", dnn.Shape{Height: 1, Width: 1, Channels: b.Shape(x).Channels}, 0, x)
		b.Dense("classes", e.task.Classes, x)
	}
	return b.Network()
}
