package nas

import (
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
)

// parseDigits reads levels that a table writes as one digit each, the lowest being first. Tables that went through a program that takes such names for
// numbers have lost the zeros in front: that is an error, not a guess.
func parseDigits(what, text string, digits string, count int) (space.Point, error) {
	if len(text) != count {
		hint := ""
		if len(text) < count {
			hint = "; leading zeros lost? the column must be kept as text"
		}
		return nil, fmt.Errorf("nas: %s %q has %d digits: want %d%s", what, text, len(text), count, hint)
	}
	p := make(space.Point, count)
	for i := range count {
		level := strings.IndexByte(digits, text[i])
		if level < 0 {
			return nil, fmt.Errorf("nas: %s %q: digit %d is %q: want one of %q", what, text, i+1, text[i], digits)
		}
		p[i] = level
	}
	return p, nil
}

// digitText writes levels as parseDigits reads them.
func digitText(p space.Point, digits string) string {
	text := make([]byte, len(p))
	for i, level := range p {
		text[i] = digits[level]
	}
	return string(text)
}
