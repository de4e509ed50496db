package tomllines

import (
	"fmt"
	"strings"
)

const (
	maxDepth     = 32  // levels of nesting
	maxPathBytes = 512 // of a key with all keys above it: the library copies the path for every key below it
)

// scanner finds the lines of keys and list elements in a TOML document.
type scanner struct {
	text string
	at   int // bytes read
	line int // of text[at]
	seen int // nodes made
	err  *LimitError
}

// Scan builds the tree of lines of a document. On text that is not TOML it stops early; the error, a *LimitError, is for broken limits only.
func Scan(text string) (*Node, error) {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\xef\xbb\xbf"} { // the byte order marks that the library drops, at most one
		if strings.HasPrefix(text, mark) {
			text = text[len(mark):]
			break
		}
	}
	s := &scanner{text: text, line: 1}
	root := &Node{Line: 1}
	table, ok := root, true
	for ok {
		s.blanks()
		switch s.peek() {
		case 0:
			ok = false
		case '[':
			table, ok = s.header(root)
		default:
			ok = s.pair(table)
		}
	}
	if s.err != nil {
		return root, s.err
	}
	return root, nil
}

// header reads "[a.b]" or "[[a.b]]" and returns the node of the table that it opens.
func (s *scanner) header(root *Node) (*Node, bool) {
	line := s.line
	s.at++
	array := s.accept('[')
	path, ok := s.keyPath()
	if !ok || !s.accept(']') || array && !s.accept(']') {
		return nil, false
	}
	table := s.descend(root, path, line)
	if table == nil {
		return nil, false
	}
	if array {
		table.implicit = false
		item := s.item(table)
		return item, item != nil
	}
	if table.implicit {
		table.Line, table.implicit = line, false
	}
	return table, true
}

// descend is the node of a dotted key below a table, made with those on the way; nil when a limit is broken. On the way, an array of
// tables stands for its latest table.
func (s *scanner) descend(table *Node, path []string, line int) *Node {
	for _, key := range path {
		if len(table.Items) > 0 {
			table = table.Items[len(table.Items)-1]
		}
		if table = s.key(table, key, line); table == nil {
			return nil
		}
	}
	return table
}

// pair reads "a.b = value" into a table.
func (s *scanner) pair(table *Node) bool {
	line := s.line
	path, ok := s.keyPath()
	if !ok || !s.accept('=') {
		return false
	}
	value := s.descend(table, path, line)
	if value == nil {
		return false
	}
	value.implicit = false
	return s.value(value)
}

// value reads a value and notes the lines of what it holds.
func (s *scanner) value(n *Node) bool {
	s.spaces()
	switch s.peek() {
	case '[':
		return s.list(']', func() bool {
			item := s.item(n)
			return item != nil && s.value(item)
		})
	case '{':
		return s.list('}', func() bool { return s.pair(n) })
	case '"', '\'':
		return s.quoted()
	}
	start := s.at
	for s.at < len(s.text) && strings.IndexByte("\r\n,]}#", s.text[s.at]) < 0 {
		s.at++
	}
	return s.at > start
}

// list reads what stands between brackets, element by element.
func (s *scanner) list(end byte, element func() bool) bool {
	s.at++
	for s.blanks(); !s.accept(end); s.blanks() {
		if !element() {
			return false
		}
		s.blanks()
		if !s.accept(',') && s.peek() != end {
			return false
		}
	}
	return true
}

// key is the node of a key of a table, made when it is new; nil when a limit is broken.
func (s *scanner) key(table *Node, key string, line int) *Node {
	if n := table.Keys[key]; n != nil {
		return n
	}
	n := s.child(table, len(key)+1)
	if n == nil {
		return nil
	}
	n.Line, n.implicit = line, true
	if table.Keys == nil {
		table.Keys = map[string]*Node{}
	}
	table.Keys[key] = n
	return n
}

// item appends a node to a list; nil when a limit is broken.
func (s *scanner) item(list *Node) *Node {
	n := s.child(list, 0)
	if n != nil {
		list.Items = append(list.Items, n)
	}
	return n
}

func (s *scanner) child(parent *Node, keyBytes int) *Node {
	s.seen++
	n := &Node{Line: s.line, Order: s.seen, depth: parent.depth + 1, pathBytes: parent.pathBytes + keyBytes}
	switch {
	case n.depth > maxDepth:
		s.fail("nested deeper than %d levels", maxDepth)
	case n.pathBytes > maxPathBytes:
		s.fail("a key with the keys above it is longer than %d bytes", maxPathBytes)
	default:
		return n
	}
	return nil
}

func (s *scanner) fail(format string, args ...any) {
	s.err = &LimitError{s.line, fmt.Errorf(format, args...)}
}
