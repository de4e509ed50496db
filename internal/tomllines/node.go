// Package tomllines finds the lines on which the keys and list elements of a TOML document stand, which the library that decodes TOML does not tell.
package tomllines

// Node is the line of one value of a document, with the nodes of what the value holds.
type Node struct {
	Line  int              // from 1
	Order int              // of appearance in the document
	Keys  map[string]*Node // of a table
	Items []*Node          // of a list, or of an array of tables

	implicit         bool // no line of its own says it
	depth, pathBytes int  // of the way from the root
}

// LimitError is a document beyond what Scan follows.
type LimitError struct {
	Line int
	Err  error
}

// Error is what is wrong, without the line.
func (e *LimitError) Error() string { return e.Err.Error() }

// Unwrap is what is wrong.
func (e *LimitError) Unwrap() error { return e.Err }

// Find walks down a path of keys (strings) and list indices (ints, from 0) as far as it leads; false when it ends early.
func (n *Node) Find(path ...any) (*Node, bool) {
	for _, part := range path {
		next := (*Node)(nil)
		switch part := part.(type) {
		case string:
			next = n.Keys[part]
		case int:
			if part >= 0 && part < len(n.Items) {
				next = n.Items[part]
			}
		}
		if next == nil {
			return n, false
		}
		n = next
	}
	return n, true
}
