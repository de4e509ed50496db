// Package chart holds the figures of reports as data, and draws them: as part of a page that styles them, as SVG files of their own, and as CSV.
//
// A Figure is two axes and some Series, each of one kind of mark. It says what is shown and nothing of how: the same data gives the same bytes, and another
// renderer may draw it too. The kinds of marks:
//
//	Band        best so far: the median as a stair, from Low to High a shaded band; infinite values are off the plot
//	Stair       a line that holds its value until the next one: distributions of trials to target, performance profiles
//	Points      designs
//	BorderUp, BorderDown   the border of what a front dominates, ascending in X: between two neighbours the value of the left one (Up) or the right one
//	Rule        a dashed line across the plot at each Y
//	Interval    an estimate X with its interval from Low to High, at the height Y
//	Violin      the distribution of X around the height Y[0]: its density, quartiles and median, and the values themselves where they are few
//	Bar         from 0 to X at the height Y
//	Path        a line from axis to axis: parallel coordinates, with NaN where an axis does not apply
//	Text        Labels at X, Y
//
// A series may have Facts, what a reader may ask about each mark, for renderers in which one can ask; Extra ones are only for these and left out of still
// figures, not of CSV. JSON is the figures for such a renderer: the sources in web/ are one. It has no statistics of its own, so that of a violin the density
// and the quartiles are in it.
//
// # Axes
//
// An axis has numbers or, with Labels, categories at 0, 1, 2, …. Settle makes an axis of numbers logarithmic when its values are positive and span more than a
// factor of 20.
//
// # Colours
//
// Up to seven series get a colour of the palette of Okabe and Ito (Color Universal Design, 2008) without yellow, which is lost on white, a dash pattern and a
// glyph; further ones are thin grey lines. gonum/plot knows no style sheets: it draws in key colours that are replaced by CSS variables, so that figures
// follow the light or dark scheme of the reader and print in the light one. A file of its own is in the light scheme.
//
// # Density
//
// A violin is the Gaussian kernel density with the bandwidth of Silverman (Density Estimation for Statistics and Data Analysis, 1986, equation 3.31),
// 0.9 min(s, IQR/1.34) n^(-1/5), cut off at the least and the greatest value: it shows nothing where nothing was measured.
package chart
