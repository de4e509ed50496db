package archgym

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
)

// axis is one entry of an action.
type axis struct{ name, value string }

// maxDepth bounds how deep literals may nest.
const maxDepth = 16

// parseAction reads a Python dictionary; nested ones are flattened, their names joined by _.
func parseAction(text string) ([]axis, error) {
	p := literal{text: text}
	var list []axis
	if err := p.dictionary("", &list, 0); err != nil {
		return nil, err
	}
	if p.skip(); p.at < len(p.text) {
		return nil, p.wrong("the end")
	}
	seen := map[string]bool{}
	for _, a := range list {
		if seen[a.name] {
			return nil, fmt.Errorf("axis %q is given twice", a.name)
		}
		seen[a.name] = true
	}
	if len(list) == 0 {
		return nil, errors.New("the action has no axes")
	}
	return list, nil
}

// literal is a Python literal that is being read.
type literal struct {
	text string
	at   int
}

// skip goes to the next character that is no space.
func (p *literal) skip() {
	for p.at < len(p.text) && strings.ContainsRune(" \t\r\n", rune(p.text[p.at])) {
		p.at++
	}
}

// next tells whether the next character is c, and goes behind it.
func (p *literal) next(c byte) bool {
	p.skip()
	if p.at < len(p.text) && p.text[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *literal) wrong(want string) error {
	if p.at >= len(p.text) {
		return fmt.Errorf("the text ends where %s should be", want)
	}
	return fmt.Errorf("%.20q where %s should be", p.text[p.at:], want)
}

// dictionary reads {key: value, …} with the prefix before the keys.
func (p *literal) dictionary(prefix string, list *[]axis, depth int) error {
	if depth > maxDepth {
		return fmt.Errorf("dictionaries nest deeper than %d", maxDepth)
	}
	if !p.next('{') {
		return p.wrong("'{'")
	}
	for !p.next('}') {
		key, err := p.key()
		if err != nil {
			return err
		}
		if !p.next(':') {
			return p.wrong("':'")
		}
		if p.skip(); p.at < len(p.text) && p.text[p.at] == '{' {
			err = p.dictionary(prefix+key+"_", list, depth+1)
		} else {
			var value string
			value, err = p.value(depth)
			*list = append(*list, axis{prefix + key, value})
		}
		if err != nil {
			return err
		}
		if p.next(',') {
			continue
		}
		if !p.next('}') {
			return p.wrong("',' or '}'")
		}
		return nil
	}
	return nil
}

// key is a text or a number.
func (p *literal) key() (string, error) {
	key, err := p.value(0)
	if err == nil && key == "" {
		err = errors.New("an axis has no name")
	}
	return key, err
}

// value reads a scalar, or a list or tuple as it stands. A call such as np.float64(3) is what it holds.
func (p *literal) value(depth int) (string, error) {
	if depth > maxDepth {
		return "", fmt.Errorf("literals nest deeper than %d", maxDepth)
	}
	p.skip()
	if p.at == len(p.text) {
		return "", p.wrong("a value")
	}
	switch c := p.text[p.at]; c {
	case '\'', '"':
		return p.quoted(c)
	case '[':
		return p.sequence('[', ']', depth)
	case '(':
		return p.sequence('(', ')', depth)
	}
	start := p.at
	for p.at < len(p.text) && !strings.ContainsRune(" \t\r\n,:{}[]()'\"", rune(p.text[p.at])) {
		p.at++
	}
	word := p.text[start:p.at]
	if word == "" {
		return "", p.wrong("a value")
	}
	if p.at < len(p.text) && p.text[p.at] == '(' { // of numpy
		p.at++
		inner, err := p.value(depth + 1)
		if err == nil && !p.next(')') {
			err = p.wrong("')'")
		}
		return inner, err
	}
	return word, nil
}

// quoted reads a text in quotes.
func (p *literal) quoted(quote byte) (string, error) {
	p.at++
	var text strings.Builder
	for p.at < len(p.text) {
		c := p.text[p.at]
		p.at++
		switch {
		case c == quote:
			return text.String(), nil
		case c == '\\' && p.at < len(p.text):
			text.WriteByte(p.text[p.at])
			p.at++
		default:
			text.WriteByte(c)
		}
	}
	return "", errors.New("a text has no closing quote")
}

// sequence reads a list or tuple as "[a, b]".
func (p *literal) sequence(begin, end byte, depth int) (string, error) {
	p.at++
	var items []string
	for !p.next(end) {
		item, err := p.value(depth + 1)
		if err != nil {
			return "", err
		}
		items = append(items, item)
		if !p.next(',') {
			if !p.next(end) {
				return "", p.wrong(fmt.Sprintf("',' or %q", end))
			}
			break
		}
	}
	return string(begin) + strings.Join(items, ", ") + string(end), nil
}

// parseObservation reads an array as numpy or Python prints it: numbers in brackets, separated by spaces or commas.
func parseObservation(text string) ([]float64, error) {
	words := strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(" \t\r\n[](),'", c) })
	values := make([]float64, 0, len(words))
	for _, w := range words {
		if w == "array" || strings.HasPrefix(w, "dtype=") || strings.HasPrefix(w, "np.") { // what numpy says of the numbers
			continue
		}
		v, err := parseNumber(w)
		if err != nil {
			return nil, fmt.Errorf("observation %.40q: %w", text, err)
		}
		values = append(values, v)
	}
	if len(values) == 0 {
		return nil, fmt.Errorf("observation %.40q has no numbers", text)
	}
	return values, nil
}

// parseNumber reads a number as Python prints it.
func parseNumber(text string) (float64, error) {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil && !math.IsInf(v, 0) || strings.ContainsAny(text, "xXpP_") {
		return 0, fmt.Errorf("%.40q is no number", text)
	}
	return v, nil
}
