package objective

import (
	"math"

	"github.com/expr-lang/expr"
)

// function is one mathematical function of the expression language; apply gets at least one argument.
type function struct {
	name  string
	shape any // a pointer to the Go function type that arguments are checked against
	apply func(args []float64) float64
}

// library lists the functions that expressions may call.
func library() []function {
	unary := func(name string, f func(float64) float64) function {
		return function{name, new(func(float64) float64), func(args []float64) float64 { return f(args[0]) }}
	}
	variadic := func(name string, f func(a, b float64) float64) function {
		return function{name, new(func(float64, ...float64) float64), func(args []float64) float64 {
			result := args[0]
			for _, v := range args[1:] {
				result = f(result, v)
			}
			return result
		}}
	}
	return []function{
		unary("abs", math.Abs), unary("ceil", math.Ceil), unary("floor", math.Floor), unary("round", math.Round),
		unary("sqrt", math.Sqrt), unary("cbrt", math.Cbrt), unary("exp", math.Exp),
		unary("log", math.Log), unary("log2", math.Log2), unary("log10", math.Log10),
		variadic("min", math.Min), variadic("max", math.Max),
		{"pow", new(func(a, b float64) float64), func(args []float64) float64 { return math.Pow(args[0], args[1]) }},
	}
}

// functionNames lists the functions' names.
func functionNames() []string {
	var names []string
	for _, f := range library() {
		names = append(names, f.name)
	}
	return names
}

// functions is the library as options of the expression compiler.
func functions() []expr.Option {
	var options []expr.Option
	for _, f := range library() {
		options = append(options, expr.Function(f.name, func(params ...any) (any, error) {
			args := make([]float64, len(params))
			for i, p := range params {
				args[i] = p.(float64)
			}
			return f.apply(args), nil
		}, f.shape))
	}
	return options
}
