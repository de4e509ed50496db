// Package serve answers the protocol of docs/protocol.md: it is what `codesign env` runs. A Server offers to one client, over two streams,
//
//	a simulator of the catalogue     evaluate, repair, detail
//	that with an objective, or an environment with state     reset and step, in any number of lanes at once
//	an agent of the catalogue, for either or for a problem that the client brings     ask and tell
//
// A step of all lanes is one Evaluate, as in env.NewVector. What agents are told are the trials that the client tells: the server keeps no
// budget and no record.
//
// # Speed
//
// Between two processes on a machine of two cores that was nine times overbooked, the best of three runs of the benchmarks for a simulator that
// costs next to nothing: 26,000 steps a second in one lane in either framing; in a thousand lanes 412,000 with binary arrays and 134,000 in lines;
// 1,015,000 designs a second in batches of a thousand with binary arrays. `codesign env dram` answers the hello 12 ms after its start.
package serve
