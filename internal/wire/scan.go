package wire

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"
)

// field is one of a message's: the text of its value is not yet looked at beyond where it ends.
type field struct {
	key  string
	text []byte
	seen bool // visited by the message
}

// scanner walks the text of a line.
type scanner struct {
	text []byte
	at   int
}

// scan appends the fields of a line's object to fields. Values are checked by whoever reads them, which must be done for all.
func scan(line []byte, fields []field) ([]field, error) {
	if !utf8.Valid(line) {
		return nil, errors.New("not UTF-8")
	}
	s := scanner{text: line}
	if !s.take('{') {
		return nil, s.expected("an object: {")
	}
	if s.take('}') {
		return fields, s.end()
	}
	for {
		key, err := s.key()
		if err != nil {
			return nil, err
		}
		for _, f := range fields {
			if f.key == key {
				return nil, fmt.Errorf("the field %q is there twice", key)
			}
		}
		if !s.take(':') {
			return nil, s.expected("a colon")
		}
		value, err := s.value()
		if err != nil {
			return nil, err
		}
		fields = append(fields, field{key: key, text: value})
		if s.take('}') {
			return fields, s.end()
		}
		if !s.take(',') {
			return nil, s.expected("a comma or }")
		}
	}
}

func (s *scanner) space() {
	for s.at < len(s.text) && (s.text[s.at] == ' ' || s.text[s.at] == '\t' || s.text[s.at] == '\r' || s.text[s.at] == '\n') {
		s.at++
	}
}

// take skips spaces and then the given byte, if it is next.
func (s *scanner) take(c byte) bool {
	s.space()
	if s.at < len(s.text) && s.text[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) end() error {
	if s.space(); s.at < len(s.text) {
		return s.expected("the end of the line")
	}
	return nil
}

func (s *scanner) expected(what string) error {
	if s.at >= len(s.text) {
		return fmt.Errorf("not JSON: it ends where %s is expected", what)
	}
	return fmt.Errorf("not JSON: %s is expected at byte %d, found %q", what, s.at+1, Excerpt(s.text[s.at:], 20))
}

func (s *scanner) key() (string, error) {
	s.space()
	start := s.at
	if s.at >= len(s.text) || s.text[s.at] != '"' {
		return "", s.expected("a field name")
	}
	if err := s.quoted(); err != nil {
		return "", err
	}
	raw := s.text[start:s.at]
	if bytes.IndexByte(raw, '\\') < 0 && json.Valid(raw) {
		return string(raw[1 : len(raw)-1]), nil
	}
	var key string
	if err := json.Unmarshal(raw, &key); err != nil {
		return "", fmt.Errorf("not JSON: %w", err)
	}
	return key, nil
}

// quoted skips a string.
func (s *scanner) quoted() error {
	for s.at++; s.at < len(s.text); s.at++ {
		switch s.text[s.at] {
		case '\\':
			s.at++
		case '"':
			s.at++
			return nil
		}
	}
	return errors.New("not JSON: it ends inside a string")
}

// value skips a value and gives its text without spaces around it.
func (s *scanner) value() ([]byte, error) {
	s.space()
	start, depth := s.at, 1 // inside the object
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == '"':
			if err := s.quoted(); err != nil {
				return nil, err
			}
			continue
		case c == '[' || c == '{':
			if depth++; depth > MaxDepth {
				return nil, fmt.Errorf("more than %d levels of nesting", MaxDepth)
			}
		case depth == 1 && (c == ',' || c == '}'):
			return s.trimmed(start)
		case c == ']' || c == '}':
			if depth--; depth == 0 {
				return nil, s.expected("a value")
			}
		}
		s.at++
	}
	return nil, errors.New("not JSON: it ends inside the object")
}

func (s *scanner) trimmed(start int) ([]byte, error) {
	value := bytes.TrimRight(s.text[start:s.at], " \t\r\n")
	if len(value) == 0 {
		return nil, s.expected("a value")
	}
	return value, nil
}

// Excerpt is the beginning of a text that may be long, for a message.
func Excerpt(text []byte, most int) string {
	text = bytes.TrimRight(text, "\r\n")
	if len(text) <= most {
		return string(text)
	}
	return string(bytes.ToValidUTF8(text[:most], nil)) + "…"
}
