package objective

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/expr-lang/expr"
	"github.com/expr-lang/expr/ast"
	"github.com/expr-lang/expr/vm"

	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/simulators"
)

// term is a compiled term: a plain metric, or a program over some metrics.
type term struct {
	name    string
	metric  int         // of a plain metric: its index; else -1
	program *vm.Program // of an expression
	keys    []string    // the metric keys that the program reads
	at      []int       // their indices, parallel to keys
}

// compile makes the term of a text over the metrics.
func compile(text string, metrics []simulators.Metric) (term, error) {
	keys := make([]string, len(metrics))
	for i, m := range metrics {
		keys[i] = m.Key()
	}
	if i := slices.Index(keys, text); i >= 0 {
		return term{name: text, metric: i}, nil
	}
	if strings.TrimSpace(text) == "" {
		return term{}, fmt.Errorf("term %q is empty: it must be a metric key or an expression over them (known: %s)", text, strings.Join(keys, ", "))
	}
	variables := make(map[string]any, len(keys))
	for _, key := range keys {
		variables[key] = 0.0
	}
	names := &nameCollector{}
	options := append(functions(), expr.Env(variables), expr.DisableAllBuiltins(), expr.AsFloat64(), expr.WarnOnAny(), expr.Patch(names))
	program, err := expr.Compile(text, options...)
	if unknown := names.unknown(keys); unknown != nil {
		return term{}, fmt.Errorf("term %q: %w", text, unknown)
	}
	t := term{name: text, metric: -1, program: program}
	for i, key := range keys {
		if slices.Contains(names.read, key) {
			t.keys, t.at = append(t.keys, key), append(t.at, i)
		}
	}
	wrong := names.foreign
	switch {
	case err != nil:
		wrong, _, _ = strings.Cut(err.Error(), "\n")
	case strings.HasSuffix(strings.TrimSpace(text), ";"):
		wrong = "it ends with ';'"
	case wrong == "" && len(t.keys) == 0:
		wrong = "it reads no metric"
	}
	if wrong != "" {
		return term{}, fmt.Errorf("term %q: %s: it must be a number computed from metric keys (known: %s)", text, wrong, strings.Join(keys, ", "))
	}
	return t, nil
}

// value is the term's value for the metrics of a result.
func (t term) value(values []float64) (float64, error) {
	v, err := t.run(values)
	if err != nil {
		return 0, fmt.Errorf("objective: term %q: %w", t.name, err)
	}
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, fmt.Errorf("objective: term %q is %v for this result: it must be finite", t.name, v)
	}
	return v, nil
}

func (t term) run(values []float64) (float64, error) {
	if t.program == nil {
		return values[t.metric], nil
	}
	variables := make(map[string]any, len(t.keys))
	for i, key := range t.keys {
		variables[key] = values[t.at[i]]
	}
	out, err := expr.Run(t.program, variables)
	if err != nil {
		return 0, err
	}
	return out.(float64), nil
}

// unit is the unit of a plain metric.
func (t term) unit(metrics []simulators.Metric) string {
	if t.program != nil {
		return ""
	}
	return metrics[t.metric].Unit
}

// nameCollector gathers the names that an expression uses, and makes its integer literals floats: expressions know one type of number.
type nameCollector struct {
	read, called, declared []string
	foreign                string // what has no place in a term; empty = nothing
}

// Visit implements ast.Visitor.
func (c *nameCollector) Visit(node *ast.Node) {
	switch n := (*node).(type) {
	case *ast.IntegerNode:
		ast.Patch(node, &ast.FloatNode{Value: float64(n.Value)})
	case *ast.StringNode:
		c.foreign = fmt.Sprintf("the text %q has no place in it", n.Value)
	case *ast.SequenceNode:
		c.foreign = "';' may only follow let"
	case *ast.IdentifierNode:
		c.read = append(c.read, n.Value)
	case *ast.VariableDeclaratorNode:
		c.declared = append(c.declared, n.Name)
	case *ast.CallNode:
		if callee, ok := n.Callee.(*ast.IdentifierNode); ok {
			c.called = append(c.called, callee.Value)
		}
	}
}

// unknown reports the names that are neither a metric key nor a function.
func (c *nameCollector) unknown(keys []string) error {
	known := append(functionNames(), c.declared...)
	var errs []error
	for i, name := range c.read {
		switch {
		case slices.Contains(c.read[:i], name), slices.Contains(keys, name), slices.Contains(known, name):
		case slices.Contains(c.called, name):
			errs = append(errs, suggest.Unknown("function", name, functionNames()))
		default:
			errs = append(errs, suggest.Unknown("metric", name, keys))
		}
	}
	return errors.Join(errs...)
}
