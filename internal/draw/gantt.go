package draw

import (
	"fmt"
	"math"
)

// Gantt is a chart of who was busy when: a lane per unit, time from left to right.
type Gantt struct {
	Title string
	Unit  string   // of time
	Lanes []string // from the top
	Kinds []string // the legend: what the colours mean
	Bars  []Bar    // later ones cover earlier ones
	Marks []Mark
}

// Bar is one activity. Bars that are not in a lane, or whose times are not finite with Start <= End, are left out.
type Bar struct {
	Lane       int
	Start, End float64
	Kind       int    // of Gantt.Kinds
	Pale       bool   // background: something that holds while others happen
	Label      string // in the bar, where it fits
	Tip        string // shown when pointed at
}

// Mark is an instant in a lane, or across all of them with Lane < 0: a deadline, a drop.
type Mark struct {
	Lane int
	At   float64
	Tip  string
}

// Sizes of a chart.
const (
	laneHeight  = 18
	ganttWidth  = 1000.0 // of the time axis
	widestLabel = 220.0
	thinnest    = 1.5 // of a bar, so that it stays visible
	// MaxBars and MaxLanes are what a chart draws; what is beyond is counted in the heading.
	MaxBars, MaxLanes = 4000, 60
)

// SVG draws the chart.
func (g Gantt) SVG() []byte {
	bars, lanes, hidden := g.shown()
	label := 40.0
	for _, l := range lanes {
		label = max(label, min(textWidth(l)+2*margin, widestLabel))
	}
	start, end := span(bars, g.Marks)
	x := func(at float64) float64 { return label + (at-start)/(end-start)*ganttWidth }
	bottom := float64(headHeight + laneHeight*len(lanes))

	var c canvas
	c.open(label+ganttWidth+5*margin, bottom+30, g.Title+hidden)
	c.legend(g.Kinds)
	for i, l := range lanes {
		y := float64(headHeight + laneHeight*i)
		c.add(`<text x="%d" y="%s">%s</text><path class="rule" d="M%s %sh%s"/>`+"\n", margin, num(y+13), cut(l, label-margin), num(label), num(y+laneHeight), num(ganttWidth))
	}
	for _, tick := range ticks(start, end) {
		c.add(`<path class="rule" d="M%s %dV%s"/><text x="%s" y="%s" text-anchor="middle">%s</text>`+"\n",
			num(x(tick.at)), headHeight, num(bottom), num(x(tick.at)), num(bottom+14), tick.label)
	}
	c.add(`<text x="%s" y="%s" text-anchor="end">%s</text>`+"\n", num(label-margin), num(bottom+14), cut(g.Unit, label-margin))
	for _, b := range bars {
		c.bar(b, x(b.Start), x(b.End))
	}
	for _, m := range g.Marks {
		if m.Lane >= len(lanes) || math.IsNaN(m.At) || math.IsInf(m.At, 0) {
			continue
		}
		top, height := float64(headHeight), bottom-headHeight
		if m.Lane >= 0 {
			top, height = float64(headHeight+laneHeight*m.Lane), laneHeight
		}
		c.add(`<path d="M%s %sv%s" stroke="#d55e00" stroke-width="2" stroke-dasharray="3 2"><title>%s</title></path>`+"\n",
			num(x(m.At)), num(top), num(height), escape(m.Tip))
	}
	return c.close()
}

// bar draws one activity between two abscissae.
func (c *canvas) bar(b Bar, left, right float64) {
	y, height, opacity := headHeight+laneHeight*b.Lane+3, laneHeight-6, ""
	if b.Pale {
		y, height, opacity = y-2, height+4, ` fill-opacity="0.22"`
	}
	width := max(right-left, thinnest)
	c.add(`<rect x="%s" y="%d" width="%s" height="%d" fill="%s"%s><title>%s</title></rect>`+"\n",
		num(left), y, num(width), height, fill(b.Kind), opacity, escape(b.Tip))
	if text := cut(b.Label, width-4); text != "" {
		c.add(`<text x="%s" y="%d" style="fill:%s">%s</text>`+"\n", num(left+2), headHeight+laneHeight*b.Lane+13, ink(b.Kind), text)
	}
}

// shown is what is drawn of the bars and lanes, and a note on the rest.
func (g Gantt) shown() (bars []Bar, lanes []string, hidden string) {
	lanes = g.Lanes[:min(len(g.Lanes), MaxLanes)]
	left := 0
	for _, b := range g.Bars {
		if b.Lane < 0 || b.Lane >= len(g.Lanes) || !(b.Start <= b.End) || math.IsInf(b.Start, 0) || math.IsInf(b.End, 0) {
			continue
		}
		if b.Lane >= len(lanes) || len(bars) == MaxBars {
			left++
			continue
		}
		bars = append(bars, b)
	}
	if left > 0 || len(lanes) < len(g.Lanes) {
		hidden = fmt.Sprintf(" (not drawn: %d lanes, %d bars)", len(g.Lanes)-len(lanes), left)
	}
	return bars, lanes, hidden
}

// span is the time from the first to the last thing drawn; never empty.
func span(bars []Bar, marks []Mark) (start, end float64) {
	start, end = math.Inf(1), math.Inf(-1)
	for _, b := range bars {
		start, end = min(start, b.Start), max(end, b.End)
	}
	for _, m := range marks {
		if !math.IsNaN(m.At) && !math.IsInf(m.At, 0) {
			start, end = min(start, m.At), max(end, m.At)
		}
	}
	if !(start <= end) {
		return 0, 1
	}
	if start == end {
		return start, start + math.Max(math.Abs(start), 1)*1e-6
	}
	return start, end
}

// tick is a labelled instant of the axis.
type tick struct {
	at    float64
	label string
}

// ticks are 4 to 10 round instants: steps of 1, 2 or 5 times a power of ten.
func ticks(start, end float64) (list []tick) {
	step := math.Pow(10, math.Floor(math.Log10((end-start)/5)))
	for _, times := range []float64{5, 2} {
		if (end-start)/(step*times) >= 4 {
			step *= times
			break
		}
	}
	first := math.Ceil(start/step - 1e-9)
	for i := 0; i <= 12; i++ {
		at := (first + float64(i)) * step
		if at > end+step*1e-9 {
			break
		}
		list = append(list, tick{at, fmt.Sprintf("%.6g", at)})
	}
	return list
}
