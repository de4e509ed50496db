package chart

import (
	"encoding/json"
	"strconv"

	"github.com/codesign-gym/codesign/experiments/stats"
)

// JSON is the figures for another renderer; web/src/report/data.ts declares the same types. It is safe inside an HTML script element: "<" is escaped.
func JSON(figures []Figure) ([]byte, error) {
	doc := document{Figures: make([]figure, len(figures))}
	at := map[string]int{}
	index := func(text string) int {
		i, known := at[text]
		if !known {
			i = len(doc.Strings)
			at[text], doc.Strings = i, append(doc.Strings, text)
		}
		return i
	}
	for i, f := range figures {
		doc.Figures[i] = f.data(index)
	}
	return json.Marshal(doc)
}

// document is some figures, with the texts that they share.
type document struct {
	Strings []string `json:"strings"`
	Figures []figure `json:"figures"`
}

// figure is a Figure.
type figure struct {
	ID     string   `json:"id"`
	Title  string   `json:"title"`
	X      axis     `json:"x"`
	Y      axis     `json:"y"`
	Across []axis   `json:"across,omitempty"`
	Series []series `json:"series"`
}

// axis is an Axis.
type axis struct {
	Name   string   `json:"name"`
	Low    number   `json:"low"`
	High   number   `json:"high"`
	Log    bool     `json:"log,omitempty"`
	Labels []string `json:"labels,omitempty"`
}

// series is a Series. Values are rounded to seven digits.
type series struct {
	Name   string   `json:"name"`
	Mark   string   `json:"mark"`
	Colour int      `json:"colour"`
	X      numbers  `json:"x"`
	Y      numbers  `json:"y"`
	Low    numbers  `json:"low,omitempty"`
	High   numbers  `json:"high,omitempty"`
	Labels []string `json:"labels,omitempty"`
	Facts  [][]int  `json:"facts,omitempty"` // of each mark: name, value, name, value, …, by their places in the document's strings
	Shape  *shape   `json:"shape,omitempty"`
}

// shape is what a Violin sums its values up to.
type shape struct {
	At        numbers `json:"at"`     // places along the axis
	Height    numbers `json:"height"` // of the density there, the greatest 1
	Quartiles numbers `json:"quartiles"`
}

func (f Figure) data(index func(string) int) figure {
	out := figure{ID: f.ID, Title: f.Title, X: f.X.data(), Y: f.Y.data(), Series: make([]series, len(f.Series))}
	for _, a := range f.Across {
		out.Across = append(out.Across, a.data())
	}
	for i, s := range f.Series {
		d := series{Name: s.Name, Mark: s.Mark.code(), Colour: s.Colour, X: s.X, Y: s.Y, Low: s.Low, High: s.High, Labels: s.Labels}
		if s.Mark == Violin && len(s.X) > 0 {
			at, height := density(s.X, f.X)
			d.Shape = &shape{at, height, numbers{stats.Quantile(s.X, 0.25), stats.Median(s.X), stats.Quantile(s.X, 0.75)}}
		}
		for _, facts := range s.Facts {
			row := make([]int, 0, 2*len(facts))
			for _, fact := range facts {
				row = append(row, index(fact.Name), index(fact.Value))
			}
			d.Facts = append(d.Facts, row)
		}
		out.Series[i] = d
	}
	return out
}

func (a Axis) data() axis {
	return axis{Name: a.Name, Low: number(a.Low), High: number(a.High), Log: a.Log, Labels: a.Labels}
}

// code is the kind's name, which tells the two borders apart.
func (m Mark) code() string {
	switch m {
	case BorderUp:
		return "border-up"
	case BorderDown:
		return "border-down"
	}
	return m.String()
}

// numbers are values with null for those that are none or infinite.
type numbers []float64

// MarshalJSON writes the shortest forms of seven digits.
func (list numbers) MarshalJSON() ([]byte, error) {
	out := append(make([]byte, 0, 9*len(list)+2), '[')
	for i, v := range list {
		if i > 0 {
			out = append(out, ',')
		}
		out = number(v).append(out)
	}
	return append(out, ']'), nil
}

// number is one of them.
type number float64

// MarshalJSON writes the shortest form of seven digits.
func (v number) MarshalJSON() ([]byte, error) { return v.append(nil), nil }

func (v number) append(out []byte) []byte {
	if !Finite(float64(v)) {
		return append(out, "null"...)
	}
	const digits = 7
	rounded, _ := strconv.ParseFloat(strconv.FormatFloat(float64(v), 'g', digits, 64), 64) // of what was just written
	return strconv.AppendFloat(out, rounded, 'g', -1, 64)
}
