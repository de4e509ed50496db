package report

import (
	"encoding/base64"
	"fmt"
	"html/template"
	"mime"
	"net/url"
)

// Explained is one of the best designs of a scenario with what its simulator explains it by.
type Explained struct {
	Design
	Artifacts []Artifact `json:"artifacts,omitempty"`
	Failed    string     `json:"failed,omitempty"` // why there are none
}

// Artifact is a file that explains a design.
type Artifact struct {
	Path      string `json:"path"` // from the report's folder, with slashes
	MediaType string `json:"media_type"`
	Bytes     int    `json:"bytes"`
	Data      []byte `json:"-"` // of a picture that is to be shown; nil = the report only names the file
}

// What the page shows of pictures: larger ones, and those after the first so many bytes, are only named.
const (
	MaxPictureBytes  = 1 << 20
	maxPicturesBytes = 8 << 20 // of a page
)

// Picture tells whether the page can show the artifact: only SVG, and only up to MaxPictureBytes.
func (a Artifact) Picture() bool { return a.svg() && a.Bytes <= MaxPictureBytes }

func (a Artifact) svg() bool {
	kind, _, err := mime.ParseMediaType(a.MediaType)
	return err == nil && kind == "image/svg+xml"
}

// BestDesigns is the design with the best score of a scenario with one objective, and of several objectives at most limit (>= 2) designs of the joint
// front, evenly spread; none while no design meets the spec.
func (s Scenario) BestDesigns(limit int) []Design {
	if s.several() {
		return Thin(s.FrontDesigns, limit)
	}
	scored := s.measure()
	summaries := make([]summary, len(s.Agents))
	for i, agent := range s.Agents {
		summaries[i] = summariseAgent(agent, scored)
	}
	best, found := winner(scored.Minimise, summaries)
	if !found {
		return nil
	}
	run := best.BestRun
	last := run.Curve[len(run.Curve)-1]
	return []Design{{
		Agent: best.Label, Study: run.Study, Repeat: run.Repeat, Trial: last.Trials - 1, Objectives: []float64{last.Best},
		Axes: run.BestDesign, Metrics: run.BestMetrics,
	}}
}

// explanation is what page.html shows of an explained design.
type explanation struct {
	Title, Scores, Axes, Metrics, Failed string
	Pictures                             []picture
	Files                                []artifactLink
}

// picture is an SVG as an image of its own, not as a part of the page: what a third party's simulator draws can then neither run scripts nor
// load anything nor change the page.
type picture struct {
	Source template.URL
	Path   string
}

type artifactLink struct {
	Target   template.URL
	Path     string
	Contents string // kind and size, and why a picture is not shown
}

// explanations prepares a scenario's explained designs. room is what is left of maxPicturesBytes.
func explanations(scenario Scenario, room *int) []explanation {
	list := make([]explanation, len(scenario.Explained))
	for i, d := range scenario.Explained {
		e := explanation{
			Title:  fmt.Sprintf("%s, repeat %d, trial %d", d.Agent, d.Repeat, d.Trial),
			Scores: pairs(scenario.scores(d.Design)), Axes: pairs(d.Axes), Metrics: pairs(d.Metrics), Failed: d.Failed,
		}
		for _, a := range d.Artifacts {
			link := artifactLink{template.URL((&url.URL{Path: a.Path}).String()), a.Path, a.MediaType + ", " + size(a.Bytes)}
			switch {
			case a.Data != nil && len(a.Data) <= *room:
				*room -= len(a.Data)
				source := "data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(a.Data)
				e.Pictures = append(e.Pictures, picture{template.URL(source), a.Path})
			case a.svg():
				link.Contents += fmt.Sprintf("; not shown: the page has room for pictures of %s each and %s together", size(MaxPictureBytes), size(maxPicturesBytes))
			}
			e.Files = append(e.Files, link)
		}
		list[i] = e
	}
	return list
}

// size is a number of bytes in words.
func size(bytes int) string {
	switch {
	case bytes < 1<<10:
		return fmt.Sprintf("%d B", bytes)
	case bytes < 1<<20:
		return number(float64(bytes)/(1<<10), 3) + " KiB"
	}
	return number(float64(bytes)/(1<<20), 3) + " MiB"
}
