package valuemix

import (
	"math"
	"math/rand/v2"

	"github.com/codesign-gym/codesign/agents/offpolicy"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// mixer is the monotone value of all agents: see the package comment. Its weights are the outputs of nets that see the central state.
type mixer struct {
	agents, width, states int
	w1, b1, w2, b2        *nn.Net
	adams                 [numNets]nn.Adam

	q, hidden, before   []float64 // of the last forward: rows x agents, rows x width twice (after and before the activation)
	raw1, raw2          []float64 // the weights before their absolute values are taken
	by1, byB1, by2, byQ []float64
}

// numNets counts the nets of a mixer.
const numNets = 4

func newMixer(agents, states int, o MixOptions, rng *rand.Rand) *mixer {
	m := &mixer{agents: agents, width: o.Width, states: states}
	make := func(outputs int, hidden []int, gain float64) *nn.Net {
		if states == 0 {
			hidden = nil
		}
		return nn.New(nn.Shape{Inputs: states, Hidden: hidden, Outputs: outputs, Activation: nn.ReLU, Gain: gain}, rng)
	}
	m.w1, m.b1 = make(agents*o.Width, []int{o.Hyper}, 1), make(o.Width, nil, firstBias)
	m.w2, m.b2 = make(o.Width, []int{o.Hyper}, 1), make(1, []int{o.Width}, firstBias)
	// Weights about 1/sqrt(width): the first value is about the sum of small utilities. Without a state they would begin at 0, where nothing is learned.
	for _, n := range []*nn.Net{m.w1, m.w2} {
		for i := range n.OutputBias() {
			n.OutputBias()[i] = (0.5 + rng.Float64()) / math.Sqrt(float64(o.Width))
		}
	}
	return m
}

// firstBias is the gain of the biases' nets.
const firstBias = 0.01

func (m *mixer) nets() [numNets]*nn.Net { return [numNets]*nn.Net{m.w1, m.b1, m.w2, m.b2} }

// forward is the value of each row of the agents' utilities in the central states.
func (m *mixer) forward(dst, q, states []float64, rows int) []float64 {
	n, width := m.agents, m.width
	m.q, m.raw1, m.raw2 = q, m.w1.Forward(states, rows), m.w2.Forward(states, rows)
	b1, b2 := m.b1.Forward(states, rows), m.b2.Forward(states, rows)
	m.hidden, m.before = sized(m.hidden, rows*width), sized(m.before, rows*width)
	for row := range rows {
		total := b2[row]
		for k := range width {
			z := b1[row*width+k]
			for i := range n {
				z += math.Abs(m.raw1[row*n*width+i*width+k]) * q[row*n+i]
			}
			at := row*width + k
			m.before[at], m.hidden[at] = z, elu(z)
			total += math.Abs(m.raw2[at]) * m.hidden[at]
		}
		dst = append(dst, total)
	}
	return dst
}

// backward adds the gradients of a loss whose gradient by the values of the last forward is given, and returns that by the utilities.
func (m *mixer) backward(by []float64) []float64 {
	n, width, rows := m.agents, m.width, len(by)
	m.by1, m.byB1, m.by2, m.byQ = sized(m.by1, rows*n*width), sized(m.byB1, rows*width), sized(m.by2, rows*width), sized(m.byQ, rows*n)
	clear(m.byQ)
	for row, g := range by {
		for k := range width {
			at := row*width + k
			m.by2[at] = g * sign(m.raw2[at]) * m.hidden[at]
			dz := g * math.Abs(m.raw2[at]) * eluSlope(m.before[at])
			m.byB1[at] = dz
			for i := range n {
				w := m.raw1[row*n*width+i*width+k]
				m.by1[row*n*width+i*width+k] = dz * sign(w) * m.q[row*n+i]
				m.byQ[row*n+i] += dz * math.Abs(w)
			}
		}
	}
	m.w1.Backward(m.by1)
	m.b1.Backward(m.byB1)
	m.w2.Backward(m.by2)
	m.b2.Backward(by)
	return m.byQ
}

// step takes the gradient step that backward gathered.
func (m *mixer) step(rate, maxNorm float64) {
	nets := m.nets()
	if maxNorm > 0 {
		nn.ClipNorm(maxNorm, nets[:]...)
	}
	for i, n := range nets {
		m.adams[i].Step(n.Params(), n.Grads(), rate)
		n.Clear()
	}
}

// follow moves the parameters towards another mixer's.
func (m *mixer) follow(other *mixer, rate float64) {
	to := other.nets()
	for i, n := range m.nets() {
		offpolicy.Follow(n, to[i], rate)
	}
}

func elu(z float64) float64 {
	if z > 0 {
		return z
	}
	return math.Expm1(z)
}

func eluSlope(z float64) float64 {
	if z > 0 {
		return 1
	}
	return math.Exp(z)
}

// sign is the slope of the absolute value, 1 at 0.
func sign(x float64) float64 {
	if x < 0 {
		return -1
	}
	return 1
}

func sized(old []float64, length int) []float64 {
	if cap(old) < length {
		return make([]float64, length)
	}
	return old[:length]
}
