package archgym

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// rewardKey is the metric that holds ArchGym's reward.
const rewardKey = "reward"

// line is one evaluation as a file has it.
type line struct {
	axes         []axis
	observations []float64 // in the order of the units
	reward       float64
	rewarded     bool
	algorithm    string
}

// layout reads the lines of one file.
type layout struct {
	units []Unit
	head  []string // nil = none
	kinds []kind   // parallel to the head: what the column is
	order []int    // of an observation column: which unit
}

// kind is what a column of a file with a head holds.
type kind uint8

const (
	isAxis kind = iota
	isObservation
	isReward
	isAlgorithm
)

// isHead tells whether a file's first record is a head: no number, no action.
func isHead(fields []string) bool {
	return len(fields) > 1 && !slices.ContainsFunc(fields, func(f string) bool {
		_, err := parseNumber(strings.TrimSpace(f))
		return err == nil || strings.HasPrefix(strings.TrimSpace(f), "{")
	})
}

// newLayout sorts the columns of a head.
func newLayout(units []Unit, head []string) (*layout, error) {
	l := &layout{units: units, head: head, kinds: make([]kind, len(head)), order: make([]int, len(head))}
	found := make([]bool, len(units))
	axes := 0
	for i, name := range head {
		head[i] = strings.TrimSpace(name)
		at := slices.IndexFunc(units, func(u Unit) bool { return strings.EqualFold(u.Column, head[i]) })
		switch {
		case head[i] == "":
			return nil, fmt.Errorf("column %d has no name", i+1)
		case at >= 0 && found[at]:
			return nil, fmt.Errorf("two columns are named %q", head[i])
		case at >= 0:
			l.kinds[i], l.order[i], found[at] = isObservation, at, true
		case strings.EqualFold(head[i], "reward"):
			l.kinds[i] = isReward
		case strings.EqualFold(head[i], "algorithm"), strings.EqualFold(head[i], "agent"):
			l.kinds[i] = isAlgorithm
		default:
			axes++
		}
	}
	if at := slices.Index(found, false); at >= 0 {
		return nil, fmt.Errorf("no column %q for its unit: the head has %s", units[at].Column, strings.Join(head, ", "))
	}
	if axes == 0 {
		return nil, fmt.Errorf("no column is left for an axis: the head has %s", strings.Join(head, ", "))
	}
	return l, nil
}

// parse reads one record.
func (l *layout) parse(fields []string) (line, error) {
	if l.head == nil {
		return l.logged(fields)
	}
	if len(fields) != len(l.head) {
		return line{}, fmt.Errorf("%d fields, the head has %d", len(fields), len(l.head))
	}
	out := line{observations: make([]float64, len(l.units))}
	for i, field := range fields {
		field = strings.TrimSpace(field)
		var err error
		switch l.kinds[i] {
		case isObservation:
			out.observations[l.order[i]], err = parseNumber(field)
		case isReward:
			out.reward, err = parseNumber(field)
			out.rewarded = true
		case isAlgorithm:
			out.algorithm = field
		default:
			if field == "" {
				err = errors.New("it is empty")
			}
			out.axes = append(out.axes, axis{l.head[i], field})
		}
		if err != nil {
			return line{}, fmt.Errorf("column %s: %w", l.head[i], err)
		}
	}
	return out, nil
}

// logged reads a record of an agent's log: the action is the field in braces. Before it may stand a time stamp and the reward, behind it the
// observation; a reward that is not before it is the last field.
func (l *layout) logged(fields []string) (out line, err error) {
	for i := range fields {
		fields[i] = strings.TrimSpace(fields[i])
	}
	at := slices.IndexFunc(fields, func(f string) bool { return strings.HasPrefix(f, "{") })
	if at < 0 {
		return out, errors.New("no field is an action in braces, and the file has no head")
	}
	if out.axes, err = parseAction(fields[at]); err != nil {
		return out, fmt.Errorf("action: %w", err)
	}
	before, behind := fields[:at], fields[at+1:]
	if len(before) > 0 && isStamp(before[0]) {
		before = before[1:]
	}
	switch {
	case len(before) > 1:
		return out, fmt.Errorf("%d fields stand before the action: want the reward, behind a time stamp or not", len(before))
	case len(before) == 1:
		out.reward, err = parseNumber(before[0])
		out.rewarded = true
	case len(behind) > 1:
		out.reward, err = parseNumber(behind[len(behind)-1])
		out.rewarded, behind = true, behind[:len(behind)-1]
	}
	if err != nil {
		return out, fmt.Errorf("reward: %w", err)
	}
	if out.observations, err = parseObservation(strings.Join(behind, " ")); err != nil {
		return out, err
	}
	if len(out.observations) != len(l.units) {
		return out, fmt.Errorf("the observation has %d values, and units are stated of %d", len(out.observations), len(l.units))
	}
	return out, nil
}

// isStamp tells whether a field begins like a time stamp: 2024_11_16_08_30_00, or with other marks between.
func isStamp(field string) bool {
	const form = "0000_00_00_00_00_00"
	if len(field) < len(form) {
		return false
	}
	for i := range len(form) {
		digit := '0' <= field[i] && field[i] <= '9'
		if mark := strings.IndexByte("_-: T", field[i]) >= 0; form[i] == '0' && !digit || form[i] == '_' && !mark {
			return false
		}
	}
	return true
}
