package categorical

import "github.com/codesign-gym/codesign/internal/learn/nn"

// Form is how the heads depend on each other. The zero value means Factorised.
type Form string

// The forms.
const (
	Factorised     Form = "factorised"     // heads are independent given the observation
	Autoregressive Form = "autoregressive" // each head sees the axes chosen before
	Recurrent      Form = "recurrent"      // a controller: a memory (LSTM) takes a step an axis, in which it sees the choice before
)

// Forms lists the names of the forms.
func Forms() []string { return []string{string(Factorised), string(Autoregressive), string(Recurrent)} }

// Options declare a policy. The zero value is the default.
type Options struct {
	Form       Form          // zero means Factorised
	Hidden     []int         // width of each hidden layer; none means linear. Recurrent: the first is the memory's, none means DefaultMemory
	Activation nn.Activation // zero means tanh
	Ordered    bool          // heads of ordinal axes are differences between neighbouring levels; false means one free logit a level
	Gain       float64       // of the logits' first weights; zero means DefaultGain
}

// DefaultMemory is the width of a recurrent policy's memory.
const DefaultMemory = 32

// DefaultGain is CleanRL's gain of a policy's last layer.
const DefaultGain = 0.01
