package timeloop

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/accelerators/loopnest"
	"github.com/codesign-gym/codesign/accelerators/loopnest/mapper"
	"github.com/codesign-gym/codesign/accelerators/tech"
	"github.com/codesign-gym/codesign/env/seed"
	"github.com/codesign-gym/codesign/internal/suggest"
)

// Request asks for the cost of a mapping, or for the best one. Where it is silent the section "mapper" of the files holds, and then the defaults.
type Request struct {
	Files      []File
	Network    string // of the zoo; with Layer in the place of a problem
	Layer      string // its name or its index
	Technology string // table of package tech; empty = the default one

	Search     bool     // although the files give a mapping
	Algorithm  string   // empty = hybrid
	Objectives []string // empty = edp
	Budget     int      // 0 = 10,000
	Seed       uint64
	Imperfect  bool // factors need not divide
}

// Answer is a mapping with what it costs.
type Answer struct {
	Text    []byte // the loop nest, a table of levels and tensors, and the totals
	Mapping []byte // as a mapping file
	SVG     []byte // the loop nest, drawn
	Notes   []string
}

// Map costs the mapping of the files, or searches the best one where they give none.
func Map(q Request) (*Answer, error) {
	o, err := q.options()
	if err != nil {
		return nil, err
	}
	spec, err := Read(q.Files, o)
	if err != nil {
		return nil, err
	}
	m, err := loopnest.NewModel(spec.Problem, spec.Architecture)
	if err != nil {
		return nil, err
	}
	var text bytes.Buffer
	var found mapper.Outcome
	if spec.Mapping != nil && !q.Search {
		found.Mapping = *spec.Mapping
		err = m.Evaluate(spec.Mapping, &found.Result)
		if reason := m.Reason(found.Result.Infeasible); err == nil && reason != "" {
			err = fmt.Errorf("the mapping does not fit: %s", reason)
		}
	} else {
		found, err = q.search(m, spec, &text)
	}
	if err != nil {
		return nil, err
	}
	if err := WriteAnswer(&text, m, &found.Mapping, &found.Result); err != nil {
		return nil, err
	}
	return &Answer{
		Text: text.Bytes(), Mapping: WriteMapping(&found.Mapping, spec.Architecture, spec.Problem), SVG: Drawing(m, &found.Mapping, &found.Result).SVG(), Notes: spec.Notes,
	}, nil
}

// WriteAnswer writes a mapping as a loop nest, and what it costs as a table.
func WriteAnswer(w io.Writer, m *loopnest.Model, mapping *loopnest.Mapping, r *loopnest.Result) error {
	if err := m.WriteNest(w, mapping); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return err
	}
	return m.WriteTable(w, r)
}

// search looks for the best mapping.
func (q Request) search(m *loopnest.Model, spec *Specification, text *bytes.Buffer) (mapper.Outcome, error) {
	o := spec.Mapper
	if q.Algorithm != "" {
		if err := o.Algorithm.UnmarshalText([]byte(q.Algorithm)); err != nil {
			return mapper.Outcome{}, err
		}
	}
	if len(q.Objectives) > 0 {
		o.Objectives = nil
		for _, name := range q.Objectives {
			var objective mapper.Objective
			if err := objective.UnmarshalText([]byte(name)); err != nil {
				return mapper.Outcome{}, err
			}
			o.Objectives = append(o.Objectives, objective)
		}
	}
	if q.Budget > 0 {
		o.Budget = q.Budget
	}
	o.Imperfect = q.Imperfect
	found, err := mapper.Search(m, spec.Constraints, o, seed.New(q.Seed, "map"))
	if errors.Is(err, mapper.ErrNone) {
		return found, fmt.Errorf("%w; widen the constraints, enlarge the memories, or raise the budget", err)
	}
	if err == nil {
		whole := ""
		switch {
		case o.Algorithm == mapper.Exhaustive && !found.Complete:
			whole = "; the space is larger: raise the budget"
		case found.Complete:
			whole = "; the whole space is covered, no mapping in it is better"
		}
		fmt.Fprintf(text, "%s search, seed %d: %d mappings tried, %d fit%s\n\n", o.Algorithm, q.Seed, found.Evaluations, found.Fitting, whole)
	}
	return found, err
}

// options are those of the readers.
func (q Request) options() (o Options, err error) {
	if q.Technology != "" {
		if o.Table, err = tech.Lookup(q.Technology); err != nil {
			return o, err
		}
	}
	switch {
	case q.Network == "" && q.Layer == "":
		return o, nil
	case q.Network == "" || q.Layer == "":
		return o, errors.New("a layer needs both: the network and the layer in it")
	}
	entry, err := dnn.Lookup(q.Network)
	if err != nil {
		return o, err
	}
	l, err := layerOf(entry.Build(), q.Layer)
	if err != nil {
		return o, err
	}
	p, err := loopnest.FromLayer(l, 1)
	o.Problem = &p
	return o, err
}

// layerOf is a layer of a network by its name or its index.
func layerOf(n dnn.Network, name string) (dnn.Layer, error) {
	var known []string
	for i, l := range n.Layers {
		if l.Name == name || strconv.Itoa(i) == name {
			l.Inputs = nil // of the layer alone
			return l, nil
		}
		if l.Op == dnn.Conv || l.Op == dnn.GEMM || l.Op == dnn.TransposedConv {
			known = append(known, l.Name)
		}
	}
	return dnn.Layer{}, fmt.Errorf("network %s: %w", strings.ToLower(n.Name), suggest.Unknown("layer", name, known))
}
