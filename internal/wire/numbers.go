package wire

import (
	"errors"
	"fmt"
	"math"
	"strconv"
	"unsafe"
)

// numbers reads nested lists of numbers from JSON text.
type numbers struct{ scanner }

// rows reads a list of rows and calls row for each, after a null with isNull set.
func (n *numbers) rows(row func(isNull bool) error) (int, error) {
	if !n.take('[') {
		return 0, n.expected("a list of rows: [")
	}
	if n.take(']') {
		return 0, n.end()
	}
	for count := 1; ; count++ {
		if count > MaxRows {
			return 0, fmt.Errorf("more than %d rows", MaxRows)
		}
		if err := row(n.null()); err != nil {
			return 0, err
		}
		if n.take(']') {
			return count, n.end()
		}
		if !n.take(',') {
			return 0, n.expected("a comma or ]")
		}
	}
}

// items reads a list and calls item at each of its values.
func (n *numbers) items(item func() error) (int, error) {
	if !n.take('[') {
		return 0, n.expected("a list: [")
	}
	if n.take(']') {
		return 0, nil
	}
	for count := 1; ; count++ {
		n.space()
		if err := item(); err != nil {
			return 0, err
		}
		if n.take(']') {
			return count, nil
		}
		if !n.take(',') {
			return 0, n.expected("a comma or ]")
		}
	}
}

func (n *numbers) null() bool {
	n.space()
	if len(n.text)-n.at >= 4 && string(n.text[n.at:n.at+4]) == "null" {
		n.at += 4
		return true
	}
	return false
}

// level reads a whole number.
func (n *numbers) level() (uint32, error) {
	start, v := n.at, uint64(0)
	for n.at < len(n.text) && '0' <= n.text[n.at] && n.text[n.at] <= '9' && v <= math.MaxUint32 {
		v = 10*v + uint64(n.text[n.at]-'0')
		n.at++
	}
	leading := n.at-start > 1 && n.text[start] == '0'
	fraction := n.at < len(n.text) && (n.text[n.at] == '.' || n.text[n.at] == 'e' || n.text[n.at] == 'E')
	if n.at == start || leading || fraction || v > math.MaxUint32 {
		n.at = start
		return 0, n.expected("a whole number in [0, 4294967295]")
	}
	return uint32(v), nil
}

// number reads a finite number.
func (n *numbers) number() (float64, error) {
	start := n.at
	end := numberEnd(n.text, start)
	if end == start {
		return 0, n.expected("a number")
	}
	n.at = end
	v, err := strconv.ParseFloat(unsafe.String(&n.text[start], end-start), 64) // the string does not outlive the call
	if err != nil {
		if errors.Is(err, strconv.ErrRange) {
			return 0, fmt.Errorf("%s is beyond the largest float64", n.text[start:end])
		}
		n.at = start
		return 0, n.expected("a number")
	}
	return v, nil
}

// numberEnd is where the JSON number that begins at start ends; start when none does.
func numberEnd(text []byte, start int) int {
	at := start
	digits := func() bool {
		from := at
		for at < len(text) && '0' <= text[at] && text[at] <= '9' {
			at++
		}
		return at > from
	}
	if at < len(text) && text[at] == '-' {
		at++
	}
	whole := at
	if !digits() || at-whole > 1 && text[whole] == '0' {
		return start
	}
	if at < len(text) && text[at] == '.' {
		if at++; !digits() {
			return start
		}
	}
	if at < len(text) && (text[at] == 'e' || text[at] == 'E') {
		at++
		if at < len(text) && (text[at] == '+' || text[at] == '-') {
			at++
		}
		if !digits() {
			return start
		}
	}
	return at
}
