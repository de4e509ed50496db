package gp

import "math"

// The parameters of a model are held as one vector: the logarithms of the length-scales, of the signal variance and of the noise variance,
// and, where it is fitted, the logit of the product's share.
type parameters []float64

func (p parameters) lengths(axes int) []float64 { return p[:axes] }
func (p parameters) signal(axes int) float64    { return p[axes] }
func (p parameters) noise(axes int) float64     { return p[axes+1] }

// Priors, see the package comment. Lognormal densities are of the parameter itself, not of its logarithm.
const (
	lengthLocation = math.Sqrt2 // plus half the logarithm of the number of axes
	lengthSpread   = 1.7320508075688772935274463415059
	signalLocation = 0.0
	signalSpread   = 1.0
	noiseSpread    = 1.0
	mixSpread      = 1.5
)

// logNormal is ln of the lognormal density of exp(theta) up to a constant, and its derivative by theta.
func logNormal(theta, location, spread float64) (value, slope float64) {
	z := (theta - location) / spread
	return -theta - z*z/2, -1 - z/spread
}

// Noise is what is known of the noise before any target is: the location of the lognormal prior of its variance. The zero value means FunctionNoise.
type Noise float64

// The kinds of noise.
const (
	FunctionNoise Noise = -4 // targets are values of a function, 0.02 (the median of the prior) about it
	LabelNoise    Noise = -1 // targets are labels, -1 and 1, which jump where a function does not: 0.37
)

// logPrior is ln of the prior density of the parameters up to a constant; it adds the derivatives to slopes.
func logPrior(p parameters, axes int, noise Noise, slopes []float64) float64 {
	sum := 0.0
	add := func(i int, location, spread float64) {
		value, slope := logNormal(p[i], location, spread)
		sum += value
		slopes[i] += slope
	}
	for i := range p.lengths(axes) {
		add(i, lengthLocation+math.Log(float64(axes))/2, lengthSpread)
	}
	add(axes, signalLocation, signalSpread)
	add(axes+1, float64(noise), noiseSpread)
	if len(p) > axes+2 {
		z := p[axes+2] / mixSpread
		sum -= z * z / 2
		slopes[axes+2] -= z / mixSpread
	}
	return sum
}

// atModes is where fits begin: the modes of the priors; half of the mixture is the product.
func atModes(axes, count int, noise Noise) parameters {
	p := make(parameters, count)
	for i := range axes {
		p[i] = lengthLocation + math.Log(float64(axes))/2 - lengthSpread*lengthSpread
	}
	p[axes] = signalLocation
	p[axes+1] = float64(noise) - noiseSpread*noiseSpread
	return p
}

// apply sets the kernel's parameters.
func (k *kernel) apply(p parameters, mix Mix) {
	k.scale, k.rho = grown(k.scale, len(k.numeric)), grown(k.rho, len(k.codes))
	for i, axis := range k.axis {
		k.scale[i] = math.Exp(-p[axis])
	}
	for i, axis := range k.of {
		k.rho[i] = math.Exp(-math.Exp(-2*p[axis]) / 2)
	}
	k.group()
	k.signal = math.Exp(p.signal(k.axes))
	switch {
	case len(p) > k.axes+2:
		k.mix = 1 / (1 + math.Exp(-p[k.axes+2]))
	case mix == Sum:
		k.mix = 0
	default:
		k.mix = 1
	}
}
