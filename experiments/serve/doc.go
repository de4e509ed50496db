// Package serve answers the protocol of docs/protocol.md: it is what `codesign env` runs. A Server offers to one client, over two streams,
//
//	a simulator of the catalogue     evaluate, repair, detail
//	that with an objective, or an environment with state     reset and step, in any number of lanes at once
//	an agent of the catalogue, for either or for a problem that the client brings     ask and tell
//
// A step of all lanes is one Evaluate, as in env.NewVector. What agents are told are the trials that the client tells: the server keeps no
// budget and no record.
package serve
