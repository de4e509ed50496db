package agents

import "io"

// Persistent is an optional ability of an Agent or a Policy: what it has learned is saved, loaded, and acted on without learning further.
//
// SavePolicy writes the parameters; equal ones give equal bytes. LoadPolicy reads what SavePolicy of the same kind wrote, made for the same space or
// agents with the same options; anything else is an error that changes nothing. Freeze ends learning: from then on a Policy takes the likeliest
// action; an Agent proposes the likeliest design first and then draws; Learn and Tell check what they are told and forget it.
type Persistent interface {
	SavePolicy(w io.Writer) error
	LoadPolicy(r io.Reader) error
	Freeze()
}

// PersistentOf is what of an agent or a policy can be saved: it itself or, of a Designer, its policy; nil when there is nothing.
func PersistentOf(learner any) Persistent {
	if d, ok := learner.(*designer); ok {
		learner = d.policy
	}
	p, _ := learner.(Persistent) // nil when it is none
	return p
}
