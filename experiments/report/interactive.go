package report

import (
	"crypto/sha256"
	"encoding/base64"
	"html/template"

	"github.com/codesign-gym/codesign/experiments/chart"
)

// Scripts make the page's figures interactive. The zero value leaves them still.
type Scripts struct{ Code, Style string }

// enliven adds the scripts, and the figures as data for them.
func (p *page) enliven(scripts Scripts) error {
	p.Policy = "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; style-src 'unsafe-inline'"
	if scripts.Code == "" {
		return nil
	}
	hash := sha256.Sum256([]byte(scripts.Code))
	p.Policy += "; script-src 'sha256-" + base64.StdEncoding.EncodeToString(hash[:]) + "'"
	var figures []chart.Figure
	if p.Overall != nil {
		figures = append(figures, p.Overall.data...)
	}
	for _, s := range p.Sections {
		figures = append(figures, s.data...)
	}
	data, err := chart.JSON(figures)
	p.Figures, p.Code, p.Style = template.JS(data), template.JS(scripts.Code), p.Style+template.CSS(scripts.Style)
	return err
}
