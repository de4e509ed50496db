package draw

import (
	"bytes"
	"fmt"
	"html"
	"strconv"
	"strings"
	"unicode/utf8"
)

// darkest is the first colour, on which texts are white.
const darkest = "#0072b2"

// fill is the colour of a kind; after the last the first comes again.
func fill(kind int) string {
	fills := [...]string{darkest, "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#999999", "#f0e442"}
	return fills[(kind%len(fills)+len(fills))%len(fills)]
}

// ink is the colour of a text on a fill.
func ink(kind int) string {
	if fill(kind) == darkest {
		return "#ffffff"
	}
	return "#111111"
}

// Sizes that all drawings share, in user units (pixels at scale 1).
const (
	margin     = 8
	fontSize   = 11
	titleSize  = 13
	charWidth  = 6.2 // of fontSize, on average
	headHeight = 46  // title and legend
)

// style is the sheet in every drawing.
const style = `<style>text{fill:#1b1b1b}.rule{stroke:#d5d5d5}.wire{stroke:#8a8a8a;fill:none}.box{fill:#f6f6f6;stroke:#8a8a8a}` +
	`@media(prefers-color-scheme:dark){text{fill:#e8e8e8}.rule{stroke:#4a4a4a}.box{fill:#2a2a2a}}</style>`

// canvas collects a document.
type canvas struct{ bytes.Buffer }

func (c *canvas) add(format string, args ...any) { fmt.Fprintf(c, format, args...) }

// open writes the start tag, the title for screen readers and the heading.
func (c *canvas) open(width, height float64, title string) {
	c.add(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" width="%s" height="%s" role="img" font-family="sans-serif" font-size="%d">`+"\n",
		num(width), num(height), num(width), num(height), fontSize)
	c.add("%s<title>%s</title>\n", style, escape(title))
	c.add(`<text x="%d" y="16" font-size="%d">%s</text>`+"\n", margin, titleSize, escape(title))
}

func (c *canvas) close() []byte {
	c.WriteString("</svg>\n")
	return c.Bytes()
}

// legend names the kinds under the heading.
func (c *canvas) legend(kinds []string) {
	at := float64(margin)
	for i, name := range kinds {
		c.add(`<rect x="%s" y="26" width="10" height="10" fill="%s"/><text x="%s" y="35">%s</text>`+"\n", num(at), fill(i), num(at+14), escape(name))
		at += 30 + textWidth(name)
	}
}

// num writes a coordinate with at most two decimals.
func num(v float64) string {
	s := strconv.FormatFloat(v, 'f', 2, 64)
	for s[len(s)-1] == '0' {
		s = s[:len(s)-1]
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	if s == "-0" {
		return "0"
	}
	return s
}

// escape makes a text fit for XML; characters that XML does not know become spaces.
func escape(s string) string {
	return html.EscapeString(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, s))
}

func textWidth(s string) float64 { return charWidth * float64(utf8.RuneCountInString(s)) }

// cut shortens a text to what fits a width, escaped.
func cut(s string, width float64) string {
	room := int(width / charWidth)
	if utf8.RuneCountInString(s) > room {
		if room < 2 {
			return ""
		}
		s = string([]rune(s)[:room-1]) + "…"
	}
	return escape(s)
}
