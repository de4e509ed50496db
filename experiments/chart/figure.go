package chart

// Figure is the data of one figure.
type Figure struct {
	ID      string // unique among the figures of a report; letters, digits and "-"
	Title   string
	Caption string // what the marks mean
	X, Y    Axis
	Across  []Axis   // of Paths: the axes that they cross at X = 0, 1, 2, …
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
	Facts  [][]Fact // of each mark, what a reader may ask about it beyond its place; nil = nothing
	Extra  bool     // only for renderers in which a reader can pick: a still figure has no room for it
}

// Fact is a name and its value as text, with the unit.
type Fact struct{ Name, Value string }

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
