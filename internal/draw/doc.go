// Package draw is the one home of the drawings that explain a design: [Gantt] charts (timelines by lane), block [Diagram]s and loop [Nest]s, each a
// self-contained SVG file.
//
// A drawing is data first: the caller says what there is, the package where it goes. The same data gives the same bytes. Colours are those of Okabe and
// Ito, told apart by the colour-blind; a viewer that prefers dark pages gets light ink on no background. Texts of any content are escaped, long ones cut.
// Nothing here knows a domain.
package draw
