package dashboard

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"math"
	"net/http"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/env/objective"
	"github.com/codesign-gym/codesign/experiments/chart"
	"github.com/codesign-gym/codesign/experiments/dataset"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

//go:embed plain.html
var plainSource string

//go:embed plain.css
var plainStyle string

const plainRefreshS = 5

// home is the page of all sweeps.
func (s *Server) home(w http.ResponseWriter, r *http.Request) {
	if s.scripted(r) {
		plainPage(w, http.StatusOK, "scripted", struct{ ID string }{})
		return
	}
	plainPage(w, http.StatusOK, "board", struct {
		plainHead
		Cards []Card
		Note  string
	}{s.head(r, "Sweeps", plainRefreshS), s.board.cards(), s.board.since(math.MaxUint64).Note})
}

// page is the page of one sweep.
func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	id := r.PathValue("id")
	of := s.board.watch(id)
	if of == nil {
		plainPage(w, http.StatusNotFound, "gone", s.head(r, "No such sweep", 0))
		return
	}
	if s.scripted(r) {
		plainPage(w, http.StatusOK, "scripted", struct{ ID string }{id})
		return
	}
	d := of.since(0)
	refresh := 0
	if d.Card.Reading || d.Card.Status == Status(sweep.Running) {
		refresh = plainRefreshS
	}
	view := struct {
		plainHead
		Sweep
		Sections []plainSection
		Query    string
		Wrong    string
		Studies  Studies
	}{plainHead: s.head(r, d.Card.Name, refresh), Sweep: d, Query: r.URL.Query().Get("q")}
	for i, scenario := range d.Scenarios {
		section := plainSection{Scenario: scenario}
		for _, c := range d.Cells {
			if c.Scenario == i {
				section.Cells = append(section.Cells, c)
			}
		}
		view.Sections = append(view.Sections, section)
	}
	q, err := parseQuery(r.URL.Query())
	if err == nil {
		view.Studies, err = of.studyTable(q)
	}
	if err != nil {
		view.Wrong = err.Error()
	}
	plainPage(w, http.StatusOK, "sweep", view)
}

// scripted tells whether the page with scripts is served.
func (s *Server) scripted(r *http.Request) bool {
	return s.o.Script != "" && !r.URL.Query().Has("plain")
}

// plainHead is what all plain pages begin with.
type plainHead struct {
	Title   string
	Refresh int    // seconds; 0 = not
	Plain   string // what links carry on, so that a page without scripts leads to others without
	Built   bool   // the program has the page with scripts
}

func (s *Server) head(r *http.Request, title string, refresh int) plainHead {
	h := plainHead{Title: title, Refresh: refresh, Built: s.o.Script != ""}
	if h.Built {
		h.Plain = "?plain"
	}
	return h
}

// plainSection is a scenario with its cells.
type plainSection struct {
	Scenario
	Cells []Cell
}

// plainPage sends a page that needs no scripts.
func plainPage(w http.ResponseWriter, status int, name string, data any) {
	pages, err := template.New("plain").Funcs(template.FuncMap{
		"number": plainNumber, "duration": plainDuration, "percent": percent, "problem": problem, "silent": func(s float64) string { return plainDuration(Number(s)) },
		"style": func() template.CSS { return template.CSS(chart.StyleSheet() + plainStyle) },
	}).Parse(plainSource)
	var out bytes.Buffer
	if err == nil {
		err = pages.ExecuteTemplate(&out, name, data)
	}
	if err != nil {
		fail(w, http.StatusInternalServerError, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(out.Bytes())
}

// plainNumber shows a number to four digits; "–" where there is none.
func plainNumber(n Number) string {
	if !n.Given() {
		return "–"
	}
	return chart.Number(float64(n), 4)
}

// plainDuration shows seconds.
func plainDuration(n Number) string {
	if !n.Given() {
		return "–"
	}
	if n < 10 {
		return fmt.Sprintf("%.1f s", float64(n))
	}
	if n > 3e6 {
		return "more than a month"
	}
	return (time.Duration(float64(n)) * time.Second).String()
}

func percent(s Share) string {
	if s.Total == 0 {
		return "0"
	}
	return fmt.Sprintf("%.1f", 100*float64(s.Done)/float64(s.Total))
}

// problem says what a scenario asks for.
func problem(s Scenario) string {
	var parts []string
	for _, t := range s.Objectives {
		direction := "maximise "
		if t.Minimise {
			direction = "minimise "
		}
		parts = append(parts, direction+unit(t, t.Name))
	}
	text := strings.Join(parts, ", ")
	for i, t := range s.Constraints {
		sign, joint := " ≤ ", ", "
		if objective.Term(t).AtLeast {
			sign = " ≥ "
		}
		if i == 0 {
			joint = " subject to "
		}
		text += joint + unit(t, t.Name+sign+chart.Number(t.Bound, 4))
	}
	return text
}

func unit(t dataset.Term, text string) string {
	if t.Unit == "" {
		return text
	}
	return text + " " + t.Unit
}
