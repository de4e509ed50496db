package marl

import (
	"errors"
	"fmt"
	"slices"

	"github.com/codesign-gym/codesign/agents/policygrad"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// Sharing says which agents of an environment have parameters in common.
type Sharing string

// The sharings. The zero value means Apart.
const (
	Apart Sharing = "none" // every agent has an actor and a critic of its own
	All   Sharing = "all"  // one actor and one critic for all agents, which are told the agent's place in the list as a one-hot vector
)

// Sharings lists the names of the sharings.
func Sharings() []string { return []string{string(Apart), string(All)} }

// Options are the hyper-parameters of learning in environments. Their zero value is not a default: change those of IPPO or MAPPO.
type Options struct {
	policygrad.Options         // Optimism also holds for the critics here, and above 0 it replaces Normalise: see the package comment
	Central            bool    // critics see the central state instead of their agent's observation
	Sharing            Sharing // of parameters
	Sequential         bool    // agents are updated one after the other, in an order drawn anew: see the package comment
}

// IPPO is the defaults of independent learners: those of policygrad.PPO.
func IPPO() Options { return Options{Options: policygrad.PPO(), Sharing: Apart} }

// MAPPO is the defaults of learners with central critics: those of IPPO otherwise.
func MAPPO() Options { return Options{Options: policygrad.PPO(), Sharing: Apart, Central: true} }

// HAPPO is the defaults of learners that are updated one after the other: those of MAPPO otherwise.
func HAPPO() Options {
	o := MAPPO()
	o.Sequential = true
	return o
}

// check reports every option out of its range.
func (o Options) check(name string) error {
	_, err := policygrad.NewPolicy(name, nil, o.Options, nil) // without agents: it checks the options
	if o.Sharing != "" && !slices.Contains(Sharings(), string(o.Sharing)) {
		err = errors.Join(err, fmt.Errorf("%s: %w", name, suggest.Unknown("sharing", string(o.Sharing), Sharings())))
	}
	if o.Sequential && o.Sharing == All {
		err = errors.Join(err, fmt.Errorf("%s: sequential with sharing %q: agents that share parameters are updated together: must be sharing %q", name, All, Apart))
	}
	return err
}
