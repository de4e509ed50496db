package accuracy

import (
	"fmt"

	"github.com/codesign-gym/codesign/accelerators/dnn/nas"
	"github.com/codesign-gym/codesign/env/space"
)

// The sizes of the accuracy predictor of the Once-for-All MobileNetV3: 128 inputs, three hidden layers of 400 rectified units, one output.
const (
	ofaInputs = 128
	ofaHidden = 400

	// OFAPredictorWeights is the number of its weights: W1 b1 W2 b2 W3 b3 W4 b4, each matrix with one row an output.
	OFAPredictorWeights = ofaInputs*ofaHidden + ofaHidden + 2*(ofaHidden*ofaHidden+ofaHidden) + ofaHidden + 1

	ofaExpandInputs     = 3 * nas.OFAStages * nas.OFABlocks // where the expansions begin
	ofaResolutionInputs = 2 * ofaExpandInputs

	// ofaErrorPercent is the RMSE against measured sub-networks after its bias (5.87 points too high) is taken off: our own count over 2,162 of them.
	ofaErrorPercent = 0.27
)

// OFAPredictor is the authors' predictor of the ImageNet top-1 of a Once-for-All sub-network. Its levels are about 5.87 points above what search runs
// measured; its order is theirs.
type OFAPredictor struct {
	networks *nas.OFAMobileNet
	weights  []float32
	offset   float64
}

// NewOFAPredictor makes the predictor of weights in the order of OFAPredictorWeights; offsetPercent is added to every prediction.
func NewOFAPredictor(n *nas.OFAMobileNet, weights []float32, offsetPercent float64) (*OFAPredictor, error) {
	if len(weights) != OFAPredictorWeights {
		return nil, fmt.Errorf("accuracy: predictor of %d weights: want %d", len(weights), OFAPredictorWeights)
	}
	return &OFAPredictor{networks: n, weights: weights, offset: offsetPercent}, nil
}

// Accuracy implements Oracle.
func (o *OFAPredictor) Accuracy(p space.Point) (Estimate, error) {
	var one, other [ofaHidden]float64
	on := o.active(p)
	w := o.weights
	for unit := range ofaHidden { // the inputs are 0 and 1
		row := w[unit*ofaInputs:]
		sum := float64(w[ofaInputs*ofaHidden+unit])
		for _, input := range on.list[:on.n] {
			sum += float64(row[input])
		}
		one[unit] = max(sum, 0)
	}
	w = w[(ofaInputs+1)*ofaHidden:]
	w = dense(other[:], one[:], w)
	w = dense(one[:], other[:], w)
	var out [1]float64
	linear(out[:], one[:], w)
	return Estimate{Percent: 100*out[0] + o.offset, ErrorPercent: ofaErrorPercent}, nil
}

// activeInputs are the inputs that are 1: two a block, and the resolution.
type activeInputs struct {
	list [2*nas.OFAStages*nas.OFABlocks + 1]int
	n    int
}

func (o *OFAPredictor) active(p space.Point) (on activeInputs) {
	add := func(input int) { on.list[on.n] = input; on.n++ }
	for stage := range nas.OFAStages {
		for i := range o.networks.Depth(p, stage) {
			kernel, expand := o.networks.Block(p, stage, i)
			block := stage*nas.OFABlocks + i
			add(3*block + kernel)
			add(ofaExpandInputs + 3*block + expand)
		}
	}
	add(ofaResolutionInputs + (o.networks.Resolution(p)-nas.OFALeastPixels)/nas.OFAPixelStep)
	return on
}

// dense is linear with rectified outputs.
func dense(out, in []float64, w []float32) (rest []float32) {
	rest = linear(out, in, w)
	rectify(out)
	return rest
}

// linear computes W in + b, W with one row an output, and returns the weights behind b.
func linear(out, in []float64, w []float32) (rest []float32) {
	biases := w[len(in)*len(out):]
	for o := range out {
		sum := float64(biases[o])
		for i, v := range w[o*len(in) : (o+1)*len(in)] {
			sum += float64(v) * in[i]
		}
		out[o] = sum
	}
	return biases[len(out):]
}
