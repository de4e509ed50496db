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
		p.evaluate(i, b)
	}
	return p.logProbs, p.entropies
}

// evaluate adds the part of one block's heads.
func (p *Policy) evaluate(i int, batch Batch) {
	z, b := p.outputs(i, batch.Obs, batch.Points), &p.blocks[i]
	copy(b.probs, z)
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

// EachHead calls f for the heads of the last Evaluate that are active along their row's point, with the log-probabilities of their levels.
func (p *Policy) EachHead(f func(row, axis int, logP []float64)) {
	for i := range p.blocks {
		b := &p.blocks[i]
		for row, point := range p.batch.Points {
			for _, h := range b.heads {
				if p.space.Active(point, h.axis) {
					f(row, h.axis, b.of(b.probs, row, h))
				}
			}
		}
	}
}

// Backward adds to the nets' gradients those of a loss whose gradients by the log-probabilities and entropies of the last Evaluate are given.
func (p *Policy) Backward(byLogProb, byEntropy []float64) {
	p.BackwardHeads(func(row, axis int, logP, delta []float64) {
		gradient(delta, logP, p.batch.Points[row][axis], byLogProb[row], byEntropy[row])
	})
}

// BackwardHeads is Backward of a loss of which f writes the gradient by the logits of a head: the heads are those of EachHead.
func (p *Policy) BackwardHeads(f func(row, axis int, logP, delta []float64)) {
	for i := len(p.blocks) - 1; i >= 0; i-- { // a memory goes back in time
		b := &p.blocks[i]
		clear(b.deltas)
		for row, point := range p.batch.Points {
			for _, h := range b.heads {
				if p.space.Active(point, h.axis) {
					delta := b.of(b.deltas, row, h)
					f(row, h.axis, b.of(b.probs, row, h), delta)
					h.toOutputs(delta)
				}
			}
		}
		if p.cell != nil {
			p.cell.backward(i, len(p.batch.Points), b.net.BackwardToInputs(b.deltas))
		} else {
			b.net.Backward(b.deltas)
		}
	}
}

// of is a head's part of rows of outputs.
func (b *block) of(values []float64, row int, h head) []float64 {
	at := row*b.outputs() + h.at
	return values[at : at+h.levels]
}
