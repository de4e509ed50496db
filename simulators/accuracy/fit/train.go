package fit

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/accelerators/dnn/accuracy"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// train trains one net and returns its coefficients.
func (d *data) train(o Options, rng *rand.Rand) accuracy.Net {
	shape := nn.Shape{Inputs: d.width, Hidden: []int{o.Hidden, o.Hidden}, Outputs: 1, Activation: nn.ReLU, Gain: outputGain}
	net := nn.New(shape, rng)
	if o.Pretrain > 0 {
		shape.Outputs = d.statisticsWidth
		free := nn.New(shape, rng)
		descend(free, d.free, o.Pretrain, 0, rng, func(row int, out, gradient []float64) {
			for j, v := range out {
				gradient[j] = v - d.statistics[row*d.statisticsWidth+j]
			}
		}, nil)
		hidden := len(free.Params()) - (o.Hidden+1)*d.statisticsWidth
		copy(net.Params()[:hidden], free.Params())
		clear(net.Params()[hidden:])
	}
	var rank func(rows []int, out, gradients []float64)
	if o.RankingLoss > 0 {
		rank = func(rows []int, out, gradients []float64) { d.rankingLoss(o.RankingLoss, rows, out, gradients) }
	}
	descend(net, d.inputs, o.Epochs, decay, rng, func(row int, out, gradient []float64) {
		gradient[0] = d.weights[row] * (out[0] - d.targets[row])
	}, rank)
	coefficients := make(accuracy.Net, len(net.Params()))
	for i, v := range net.Params() {
		coefficients[i] = rounded(v)
	}
	return coefficients
}

// droppedBits of a coefficient's 23 bits of significand are 0: the file becomes half as large, and no prediction moves by more than the noise of training.
const droppedBits = 12

// rounded is the nearest number with so many bits.
func rounded(v float64) float32 {
	bits := math.Float32bits(float32(v))
	return math.Float32frombits((bits + 1<<(droppedBits-1)) &^ (1<<droppedBits - 1))
}

// rankingLoss adds the gradient of weight · mean over the pairs of the batch of log(1 + exp(s_j - s_i)) where i was measured above j.
func (d *data) rankingLoss(weight float64, rows []int, out, gradients []float64) {
	share := weight * 2 / float64(max(len(rows)-1, 1)) // descend divides by the rows
	for i, a := range rows {
		for j, b := range rows {
			if d.targets[a] > d.targets[b] {
				pull := share / (1 + math.Exp(out[i]-out[j]))
				gradients[i] -= pull
				gradients[j] += pull
			}
		}
	}
}

// descend runs Adam over batches of rows. gradient writes the derivative of a row's loss by its outputs; batch, if any, adds to those of a batch.
func descend(net *nn.Net, inputs []float64, epochs int, decay float64, rng *rand.Rand, gradient func(row int, out, gradient []float64),
	batch func(rows []int, out, gradients []float64)) {
	width, outputs := net.Shape().Inputs, net.Shape().Outputs
	rows := len(inputs) / width
	order := rng.Perm(rows)
	steps := (rows + batchClasses - 1) / batchClasses * epochs
	x := make([]float64, 0, batchClasses*width)
	gradients := make([]float64, batchClasses*outputs)
	var adam nn.Adam
	step := 0
	for range epochs {
		rng.Shuffle(rows, func(i, j int) { order[i], order[j] = order[j], order[i] })
		for from := 0; from < rows; from += batchClasses {
			part := order[from:min(from+batchClasses, rows)]
			x = x[:0]
			for _, row := range part {
				x = append(x, inputs[row*width:(row+1)*width]...)
			}
			out := net.Forward(x, len(part))
			g := gradients[:len(part)*outputs]
			for i, row := range part {
				gradient(row, out[i*outputs:(i+1)*outputs], g[i*outputs:(i+1)*outputs])
			}
			if batch != nil {
				batch(part, out, g)
			}
			for i := range g {
				g[i] /= float64(len(part))
			}
			net.Clear()
			net.Backward(g)
			rate := firstRate * 0.5 * (1 + math.Cos(math.Pi*float64(step)/float64(steps)))
			adam.Step(net.Params(), net.Grads(), rate)
			for i := range net.Params() {
				net.Params()[i] *= 1 - rate*decay
			}
			step++
		}
	}
}
