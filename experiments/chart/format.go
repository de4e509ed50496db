package chart

import (
	"math"
	"strconv"
	"strings"
)

// labelRunes is how long the label of a category is at most.
const labelRunes = 30

// Finite tells whether v is a number and not infinite.
func Finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }

// Number shows v with so many significant digits, without trailing zeros; the digits before the point are never rounded away below 1e7.
func Number(v float64, digits int) string {
	size := math.Abs(v)
	switch {
	case v == 0:
		return "0"
	case size < 1e-3 || size >= 1e7:
		mantissa, exponent, _ := strings.Cut(strconv.FormatFloat(v, 'e', digits-1, 64), "e")
		power, _ := strconv.Atoi(exponent)
		return trimZeros(mantissa) + "e" + strconv.Itoa(power)
	default:
		decimals := digits - 1 - int(math.Floor(math.Log10(size)))
		return trimZeros(strconv.FormatFloat(v, 'f', max(0, decimals), 64))
	}
}

func trimZeros(decimal string) string {
	if !strings.Contains(decimal, ".") {
		return decimal
	}
	return strings.TrimRight(strings.TrimRight(decimal, "0"), ".")
}

// Shorten cuts a text to so many runes, the last of them an ellipsis.
func Shorten(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}
