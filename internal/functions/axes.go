package functions

import (
	"strconv"

	"github.com/codesign-gym/codesign/env/space"
)

// Ordinals declares n ordinal axes x0, x1, … of the given number of levels (>= 2), equally spaced over [low, high].
func Ordinals(n, levels int, low, high float64) []space.Param {
	values := make([]float64, levels)
	for i := range values {
		values[i] = low + float64(i)*(high-low)/float64(levels-1)
	}
	params := make([]space.Param, n)
	for i := range params {
		params[i] = space.Param{Name: "x" + strconv.Itoa(i), Kind: space.Ordinal, Values: values}
	}
	return params
}

// Nominals declares n nominal axes of the given number of labels, named prefix0, prefix1, ….
func Nominals(prefix string, n, levels int) []space.Param {
	labels := make([]string, levels)
	for i := range labels {
		labels[i] = strconv.Itoa(i)
	}
	params := make([]space.Param, n)
	for i := range params {
		params[i] = space.Param{Name: prefix + strconv.Itoa(i), Kind: space.Nominal, Labels: labels}
	}
	return params
}

// MustSpace is the space of axes that are constants of the program, hence valid.
func MustSpace(params ...space.Param) space.Space {
	s, err := space.New(params...)
	if err != nil {
		panic("functions: " + err.Error())
	}
	return s
}
