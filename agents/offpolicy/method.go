package offpolicy

import (
	"github.com/codesign-gym/codesign/agents/categorical"
	"github.com/codesign-gym/codesign/env"
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/learn/nn"
)

// Method is what a family adds to replay: how the agents of an environment, or of a design space, choose and how they learn from replayed steps.
type Method interface {
	// Choose takes one action an agent by what each one sees. Age is the number of steps that were learned or, of designs, told; greedy takes the likeliest.
	Choose(views []categorical.View, age int, greedy bool) ([]env.Action, error)
	// Learn takes one gradient step on a batch of replayed steps.
	Learn(b *Batch, rate float64)
	// Tensors lists what is learned, for a file.
	Tensors() []nn.Tensor
}

// Shape is what a method is made for.
type Shape struct {
	Specs  []env.AgentSpec
	States int // values of a central state
}

// Batch is replayed steps, one a row, by agent. It is valid until the next one.
type Batch struct {
	Rows    int
	Now     []Side // by agent, before the step
	Next    []Side // and after it
	Actions [][]space.Point
	Rewards [][]float64
	Goes    []bool // the episode goes on after the step: what follows has a value

	States, NextStates []float64 // rows x Shape.States
}

// Side is what one agent sees in the rows of a batch.
type Side struct {
	Obs   []float64 // rows x channels, scaled
	Masks [][][]bool
}
