package wire

// Version is the version of the protocol that this package speaks.
const Version = 1

// The limits of the protocol.
const (
	MaxLine  = 64 << 20  // bytes of a line
	MaxBytes = 256 << 20 // binary bytes behind a line
	MaxRows  = 1 << 20   // designs or lanes in a message
	MaxDepth = 16        // levels of nesting in a line
	MaxID    = 1<<53 - 1 // of a request
)
