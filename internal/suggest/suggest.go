// Package suggest words the error for a name that is not known: it lists the known names and, when one is close, proposes it.
package suggest

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Unknown is the error for the name got, which should have been one of known; what says what kind of name it is ("axis", "agent"). Names with commas are quoted.
func Unknown(what, got string, known []string) error {
	hint := ""
	if near, ok := Closest(got, known); ok {
		hint = fmt.Sprintf(", did you mean %q?", near)
	}
	if len(known) == 0 {
		return fmt.Errorf("unknown %s %q: there is none", what, got)
	}
	list := slices.Clone(known)
	for i, name := range list {
		if strings.Contains(name, ",") {
			list[i] = strconv.Quote(name)
		}
	}
	return fmt.Errorf("unknown %s %q%s (known: %s)", what, got, hint, strings.Join(list, ", "))
}

// Closest is the known name that got was probably meant to be: the one with the fewest edits (insert, delete, replace, swap of neighbours)
// from got, when at most a third of got's length, and at least one, is edited; else the shortest that got begins, when got has three letters
// or more: "latency" begins "latency_ns". Capitals do not count, and ties go to the first in known.
func Closest(got string, known []string) (string, bool) {
	letters := []rune(strings.ToLower(got))
	edits, near := max(1, len(letters)/3)+1, -1
	length, begun := 0, -1
	for i, name := range known {
		name := []rune(strings.ToLower(name))
		if d := distance(letters, name); d < edits {
			edits, near = d, i
		}
		if len(letters) >= 3 && len(name) > len(letters) && slices.Equal(letters, name[:len(letters)]) && (begun < 0 || len(name) < length) {
			length, begun = len(name), i
		}
	}
	if near < 0 {
		near = begun
	}
	if near < 0 {
		return "", false
	}
	return known[near], true
}

// distance is the optimal string alignment distance of a and b.
func distance(a, b []rune) int {
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
