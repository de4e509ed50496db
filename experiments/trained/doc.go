// Package trained keeps a trained policy in a file, with what one must know to act on it again: the kind and the options of its agent, the agents,
// axes and channels that it was made for, and where it was trained.
//
// # Format
//
//	"codesign policy 1\n"
//	length of the description, 32 bits, little-endian
//	the description, JSON
//	the parameters, as the agent wrote them (agents.Persistent)
//	CRC-32C of all that, 32 bits, little-endian
//
// Equal policies give equal bytes: nothing of time or host is in them. A file that is cut short, damaged or of another format is an *Error.
package trained
