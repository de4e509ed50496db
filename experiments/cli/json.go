package cli

import (
	"encoding/json"
	"fmt"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// object writes a JSON object with its keys in the order of the calls.
type object struct{ text []byte }

func (o *object) add(key string, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		panic(fmt.Sprintf("cli: %s: %v", key, err)) // strings and finite numbers always marshal
	}
	o.raw(key, text)
}

func (o *object) raw(key string, value []byte) {
	separator := byte(',')
	if len(o.text) == 0 {
		separator = '{'
	}
	name, _ := json.Marshal(key)
	o.text = append(o.text, separator)
	o.text = append(o.text, name...)
	o.text = append(o.text, ':')
	o.text = append(o.text, value...)
}

func (o *object) bytes() []byte {
	if len(o.text) == 0 {
		return []byte("{}")
	}
	return append(o.text, '}')
}

// resultLine is one design with its result, axes and metrics in their declared order.
func resultLine(spec simulators.Spec, p space.Point, r simulators.Result) []byte {
	var line, metrics object
	line.raw("design", designText(spec.Space, p))
	switch {
	case r.Failed != "":
		line.add("failed", r.Failed)
	case r.Infeasible != "":
		line.add("infeasible", r.Infeasible)
		line.add("violation", r.Violation)
	default:
		for i, m := range spec.Metrics {
			metrics.add(m.Key(), r.Values[i])
		}
		line.raw("metrics", metrics.bytes())
	}
	return line.bytes()
}

// designText is a design as a JSON object with the axes in their order: what designs are read from.
func designText(s space.Space, p space.Point) []byte {
	var design object
	values := s.Design(p)
	for _, param := range s.Params() {
		if v, active := values[param.Name]; active {
			design.add(param.Name, v)
		}
	}
	return design.bytes()
}
