package chart

import (
	"math"
	"strings"

	"gonum.org/v1/plot"
)

// logSpan is the ratio of the largest to the smallest value beyond which a positive axis is logarithmic.
const logSpan = 20

// Axis is the range, scale and name of one axis of a figure.
type Axis struct {
	Name     string
	Low      float64 // Low < High
	High     float64
	Log      bool
	Labels   []string // of categories at 0, 1, 2, …; nil = numbers
	Bare     bool     // without line, ticks and labels
	hasRange bool
}

// Categories is an axis of categories, with room around them.
func Categories(name string, labels []string) Axis {
	return Axis{Name: name, Labels: labels, Low: -0.6, High: float64(len(labels)) - 0.4, hasRange: true}
}

// Known tells whether the axis has a range.
func (a Axis) Known() bool { return a.hasRange }

// Include widens the range to the value; infinite ones are left out. So that no range over- or underflows, 1e300 is the largest size and anything
// below 1e-250 is 0.
func (a *Axis) Include(v float64) {
	if !Finite(v) {
		return
	}
	v = min(max(v, -1e300), 1e300)
	if math.Abs(v) < 1e-250 {
		v = 0
	}
	switch {
	case !a.hasRange:
		a.Low, a.High, a.hasRange = v, v, true
	default:
		a.Low, a.High = min(a.Low, v), max(a.High, v)
	}
}

// Nears tells whether including the value would make the range at most three times as long.
func (a Axis) Nears(v float64) bool {
	return max(a.High, v)-min(a.Low, v) <= 3*(a.High-a.Low)
}

// Settle chooses the scale and leaves some room around the values.
func (a *Axis) Settle() {
	const room = 0.04  // of the length of the axis, at each end
	const least = 1e-9 // of the values: a smaller range is the noise of rounding
	size := max(math.Abs(a.Low), math.Abs(a.High))
	a.Log = a.Low > 0 && a.High > logSpan*a.Low
	switch {
	case size == 0:
		a.Low, a.High = -1, 1
	case a.High-a.Low <= least*size:
		a.Low, a.High = a.Low-room*size, a.High+room*size
	case a.Log:
		factor := math.Pow(10, room*(math.Log10(a.High)-math.Log10(a.Low)))
		a.Low, a.High = a.Low/factor, min(a.High*factor, 1e300)
	default:
		margin := room * (a.High - a.Low)
		a.Low, a.High = a.Low-margin, a.High+margin
	}
}

// clamp moves a value to the nearest end of the axis, when it is beyond.
func (a Axis) clamp(v float64) float64 { return min(max(v, a.Low), a.High) }

func (a Axis) label() string {
	if a.Log {
		return a.Name + ", log scale"
	}
	return a.Name
}

// at is where a value lies on the plot's axis: a logarithmic one is drawn as a linear one of log10, because gonum/plot 0.17 centres the name
// of a vertical axis on the mean value, which on its own log scale lies near the top and costs a quarter of the figure.
func (a Axis) at(v float64) float64 {
	if a.Log {
		return math.Log10(v)
	}
	return v
}

// value is the inverse of at.
func (a Axis) value(at float64) float64 {
	if a.Log {
		return math.Pow(10, at)
	}
	return at
}

// spaced is a label with room between it and its axis, for viewers with a wider font.
func spaced(label string) string {
	return label + strings.Repeat("\u00a0", 1+len([]rune(label))/7)
}

func (a Axis) apply(target *plot.Axis) {
	var ticks []plot.Tick
	switch {
	case a.Labels != nil:
		for i, label := range a.Labels {
			ticks = append(ticks, plot.Tick{Value: float64(i), Label: spaced(Shorten(label, labelRunes))})
		}
	case a.Log:
		ticks = logTicks(a.Low, a.High)
	default:
		ticks = linearTicks(a.Low, a.High)
	}
	for i := range ticks {
		ticks[i].Value = a.at(ticks[i].Value)
	}
	target.Min, target.Max = a.at(a.Low), a.at(a.High)
	target.Tick.Marker = plot.ConstantTicks(ticks)
}

// linearTicks are four to ten multiples of 1, 2 or 5 times a power of ten, with just the digits that tell neighbours apart.
func linearTicks(low, high float64) []plot.Tick {
	step := math.Pow10(int(math.Floor(math.Log10(high - low))))
	switch span := (high - low) / step; { // 1 <= span < 10
	case span < 2:
		step /= 5
	case span < 4:
		step /= 2
	}
	digits := 1 + int(math.Floor(math.Log10(max(math.Abs(low), math.Abs(high))))-math.Floor(math.Log10(step)))
	var ticks []plot.Tick
	for i := math.Ceil(low / step); i <= math.Floor(high/step); i++ {
		ticks = append(ticks, plot.Tick{Value: i * step, Label: Number(i*step, digits)})
	}
	return ticks
}

// logTicks labels the decades, and 2 and 5 between them when there are fewer than three, and thins the labels of many.
func logTicks(low, high float64) []plot.Tick {
	const slack = 1e-9
	first, last := int(math.Floor(math.Log10(low))), int(math.Ceil(math.Log10(high)))
	stride := 1 + (last-first)/8
	var ticks []plot.Tick
	for power := first; power <= last; power++ {
		for digit := 1; digit < 10; digit++ {
			if digit > 1 && stride > 1 {
				break // too many decades for marks between them
			}
			value := float64(digit) * math.Pow10(power)
			if value < low*(1-slack) || value > high*(1+slack) {
				continue
			}
			tick := plot.Tick{Value: value}
			if digit == 1 && (power-first)%stride == 0 || (digit == 2 || digit == 5) && last-first < 4 {
				tick.Label = Number(value, 2)
			}
			ticks = append(ticks, tick)
		}
	}
	return ticks
}
