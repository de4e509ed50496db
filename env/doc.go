// Package env is the Gym interface of the project: environments that one or several agents act in at once.
//
// Env is the contract, in the manner of PettingZoo's parallel interface: Reset starts an episode from a seed, Step takes one action of every
// agent and gives every agent an observation and a reward. Actions are points of a finite space (package space); an observation may mask
// levels that are not legal now. There are two ways to an environment:
//
//	New          a simulator and an objective: each step is one full design, put together from the agents' actions
//	Factory      an environment with state across steps, written directly against Env (package games has small ones)
//
// and helpers that go from one interface to another:
//
//	Split        a design space <-> the agents that share it: one agent, one a sub-system (Param.Group), or one an axis
//	NewVector    several design environments, one Evaluate a step
//	Vectorize    several environments of any maker; a Vector starts each lane's next episode by itself
//	AsSimulator  an environment as a simulator: a design is an open-loop sequence of actions
//	SpecOf, StateOf, StateChannels, Close   optional abilities of an Env, with a fallback for environments without them
//	Explainer                               an optional ability: the designs of Infos explained
//	CheckActions, Evaluate, Tally           what most implementations of Env need
//	SampleAction                            what random policies need
//
// # Rewards and returns
//
// With r_a(t) the reward of agent a in step t of T, of A agents, the return of an episode is
//
//	G = (1/A) Σ_a Σ_{t<T} r_a(t)
//
// without discounting: learners discount, environments do not. In a design environment all agents share the reward, Objective.Reward of the
// design's score (package objective holds its laws), and G is the sum over the episode's designs.
//
// # Conditional axes and several agents
//
// A condition on an axis of another agent is dropped from an agent's own space, and Join makes the design canonical. Several joint actions may
// thus be one design; the trial still counts once.
//
// Package envtest is the conformance suite that every environment must pass.
package env
