package bayes

import "github.com/codesign-gym/codesign/internal/learn/gp"

// prior is what other tasks say of a function: a process models what the regressions on their processes leave of its targets. The zero value says nothing.
type prior struct {
	sources []*gp.Model
	slopes  []float64   // parallel to sources: of the regression, over the number of sources
	means   [][]float64 // by row: what each source expects there; nil = not asked yet
}

// steadiness is how many targets of variance 1 the belief weighs that a task is like another one: a slope of 1.
const steadiness = 1.0

// mean is what the sources expect at x, and how unsure they are.
func (p *prior) mean(x []float64) (mean, variance float64) {
	for s, source := range p.sources {
		m, v := source.Predict(x)
		mean, variance = mean+p.slopes[s]*m, variance+p.slopes[s]*p.slopes[s]*v
	}
	return mean, variance
}

// regress fits the slope of each source to the targets at rows:
//
//	slope = max(0, (Σ (m - m̄)(z - z̄) + steadiness) / (Σ (m - m̄)² + steadiness)) / sources
//
// 1 without targets, and 0 for a source that ranks them the other way.
func (p *prior) regress(rows []int, x func(row int) []float64, targets []float64) {
	if len(p.sources) == 0 {
		return
	}
	for _, row := range rows {
		for len(p.means) <= row {
			p.means = append(p.means, nil)
		}
		if p.means[row] == nil {
			for _, source := range p.sources {
				mean, _ := source.Predict(x(row))
				p.means[row] = append(p.means[row], mean)
			}
		}
	}
	p.slopes = p.slopes[:0]
	n := float64(len(rows))
	for s := range p.sources {
		meanM, meanZ := 0.0, 0.0
		for k, row := range rows {
			meanM, meanZ = meanM+p.means[row][s]/n, meanZ+targets[k]/n
		}
		product, square := steadiness, steadiness
		for k, row := range rows {
			m := p.means[row][s] - meanM
			product, square = product+m*(targets[k]-meanZ), square+m*m
		}
		p.slopes = append(p.slopes, max(product/square, 0)/float64(len(p.sources)))
	}
}

// at is what the regression expects at a row that it was fitted to.
func (p *prior) at(row int) float64 {
	sum := 0.0
	for s, slope := range p.slopes {
		sum += slope * p.means[row][s]
	}
	return sum
}

// tell sets the targets of the held rows.
func (p *process) tell(x func(row int) []float64, targets []float64) error {
	p.prior.regress(p.held, x, targets)
	return p.gp.SetTargets(p.rest(targets, nil))
}

// rest is what the prior leaves of the targets of the held rows and of more inputs behind them.
func (p *process) rest(targets []float64, more [][]float64) []float64 {
	if len(p.prior.sources) == 0 {
		return targets
	}
	rest := make([]float64, len(targets))
	for k, z := range targets {
		if k < len(p.held) {
			rest[k] = z - p.prior.at(p.held[k])
			continue
		}
		mean, _ := p.prior.mean(more[k-len(p.held)])
		rest[k] = z - mean
	}
	return rest
}

// predict is the mean and the variance of the modelled function at x.
func (p *process) predict(x []float64) (mean, variance float64) {
	mean, variance = p.gp.Predict(x)
	if len(p.prior.sources) > 0 {
		m, v := p.prior.mean(x)
		mean, variance = mean+m, variance+v
	}
	return mean, variance
}
