package report

import (
	"math"

	"gonum.org/v1/plot"
)

// logSpan is the ratio of the largest to the smallest value beyond which a positive axis is logarithmic.
const logSpan = 20

// axis is the range, scale and name of one axis of a figure.
type axis struct {
	Name     string
	Low      float64 // Low < High
	High     float64
	Log      bool
	hasRange bool
}

// include widens the range to the value; infinite ones are left out.
func (a *axis) include(v float64) {
	switch {
	case infinite(v):
	case !a.hasRange:
		a.Low, a.High, a.hasRange = v, v, true
	default:
		a.Low, a.High = min(a.Low, v), max(a.High, v)
	}
}

// settle chooses the scale and leaves some room around the values.
func (a *axis) settle() {
	const room = 0.04 // of the length of the axis, at each end
	a.Log = a.Log || a.Low > 0 && a.High > logSpan*a.Low
	switch {
	case a.Low == a.High:
		margin := max(math.Abs(a.Low), 1) * 0.05
		a.Low, a.High, a.Log = a.Low-margin, a.High+margin, false
	case a.Log:
		factor := math.Pow(a.High/a.Low, room)
		a.Low, a.High = a.Low/factor, a.High*factor
	default:
		margin := room * (a.High - a.Low)
		a.Low, a.High = a.Low-margin, a.High+margin
	}
}

// clamp moves a value to the nearest end of the axis, when it is beyond.
func (a axis) clamp(v float64) float64 { return min(max(v, a.Low), a.High) }

func (a axis) label() string {
	if a.Log {
		return a.Name + ", log scale"
	}
	return a.Name
}

func (a axis) apply(target *plot.Axis) {
	target.Min, target.Max = a.Low, a.High
	target.Tick.Marker = plot.TickerFunc(linearTicks)
	if a.Log {
		target.Scale = plot.LogScale{}
		target.Tick.Marker = plot.TickerFunc(logTicks)
	}
}

// linearTicks is gonum's choice of ticks, with labels that have just the digits to tell neighbours apart.
func linearTicks(low, high float64) []plot.Tick {
	ticks := plot.DefaultTicks{}.Ticks(low, high)
	previous, step := math.NaN(), max(math.Abs(low), math.Abs(high))
	digits := math.Floor(math.Log10(step)) + 2 // a step has up to two digits: 25, 50
	for _, tick := range ticks {
		if !tick.IsMinor() {
			if gap := tick.Value - previous; gap > 0 {
				step = min(step, gap)
			}
			previous = tick.Value
		}
	}
	digits -= math.Floor(math.Log10(step))
	for i, tick := range ticks {
		if !tick.IsMinor() {
			ticks[i].Label = number(tick.Value, int(digits))
		}
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
			value := float64(digit) * math.Pow10(power)
			if value < low*(1-slack) || value > high*(1+slack) {
				continue
			}
			tick := plot.Tick{Value: value}
			if digit == 1 && (power-first)%stride == 0 || (digit == 2 || digit == 5) && last-first < 4 {
				tick.Label = number(value, 2)
			}
			ticks = append(ticks, tick)
		}
	}
	return ticks
}
