package categorical

import "math"

// masked is the logit of a level that the mask forbids.
const masked = -1e8

// head is the distribution of one axis: where its logits are in the outputs of its block.
type head struct {
	axis, at, levels int
	ordered          bool
}

// logProbs turns a head's outputs into log-probabilities, in place. A nil mask allows every level.
func (h head) logProbs(z []float64, legal []bool) {
	if h.ordered {
		z[0] = 0
		for l := 1; l < len(z); l++ {
			z[l] += z[l-1]
		}
	}
	for l, ok := range legal {
		if !ok {
			z[l] = masked
		}
	}
	most := z[0]
	for _, v := range z[1:] {
		most = max(most, v)
	}
	sum := 0.0
	for _, v := range z {
		sum += math.Exp(v - most)
	}
	total := most + math.Log(sum)
	for l := range z {
		z[l] -= total
	}
}

// entropy is that of log-probabilities.
func entropy(logP []float64) float64 {
	sum := 0.0
	for _, v := range logP {
		sum -= math.Exp(v) * v
	}
	return sum
}

// gradient writes the gradient by a head's logits of byLogProb · log p(chosen) + byEntropy · H.
func gradient(delta, logP []float64, chosen int, byLogProb, byEntropy float64) {
	whole := 0.0
	if byEntropy != 0 {
		whole = entropy(logP)
	}
	for l, v := range logP {
		delta[l] = -math.Exp(v) * (byLogProb + byEntropy*(v+whole))
	}
	delta[chosen] += byLogProb
}

// toOutputs turns a gradient by the logits into that by the head's outputs.
func (h head) toOutputs(delta []float64) {
	if !h.ordered {
		return
	}
	for l := len(delta) - 2; l >= 0; l-- { // output k moves the levels k, k+1, …
		delta[l] += delta[l+1]
	}
	delta[0] = 0
}

// draw is the level at u in [0, 1) of the cumulative distribution, never a level of probability 0.
func draw(logP []float64, u float64) int {
	last := 0
	for l, v := range logP {
		p := math.Exp(v)
		if p == 0 {
			continue
		}
		last = l
		if u -= p; u < 0 {
			break
		}
	}
	return last
}

// mode is the likeliest level, the first of equal ones.
func mode(logP []float64) int {
	best := 0
	for l, v := range logP {
		if v > logP[best] {
			best = l
		}
	}
	return best
}
