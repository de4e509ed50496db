package file

import (
	"fmt"
	"strings"

	"github.com/BurntSushi/toml"
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
	err  error
}

// scan builds the tree of lines of a document. On text that is not TOML it stops early; the error is for broken limits only.
func scan(text string) (*node, error) {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff", "\xef\xbb\xbf"} { // the byte order marks that the library drops, at most one
		if strings.HasPrefix(text, mark) {
			text = text[len(mark):]
			break
		}
	}
	s := &scanner{text: text, line: 1}
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
	if s.err != nil {
		return root, s.err
	}
	return root, nil
}

// header reads "[a.b]" or "[[a.b]]" and returns the node of the table that it opens.
func (s *scanner) header(root *node) (*node, bool) {
	line := s.line
	s.at++
	array := s.accept('[')
	path, ok := s.path()
	if !ok || !s.accept(']') || array && !s.accept(']') {
		return nil, false
	}
	table := root
	for i, key := range path {
		if table = s.key(table, key, line); table == nil {
			return nil, false
		}
		if i < len(path)-1 {
			table = table.last()
		}
	}
	if array {
		table.implicit = false
		item := s.item(table)
		return item, item != nil
	}
	table = table.last()
	if table.implicit {
		table.line, table.implicit = line, false
	}
	return table, true
}

// last is the table that a key stands for in a header: of an array of tables its latest one.
func (n *node) last() *node {
	if len(n.items) > 0 {
		return n.items[len(n.items)-1]
	}
	return n
}

// pair reads "a.b = value" into a table.
func (s *scanner) pair(table *node) bool {
	line := s.line
	path, ok := s.path()
	if !ok || !s.accept('=') {
		return false
	}
	for i, key := range path {
		if table = s.key(table, key, line); table == nil {
			return false
		}
		if i < len(path)-1 {
			table = table.last()
		}
	}
	table.implicit = false
	return s.value(table)
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
		return s.text1()
	}
	start := s.at
	for s.at < len(s.text) && !strings.ContainsRune("\r\n,]}#", rune(s.text[s.at])) {
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
		s.err = fmt.Errorf("line %d: nested deeper than %d levels", s.line, maxDepth)
	case n.pathBytes > maxPathBytes:
		s.err = fmt.Errorf("line %d: a key with the keys above it is longer than %d bytes", s.line, maxPathBytes)
	default:
		return n
	}
	return nil
}

var _ = toml.Decode
