package process

import (
	"errors"
	"fmt"
	"math"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/internal/wire"
	"github.com/codesign-gym/codesign/simulators"
)

// Describe is a specification as the protocol has it.
func Describe(s simulators.Spec) *wire.Spec {
	out := &wire.Spec{Name: s.Name, Version: s.Version, Doc: s.Doc, Axes: DescribeAxes(s.Space), Metrics: []wire.Metric{}}
	for _, m := range s.Metrics {
		out.Metrics = append(out.Metrics, wire.Metric{Name: m.Name, Unit: m.Unit, Key: m.Key(), Doc: m.Doc})
	}
	return out
}

// DescribeAxes is the axes of a space as the protocol has them.
func DescribeAxes(s space.Space) []wire.Axis {
	axes := []wire.Axis{}
	for _, p := range s.Params() {
		a := wire.Axis{
			Name: p.Name, Kind: p.Kind.String(), Unit: p.Unit, Doc: p.Doc, Group: p.Group, Values: p.Values, Labels: p.Labels, Log: p.Log,
		}
		for _, c := range p.When {
			a.When = append(a.When, wire.Condition{Axis: c.Param, In: c.In})
		}
		axes = append(axes, a)
	}
	return axes
}

// DescribeSettings is declared settings as the protocol has them.
func DescribeSettings(declared []simulators.Setting) []wire.Setting {
	var out []wire.Setting
	for _, d := range declared {
		s := wire.Setting{Name: d.Name, Unit: d.Unit, Doc: d.Doc, Default: d.Default, Allowed: d.Allowed}
		switch d.Default.(type) {
		case bool:
			s.Type = "bool"
		case int:
			s.Type = "int"
		case float64:
			s.Type = "float"
		default:
			s.Type = "string"
		}
		if d.Max > d.Min {
			s.Min, s.Max = &d.Min, &d.Max
		}
		out = append(out, s)
	}
	return out
}

// Space is the space of axes that came over the wire. Every mistake is reported at once.
func Space(axes []wire.Axis) (space.Space, error) {
	var params []space.Param
	var errs []error
	kinds := []space.Kind{space.Ordinal, space.Nominal, space.Permutation}
	for _, a := range axes {
		p := space.Param{Name: a.Name, Unit: a.Unit, Doc: a.Doc, Group: a.Group, Values: a.Values, Labels: a.Labels, Log: a.Log}
		var names []string
		for _, k := range kinds {
			if names = append(names, k.String()); a.Kind == k.String() {
				p.Kind, names = k, nil
				break
			}
		}
		if names != nil {
			errs = append(errs, fmt.Errorf("axis %q: %w", a.Name, suggest.Unknown("kind", a.Kind, names)))
			continue
		}
		for _, c := range a.When {
			p.When = append(p.When, space.Cond{Param: c.Axis, In: c.In})
		}
		params = append(params, p)
	}
	if err := errors.Join(errs...); err != nil {
		return space.Space{}, err
	}
	return space.New(params...)
}

// Spec is a specification that came over the wire, checked as a Model's declaration is. Every mistake is reported at once.
func Spec(w wire.Spec) (simulators.Spec, error) {
	s := simulators.Spec{Name: w.Name, Version: w.Version, Doc: w.Doc}
	var err error
	if s.Space, err = Space(w.Axes); err != nil {
		return s, err
	}
	var errs []error
	for _, m := range w.Metrics {
		metric := simulators.Metric{Name: m.Name, Unit: m.Unit, Doc: m.Doc}
		if m.Key != "" && m.Key != metric.Key() {
			errs = append(errs, fmt.Errorf("metric %q in %q has the key %q, not %q", m.Name, m.Unit, metric.Key(), m.Key))
		}
		s.Metrics = append(s.Metrics, metric)
	}
	if s.Name == "" || s.Version == "" {
		errs = append(errs, fmt.Errorf("the name %q and the version %q of the specification must not be empty", s.Name, s.Version))
	}
	return s, errors.Join(append(errs, simulators.CheckMetrics(s.Metrics))...)
}

// Settings is declared settings that came over the wire.
func Settings(declared []wire.Setting) ([]simulators.Setting, error) {
	var out []simulators.Setting
	var errs []error
	for _, d := range declared {
		s := simulators.Setting{Name: d.Name, Unit: d.Unit, Doc: d.Doc, Default: d.Default, Allowed: d.Allowed}
		number, isNumber := d.Default.(float64)
		_, isText := d.Default.(string)
		_, isBool := d.Default.(bool)
		fits := map[string]bool{"string": isText, "bool": isBool, "float": isNumber, "int": isNumber && number == math.Trunc(number) && math.Abs(number) < 1<<53}
		if !fits[d.Type] {
			errs = append(errs, fmt.Errorf("setting %q: the default %v is not of the type %q (known: string, int, float, bool)", d.Name, d.Default, d.Type))
			continue
		}
		if d.Type == "int" {
			s.Default = int(number)
		}
		if d.Min != nil && d.Max != nil {
			s.Min, s.Max = *d.Min, *d.Max
		}
		out = append(out, s)
	}
	return out, errors.Join(errs...)
}
