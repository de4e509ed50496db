package file

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
	file string
	text string
	at   int // bytes read
	line int // of text[at]
	seen int // nodes made
	err  error
}

// scan builds the tree of lines of a document. On text that is not TOML it stops early; the error is for broken limits only.
func scan(path, text string) (*node, error) {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\xef\xbb\xbf"} { // the byte order marks that the library drops, at most one
		if strings.HasPrefix(text, mark) {
			text = text[len(mark):]
			break
		}
	}
	s := &scanner{file: path, text: text, line: 1}
	root := &node{line: 1}
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
	return root, s.err
}

// header reads "[a.b]" or "[[a.b]]" and returns the node of the table that it opens.
func (s *scanner) header(root *node) (*node, bool) {
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
		table.line, table.implicit = line, false
	}
	return table, true
}

// descend is the node of a dotted key below a table, made with those on the way; nil when a limit is broken. On the way, an array of
// tables stands for its latest table.
func (s *scanner) descend(table *node, path []string, line int) *node {
	for _, key := range path {
		if len(table.items) > 0 {
			table = table.items[len(table.items)-1]
		}
		if table = s.key(table, key, line); table == nil {
			return nil
		}
	}
	return table
}

// pair reads "a.b = value" into a table.
func (s *scanner) pair(table *node) bool {
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
func (s *scanner) value(n *node) bool {
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
func (s *scanner) key(table *node, key string, line int) *node {
	if n := table.keys[key]; n != nil {
		return n
	}
	n := s.child(table, len(key)+1)
	if n == nil {
		return nil
	}
	n.line, n.implicit = line, true
	if table.keys == nil {
		table.keys = map[string]*node{}
	}
	table.keys[key] = n
	return n
}

// item appends a node to a list; nil when a limit is broken.
func (s *scanner) item(list *node) *node {
	n := s.child(list, 0)
	if n != nil {
		list.items = append(list.items, n)
	}
	return n
}

func (s *scanner) child(parent *node, keyBytes int) *node {
	s.seen++
	n := &node{line: s.line, order: s.seen, depth: parent.depth + 1, pathBytes: parent.pathBytes + keyBytes}
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
	s.err = &Error{Position{s.file, s.line}, fmt.Errorf(format, args...)}
}
