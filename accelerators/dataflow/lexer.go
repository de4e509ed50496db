package dataflow

import (
	"fmt"
	"strconv"
	"strings"
)

// token is a word or a brace of a MAESTRO file.
type token struct {
	text string
	line int
}

// lexer splits a MAESTRO file. Words are separated by blanks, commas, colons, semicolons and parentheses; // starts a comment.
type lexer struct {
	name   string // of the file, for errors
	tokens []token
	at     int
}

const separators = " \t\r,:;()"

// lex splits a text.
func lex(name, text string) *lexer {
	l := &lexer{name: name}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "//")
		for line != "" {
			n := strings.IndexAny(line, separators+"{}")
			switch n {
			case -1:
				n = len(line)
				l.tokens = append(l.tokens, token{line, i + 1})
			case 0:
				n = 1
				if line[0] == '{' || line[0] == '}' {
					l.tokens = append(l.tokens, token{line[:1], i + 1})
				}
			default:
				l.tokens = append(l.tokens, token{line[:n], i + 1})
			}
			line = line[n:]
		}
	}
	return l
}

// fail is an error at the line of a token.
func (l *lexer) fail(t token, format string, args ...any) error {
	return fmt.Errorf("dataflow: %s:%d: %w", l.name, t.line, fmt.Errorf(format, args...))
}

// next takes a token; at the end of the file it is empty, on the last line.
func (l *lexer) next() token {
	if l.at == len(l.tokens) {
		if l.at == 0 {
			return token{"", 1}
		}
		return token{"", l.tokens[l.at-1].line}
	}
	l.at++
	return l.tokens[l.at-1]
}

// peek is the text of the next token.
func (l *lexer) peek() string {
	if l.at == len(l.tokens) {
		return ""
	}
	return l.tokens[l.at].text
}

// want takes a token that must have the given text.
func (l *lexer) want(text string) error {
	if t := l.next(); t.text != text {
		return l.fail(t, "%s: want %q", t, text)
	}
	return nil
}

// number takes a positive whole number, a constant, or Sz and a dimension of the layer.
func (l *lexer) number(what string, constants map[string]int, layer *Layer) (int, error) {
	t := l.next()
	if t.text == "Sz" && layer != nil {
		d, err := l.dim()
		if err != nil {
			return 0, err
		}
		size := layer.sizeOf(d)
		if size < 1 {
			return 0, l.fail(t, "%s: Sz(%s): the layer gives no %s before", what, d, d)
		}
		return size, nil
	}
	if size, known := constants[t.text]; known {
		return size, nil
	}
	size, err := strconv.Atoi(t.text)
	if err != nil || size < 1 || size > MaxSize {
		return 0, l.fail(t, "%s %s: want a whole number in [1, %d] or a constant", what, t, MaxSize)
	}
	return size, nil
}

// dim takes the name of a dimension.
func (l *lexer) dim() (Dim, error) {
	t := l.next()
	var d Dim
	if err := d.UnmarshalText([]byte(t.text)); err != nil {
		return 0, l.fail(t, "unknown dimension %s: known are %s", t, dimNames)
	}
	return d, nil
}

func (t token) String() string {
	if t.text == "" {
		return "end of file"
	}
	return strconv.Quote(t.text)
}

// sizeOf is the size of a dimension as a file states it: 0 when it does not.
func (l *Layer) sizeOf(d Dim) int {
	switch d {
	case OutY:
		if l.Size[Y] == 0 {
			return 0
		}
		return l.OutHeight()
	case OutX:
		if l.Size[X] == 0 {
			return 0
		}
		return l.OutWidth()
	}
	return l.Size[d]
}
