package report

import (
	"html/template"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codesign-gym/codesign/experiments/chart"
)

// drawn is a figure of the page.
type drawn struct {
	ID, Title, Caption string
	SVG                template.HTML
}

// inline draws figures for the page. Their titles need not say which scenario's section they stand in.
func inline(figures []chart.Figure, scenario string) ([]drawn, error) {
	list := make([]drawn, len(figures))
	for i, f := range figures {
		svg, err := f.Inline()
		if err != nil {
			return nil, err
		}
		list[i] = drawn{f.ID, strings.TrimSuffix(strings.TrimSuffix(f.Title, " in "+scenario), " of "+scenario), below(f), svg}
	}
	return list, nil
}

// below is the caption of a figure whose title stands above it.
func below(f chart.Figure) string {
	text := strings.TrimLeft(strings.TrimPrefix(f.Caption, f.Title), ":, ")
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// known leaves out the figures that have nothing to show.
func known(figures []*chart.Figure) []chart.Figure {
	var list []chart.Figure
	for _, f := range figures {
		if f != nil {
			list = append(list, *f)
		}
	}
	return list
}
