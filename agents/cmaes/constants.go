package cmaes

import "math"

// constants are the rates of adaptation for n coordinates and generations of lambda places: N. Hansen, arXiv:1604.00772v2, table 1.
type constants struct {
	lambda      int
	weights     []float64 // of the places of a generation, the best first: positive ones sum to 1, then negative ones
	weightSum   float64
	muEff       float64
	cSigma      float64 // rate of the path of the step size
	dSigma      float64 // damping of the step size
	cC, c1, cMu float64 // rates of the path of the covariance, of its square, of the steps of a generation
	expected    float64 // length of a standard normal vector
	gap         float64 // generations between factorisations
}

func newConstants(n, lambda int) constants {
	dim, mu := float64(n), lambda/2
	c := constants{lambda: lambda, weights: make([]float64, lambda)}
	var plus, plusSquares, minus, minusSquares float64
	for i := range c.weights {
		w := math.Log(float64(lambda+1)/2) - math.Log(float64(i+1))
		c.weights[i] = w
		if i < mu {
			plus, plusSquares = plus+w, plusSquares+w*w
		} else {
			minus, minusSquares = minus-w, minusSquares+w*w
		}
	}
	c.muEff = plus * plus / plusSquares
	c.cSigma = (c.muEff + 2) / (dim + c.muEff + 5)
	c.dSigma = 1 + 2*max(0, math.Sqrt((c.muEff-1)/(dim+1))-1) + c.cSigma
	c.cC = (4 + c.muEff/max(dim, 1)) / (dim + 4 + 2*c.muEff/max(dim, 1))
	c.c1 = 2 / ((dim+1.3)*(dim+1.3) + c.muEff)
	c.cMu = min(1-c.c1, 2*(c.muEff-2+1/c.muEff)/((dim+2)*(dim+2)+c.muEff))
	c.expected = math.Sqrt(max(dim, 1)) * (1 - 1/(4*max(dim, 1)) + 1/(21*max(dim*dim, 1)))
	c.gap = max(1, math.Floor(1/(10*max(dim, 1)*(c.c1+c.cMu))))
	minusEff := minus * minus / minusSquares
	against := min(1+c.c1/c.cMu, 1+2*minusEff/(minusEff+2), (1-c.c1-c.cMu)/(max(dim, 1)*c.cMu))
	for i, w := range c.weights {
		if i < mu {
			c.weights[i] = w / plus
		} else {
			c.weights[i] = w * max(against, 0) / minus
		}
		c.weightSum += c.weights[i]
	}
	return c
}
