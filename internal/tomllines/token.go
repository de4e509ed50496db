package tomllines

import (
	"strings"

	"github.com/BurntSushi/toml"
)

// peek is the next byte, 0 at the end (and for a NUL, which no TOML document holds).
func (s *scanner) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

// accept reads the byte c if it is next.
func (s *scanner) accept(c byte) bool {
	if s.at < len(s.text) && s.text[s.at] == c {
		s.at++
		return true
	}
	return false
}

func (s *scanner) spaces() {
	for s.accept(' ') || s.accept('\t') {
	}
}

// blanks skips spaces, line ends and comments.
func (s *scanner) blanks() {
	for {
		switch s.peek() {
		case ' ', '\t', '\r':
			s.at++
		case '\n':
			s.at++
			s.line++
		case '#':
			if end := strings.IndexByte(s.text[s.at:], '\n'); end >= 0 {
				s.at += end
			} else {
				s.at = len(s.text)
			}
		default:
			return
		}
	}
}

// keyPath reads a dotted key and the spaces around it.
func (s *scanner) keyPath() ([]string, bool) {
	var path []string
	for {
		s.spaces()
		part, ok := s.keyPart()
		if !ok {
			return nil, false
		}
		path = append(path, part)
		s.spaces()
		if !s.accept('.') {
			return path, true
		}
	}
}

func (s *scanner) keyPart() (string, bool) {
	start := s.at
	if c := s.peek(); c == '"' || c == '\'' {
		if !s.oneLine(c) {
			return "", false
		}
		quoted := s.text[start:s.at]
		if c == '\'' || !strings.Contains(quoted, `\`) {
			return quoted[1 : len(quoted)-1], true
		}
		var decoded struct{ Key string }
		_, err := toml.Decode("key = "+quoted, &decoded)
		return decoded.Key, err == nil
	}
	for IsBare(s.peek()) {
		s.at++
	}
	return s.text[start:s.at], s.at > start
}

// IsBare tells whether a byte may stand in a key without quotes.
func IsBare(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '_' || c == '-'
}

// quoted skips a string of any of the four kinds.
func (s *scanner) quoted() bool {
	quote := s.peek()
	if strings.HasPrefix(s.text[s.at:], strings.Repeat(string(quote), 3)) {
		return s.manyLines(quote)
	}
	return s.oneLine(quote)
}

// oneLine skips a string on one line: "…", where a backslash guards the next byte, or '…'.
func (s *scanner) oneLine(quote byte) bool {
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == quote:
			s.at++
			return true
		case c == '\n':
			return false
		case c == '\\' && quote == '"':
			s.at++
		}
	}
	return false
}

// manyLines skips a string that may span lines. It ends with the first run of three or more quotes: up to two of them belong to the string.
func (s *scanner) manyLines(quote byte) bool {
	for s.at += 3; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '\n':
			s.line++
		case c == '\\' && quote == '"' && s.at+1 < len(s.text) && s.text[s.at+1] != '\n':
			s.at++
		case c == quote:
			start := s.at
			for s.accept(quote) {
			}
			if s.at-start >= 3 {
				return true
			}
			s.at--
		}
	}
	return false
}
