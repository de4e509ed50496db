package chart

// Figure is the data of one figure.
type Figure struct {
	ID      string // unique among the figures of a report; letters, digits and "-"
	Title   string
	Caption string // what the marks mean
	X, Y    Axis
	Series  []Series // drawn in this order, the uncoloured ones first
}

// Series is some marks of one kind. X, Y, Low and High are parallel, as far as the kind needs them.
type Series struct {
	Name   string // in the legend; empty = not there
	Mark   Mark
	Colour int // of the palette, or Uncoloured, or Ink
	X, Y   []float64
	Low    []float64 // of a Band or an Interval
	High   []float64
	Labels []string // of a Text
}

// Mark is what a series is drawn as.
type Mark uint8

// The kinds of marks; the package's documentation says what they mean.
const (
	Band Mark = iota
	Stair
	Points
	BorderUp
	BorderDown
	Rule
	Interval
	Violin
	Bar
	Path
	Text
)

// String is the kind's name in files.
func (m Mark) String() string {
	return [...]string{
		Band: "band", Stair: "stair", Points: "points", BorderUp: "border", BorderDown: "border", Rule: "rule",
		Interval: "interval", Violin: "violin", Bar: "bar", Path: "path", Text: "text",
	}[m]
}

// Colours is the number of series that a figure tells apart.
const Colours = 7

// The colours that are none of the palette.
const (
	Uncoloured = -1 // one of many
	Ink        = -2 // of the axes
)
