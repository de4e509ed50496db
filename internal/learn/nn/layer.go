package nn

import "math"

// forward computes rows of outputs before the activation.
func (l *layer) forward(x []float64, rows int) {
	for r := range rows {
		y := l.outputs[r*l.out : (r+1)*l.out]
		copy(y, l.bias)
		accumulate(y, x[r*l.in:(r+1)*l.in], l.weights)
	}
}

// accumulate adds x^T W to y, for the len(x) rows of W; four rows at a time, so that y is loaded and stored less often.
func accumulate(y, x, w []float64) {
	n, i := len(y), 0
	for ; i+4 <= len(x); i += 4 {
		add4(y, w[i*n:(i+4)*n], x[i], x[i+1], x[i+2], x[i+3])
	}
	for ; i < len(x); i++ {
		add1(y, w[i*n:(i+1)*n], x[i])
	}
}

// add4 adds four multiples of the four rows of w to y.
func add4(y, w []float64, a, b, c, d float64) {
	n := len(y)
	w0, w1, w2, w3 := w[:n], w[n:][:n], w[2*n:][:n], w[3*n:][:n]
	for j := range y {
		y[j] += a*w0[j] + b*w1[j] + c*w2[j] + d*w3[j]
	}
}

// add1 adds a multiple of w to y.
func add1(y, w []float64, a float64) {
	w = w[:len(y)]
	for j := range y {
		y[j] += a * w[j]
	}
}

// addGradients adds the gradients of weights and biases for rows of inputs and of the gradient by the outputs, four rows at a time.
func (l *layer) addGradients(x, delta []float64, rows int) {
	in, out := l.in, l.out
	r := 0
	for ; r+4 <= rows; r += 4 {
		d, at := delta[r*out:(r+4)*out], x[r*in:(r+4)*in]
		add4(l.dBias, d, 1, 1, 1, 1)
		x0, x1, x2, x3 := at[:in], at[in:][:in], at[2*in:][:in], at[3*in:][:in]
		for i := range x0 {
			add4(l.dWeights[i*out:(i+1)*out], d, x0[i], x1[i], x2[i], x3[i])
		}
	}
	for ; r < rows; r++ {
		d := delta[r*out : (r+1)*out]
		add1(l.dBias, d, 1)
		for i, v := range x[r*in : (r+1)*in] {
			add1(l.dWeights[i*out:(i+1)*out], d, v)
		}
	}
}

// toInputs writes the gradient by the inputs: four inputs, hence four independent sums, at a time.
func (l *layer) toInputs(below, delta []float64, rows int) {
	n := l.out
	for r := range rows {
		d, b := delta[r*n:(r+1)*n], below[r*l.in:(r+1)*l.in]
		i := 0
		for ; i+4 <= len(b); i += 4 {
			w := l.weights[i*n : (i+4)*n]
			w0, w1, w2, w3 := w[:n], w[n:][:n], w[2*n:][:n], w[3*n:][:n]
			var s0, s1, s2, s3 float64
			for j, v := range d {
				s0 += v * w0[j]
				s1 += v * w1[j]
				s2 += v * w2[j]
				s3 += v * w3[j]
			}
			b[i], b[i+1], b[i+2], b[i+3] = s0, s1, s2, s3
		}
		for ; i < len(b); i++ {
			sum := 0.0
			for j, w := range l.weights[i*n : (i+1)*n] {
				sum += d[j] * w
			}
			b[i] = sum
		}
	}
}

// apply is the activation of every number.
func (a Activation) apply(x []float64) {
	if a == ReLU {
		for i, v := range x {
			x[i] = max(v, 0)
		}
		return
	}
	for i, v := range x {
		x[i] = math.Tanh(v)
	}
}

// derive multiplies gradients by the activation's derivative, which its values y tell.
func (a Activation) derive(delta, y []float64) {
	y = y[:len(delta)]
	if a == ReLU {
		for i := range delta {
			if y[i] == 0 {
				delta[i] = 0
			}
		}
		return
	}
	for i := range delta {
		delta[i] *= 1 - y[i]*y[i]
	}
}
