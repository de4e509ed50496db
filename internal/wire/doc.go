// Package wire is the protocol between codesign and programs in other languages: its messages, their strict reading and writing, and the framing
// of lines and binary arrays. docs/protocol.md is the specification, held to this package by its tests.
//
//	Conn       reads and writes messages over two streams, for a client as for a server
//	Request    what a client sends: *Hello, *Evaluate, *Repair, *Detail, *Reset, *Step, *Ask, *Tell, *Close
//	Reply      what a server answers: *Welcome, *Results, *Repaired, *Explained, *Started, *Stepped, *Asked, *Told, *Closed, *Progress, *Error
//	Levels     a table of level indices; Table one of float64, in which a row of NaN is a row without values
//
// Every message lists its fields once, in the method fields; the same list writes it, reads it, and names it in errors. Whatever a peer sends,
// reading ends with a message within the limits of this package or with an error that says what is wrong with which line.
package wire
