package dashboard

import (
	"slices"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/sweep"
	"github.com/codesign-gym/codesign/simulators"
)

// Value is an axis or a metric of a design. Text is what a person reads; Number is there where it is one.
type Value struct {
	Name   string `json:"name"`
	Text   string `json:"text"`
	Number Number `json:"number"`
	Unit   string `json:"unit,omitempty"`
}

// axes are the active axes of the design that was evaluated where the agent asked for this one.
func axes(s sweep.Study, of space.Space, asked space.Point) []Value {
	p := asked
	if of.Check(asked) != nil {
		return []Value{{Name: "levels", Text: levels(asked), Number: None()}}
	}
	p = s.Evaluated(p)
	var list []Value
	for axis, param := range of.Params() {
		if !of.Active(p, axis) {
			continue
		}
		v := Value{Name: param.Name, Text: param.LevelName(p[axis]), Number: None(), Unit: param.Unit}
		if param.Kind == space.Ordinal {
			v.Number = Number(param.Values[p[axis]])
		}
		list = append(list, v)
	}
	return list
}

// levels words a point that is none of its space.
func levels(p space.Point) string {
	words := make([]string, len(p))
	for i, level := range p {
		words[i] = strconv.Itoa(level)
	}
	return strings.Join(words, " ")
}

// metrics are the metrics of a result, by key; nil when it has none.
func metrics(of []simulators.Metric, values []float64) []Value {
	if len(values) != len(of) {
		return nil
	}
	list := make([]Value, len(of))
	for i, m := range of {
		list[i] = Value{Name: m.Key(), Text: strconv.FormatFloat(values[i], 'g', 6, 64), Number: Number(values[i]), Unit: m.Unit}
	}
	return list
}

// inWords joins axes to one line.
func inWords(list []Value) string {
	words := make([]string, 0, len(list))
	for _, v := range list {
		word := v.Name + "=" + v.Text
		if v.Unit != "" {
			word += v.Unit
		}
		words = append(words, word)
	}
	return strings.Join(slices.Clip(words), " ")
}
