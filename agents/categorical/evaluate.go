package categorical

import "github.com/codesign-gym/codesign/env/space"

// Batch is observations with the points that were chosen in them, one a row.
type Batch struct {
	Obs    []float64  // rows x Inputs, one row after the other
	Masks  [][][]bool // one View.Mask a row; nil when all are
	Points []space.Point
}

// Evaluate returns the log-probability of each row's point and the entropy along it (see the package comment), valid until the next
// Evaluate. The points must be canonical and legal; the batch must not change before Backward.
func (p *Policy) Evaluate(b Batch) (logProbs, entropies []float64) {
	rows := len(b.Points)
	p.batch = b
	p.logProbs, p.entropies = sized(p.logProbs, rows), sized(p.entropies, rows)
	clear(p.logProbs)
	clear(p.entropies)
	for i := range p.blocks {
		p.evaluate(&p.blocks[i], b)
	}
	return p.logProbs, p.entropies
}

// evaluate adds the part of one block's heads.
func (p *Policy) evaluate(b *block, batch Batch) {
	rows, width := len(batch.Points), p.inputs+b.prefix
	b.resize(rows, width)
	for row, point := range batch.Points {
		p.observe(b, row, batch.Obs[row*p.inputs:(row+1)*p.inputs], point)
	}
	copy(b.probs, b.net.Forward(b.in, rows))
	for row, point := range batch.Points {
		var mask [][]bool
		if batch.Masks != nil {
			mask = batch.Masks[row]
		}
		for _, h := range b.heads {
			if !p.space.Active(point, h.axis) {
				continue
			}
			logP := b.of(b.probs, row, h)
			h.logProbs(logP, maskOf(mask, h.axis))
			p.logProbs[row] += logP[point[h.axis]]
			p.entropies[row] += entropy(logP)
		}
	}
}

// Backward adds to the nets' gradients those of a loss whose gradients by the log-probabilities and entropies of the last Evaluate are given.
func (p *Policy) Backward(byLogProb, byEntropy []float64) {
	for i := range p.blocks {
		b := &p.blocks[i]
		clear(b.deltas)
		for row, point := range p.batch.Points {
			for _, h := range b.heads {
				if p.space.Active(point, h.axis) {
					h.gradient(b.of(b.deltas, row, h), b.of(b.probs, row, h), point[h.axis], byLogProb[row], byEntropy[row])
				}
			}
		}
		b.net.Backward(b.deltas)
	}
}

// of is a head's part of rows of outputs.
func (b *block) of(values []float64, row int, h head) []float64 {
	at := row*b.outputs() + h.at
	return values[at : at+h.levels]
}
