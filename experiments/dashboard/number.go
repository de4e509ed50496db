package dashboard

import (
	"math"
	"strconv"
)

// Number is a float64 whose JSON is null where it is not finite.
type Number float64

// None is the number that is not there.
func None() Number { return Number(math.NaN()) }

// Given tells whether there is a number.
func (n Number) Given() bool { return !math.IsNaN(float64(n)) && !math.IsInf(float64(n), 0) }

// MarshalJSON writes the number in its shortest form, or null.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Given() {
		return []byte("null"), nil
	}
	return strconv.AppendFloat(nil, float64(n), 'g', -1, 64), nil
}
